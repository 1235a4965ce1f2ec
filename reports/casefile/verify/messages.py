"""The checks of what is made from case.json: the messages to records systems, the page to file by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from reports.casefile.filing import filing_page
from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.semantics import message_problems
from reports.casefile.names import EFORMIDLING_FILE, FIKS_FILE, FILING_FILE
from reports.casefile.record import CaseRecord
from reports.casefile.verify.bundle import (
    Bundle,
    is_of_this_program,
    is_small,
)
from reports.casefile.verify.document import letters
from reports.casefile.verify.report import Finding, judged, unchecked
from reports.casefile.verify.schemas import schema_for, schema_problems
from reports.cases.reference import Country
from reports.problems import Place, Problem, ReportError

_MAKERS: dict[str, Callable[[CaseRecord], bytes]] = {
    FIKS_FILE: fiks_arkiv.arkivmelding,
    EFORMIDLING_FILE: eformidling.arkivmelding,
}


def _expected(record: CaseRecord) -> tuple[str, ...]:
    """The messages that belong to such a record."""
    fiks = (FIKS_FILE,) if record.country is Country.NORWAY else ()
    return (*fiks, EFORMIDLING_FILE) if record.recipient else fiks


def _present(bundle: Bundle) -> list[tuple[str, bytes]]:
    found = ((name, bundle.data(name)) for name in _MAKERS)
    return [(name, data) for name, data in found if data is not None]


def made_anew(bundle: Bundle) -> Finding:
    """Whether the messages are those that case.json makes, to the byte."""
    record, present = bundle.record, dict(_present(bundle))
    problems = [
        Problem(Place(bundle.path(name)), "is missing; case.json asks for it")
        for name in _expected(record)
        if name not in present
    ]
    for name, data in present.items():
        if name not in _expected(record):
            what = "is here, and case.json doesn't ask for it"
            problems.append(Problem(Place(bundle.path(name)), what))
        else:
            problems += _differences(bundle, name, data)
    if not present and not problems:
        return unchecked(f"none is made in {record.country.value.capitalize()}")
    return judged(problems, *present)


def _differences(bundle: Bundle, name: str, data: bytes) -> Iterator[Problem]:
    try:
        made = _MAKERS[name](bundle.record)
    except ReportError as error:
        yield from error.problems
        return
    if made != data:
        line, there, here = _first_difference(data, made)
        what = f"says {there}; case.json makes it {here}"
        yield _otherwise(bundle, Place(bundle.path(name), line), what)


def _otherwise(bundle: Bundle, place: Place, what: str) -> Problem:
    """That something isn't what case.json makes: a fault where this version is said to have made it."""
    if is_of_this_program(bundle):
        return Problem(place, what, "one of the two was changed after they were made")
    hint = "another version of kildefast made it; other checks tell whether they agree"
    return Problem(place, what, hint, fatal=False)


def _first_difference(data: bytes, made: bytes) -> tuple[int, str, str]:
    """The first line, from 1, that differs, as it is and as it would be."""
    there, here = (each.decode(errors="replace").splitlines() for each in (data, made))
    longest = max(len(there), len(here))
    pairs = [(_line(there, at), _line(here, at)) for at in range(longest)]
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), 0)
    there_at, here_at = (f"'{text}'" if text else "nothing" for text in pairs[at])
    return at + 1, there_at, here_at


def _line(lines: list[str], at: int) -> str:
    return lines[at].strip()[:200] if at < len(lines) else ""


def meaning(bundle: Bundle) -> Finding:
    """Whether the messages make sense and fit record and files, which their schemas don't tell."""
    present = _present(bundle)
    if not present:
        return unchecked("there is no message to a records system")
    files = {name: file.read_bytes() for name, file in bundle.payload.items() if is_small(file)}
    problems: list[Problem] = []
    for name, data in present:
        problems += message_problems(data, bundle.path(name), bundle.record, files)
    return judged(problems, *(name for name, _ in present))


def by_schema(bundle: Bundle) -> Finding:
    """Whether the messages are valid by the receivers' own schemas."""
    present = _present(bundle)
    folder = bundle.against.schemas
    if not present:
        return unchecked("there is no message to a records system")
    if folder is None:
        return unchecked("give --schemas DIR, the folder with the receivers' XML schemas")
    return message_by_schema([(bundle.path(name), data) for name, data in present], folder)


def message_by_schema(messages: list[tuple[Path, bytes]], folder: Path) -> Finding:
    """Whether these messages are valid by the schemas in a folder."""
    problems: list[Problem] = []
    found: list[str] = []
    for file, data in messages:
        try:
            schema = schema_for(data, file, folder)
            if schema is None:
                return unchecked(f"no schema in {folder} is for '{file.name}'")
            problems += schema_problems(data, file, schema)
            found.append(f"{file.name} by {schema.name}")
        except ReportError as error:
            if error.problems[0].place.file != file:  # the schema's fault
                return unchecked(*(each.shown(folder) for each in error.problems))
            problems += error.problems
    return judged(problems, *found)


def page(bundle: Bundle) -> Finding:
    """Whether the page to file by has case and checksums right, and tells what case.json does."""
    record, place = bundle.record, Place(bundle.path(FILING_FILE))
    data = bundle.data(FILING_FILE)
    if data is None:
        return judged([Problem(place, "is missing")])
    there = _page_words(data)
    named = {"case": record.case.shown, **{each.file: each.sha256 for each in record.files}}
    problems = [
        Problem(place, f"doesn't name what case.json has for {name}: {_short(text)}")
        for name, text in named.items()
        if letters(text) not in letters(there)  # a checksum's line may break
    ]
    if b"<script" in data.lower():
        problems.append(Problem(place, "holds a script, and none is ever put there"))
    made = filing_page(record, record.edition.language)
    if data != made and not problems:
        here = _page_words(made)
        part = _part(there, here) if there != here else "the words are the same, the page isn't"
        what = f"says otherwise than case.json makes it: {part}"
        problems = [_otherwise(bundle, place, what)]
    return judged(problems, f"{FILING_FILE} with {len(record.files)} checksums")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:12]}…"


def _page_words(data: bytes) -> str:
    """The words of a page, without its style."""
    try:
        root: Any = html.document_fromstring(data)
    except etree.ParserError:
        return ""
    for each in root.xpath("//style|//script"):
        each.drop_tree()
    return " ".join(root.text_content().split())


def _part(there: str, here: str) -> str:
    pairs = enumerate(zip(there, here, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(there), len(here)))
    start = there.rfind(" ", 0, max(0, at - 20)) + 1
    return f"'{there[start : at + 60]}', where it makes '{here[start : at + 60]}'"
