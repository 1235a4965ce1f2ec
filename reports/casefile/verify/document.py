"""What a document says of itself, Word or PDF, and whether that is what its record says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reports.casefile.record import CaseRecord
from reports.casefile.verify.package import Package, open_package
from reports.casefile.verify.pdf import read_framed
from reports.cases.stamp import State
from reports.language import Language, languages, load_language
from reports.problems import Place, Problem

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_EDITION = "{urn:kildefast:provenance:1}edition"
_STATUS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}contentStatus"
_MARK = ("brief", "audience", "language", "subject")
_CORE, _PROVENANCE = "docProps/core.xml", "customXml/item1.xml"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Marks:
    """The marks of one document; "" or None for what it doesn't say.

    `case` is the number in its foot, `state` and `version` those of its cover.  `edition` is
    brief, audience, language and subject, which only a Word file tells.  `blocks` are the texts on the
    cover and around it, each without white space.
    """

    file: Path
    title: str
    publisher: str
    language: str
    date: dt.date | None
    case: str
    state: State | None
    version: int
    edition: tuple[str, ...] | None
    blocks: tuple[str, ...]


def read_marks(file: Path) -> Marks:
    """What the PDF or Word file says of itself.

    Raises ReportError at the file with what makes it unreadable or unsafe.
    """
    if file.suffix.lower() == ".docx":
        return _word_marks(open_package(file))
    return _pdf_marks(file)


def letters(text: str) -> str:
    """The text without white space, in which no two formats agree."""
    return "".join(text.split())


def marks_text(marks: Marks) -> tuple[str, ...]:
    """The marks for a person, one a line, those that there are."""
    brief = _dotted(marks.edition or ())
    told = (
        ("title", marks.title),
        ("publisher", marks.publisher),
        ("case", marks.case),
        ("state", marks.state.value if marks.state else ""),
        ("version", str(marks.version or "")),
        ("date", marks.date.isoformat() if marks.date else ""),
        ("language", marks.language),
        ("edition", brief),
    )
    return tuple(f"{label}: {text}" for label, text in told if text)


def cover_problems(marks: Marks, record: CaseRecord, *, own: bool) -> tuple[Problem, ...]:
    """Where the document and its record disagree on case, state, version and date.

    `own` is false for a redacted variant: that is another audience's edition, with a title of
    its own.
    """
    place = Place(marks.file)
    problems = [Problem(place, what) for what in _disagreements(marks, record)]
    mark = tuple(getattr(record.edition, key) for key in _MARK)
    if own and marks.edition and marks.edition != mark:
        what = f"is the edition {_dotted(marks.edition)}; case.json says {_dotted(mark)}"
        problems.append(Problem(place, what))
    return tuple(problems)


def _dotted(mark: Iterable[str]) -> str:
    """An edition as the folder of its bundle is named, without the version."""
    return ".".join(filter(None, mark))


def _disagreements(marks: Marks, record: CaseRecord) -> Iterator[str]:
    language = load_language(record.edition.language)
    say = language.say
    if marks.case != record.case.shown:
        yield _differs("case", marks.case, record.case.shown)
    if marks.state is not record.state:
        yield _differs("state", marks.state.value if marks.state else "", record.state.value)
    if marks.version != record.version:
        yield _differs("version", str(marks.version or ""), str(record.version))
    if marks.date != record.date:
        said = marks.date.isoformat() if marks.date else ""
        yield _differs("date", said, record.date.isoformat())
    printed = {
        "date": language.day(record.date),
        "state": say(f"status-{record.state.value}"),
        "approver": _approved(record, language),
    }
    for name, words in printed.items():
        if not any(letters(words) in block for block in marks.blocks):
            yield f'doesn\'t print the {name} that case.json says: "{words}"'


def _differs(name: str, said: str, expected: str) -> str:
    return f"says {name} {said or 'nothing'}; case.json says {expected}"


def _approved(record: CaseRecord, language: Language) -> str:
    """The words on who approved a final document, or that nobody did."""
    if record.decision is None:
        return language.say("status-draft-long")
    day = language.day(record.decision.day)
    return language.say("stamp-approved", name=record.decision.approved_by, date=day)


# ---------------------------------------------------------------- Word


def _word_marks(package: Package) -> Marks:
    core, origin = package.xml(_CORE), package.xml(_PROVENANCE)
    said: dict[str, str] = {}
    for each in () if core is None else core.iterchildren():
        said[str(each.tag)] = each.text or ""
    edition = None if origin is None else origin.find(_EDITION)
    own = tuple("" if edition is None else edition.get(key, "") for key in _MARK)
    language = own[2] or said.get(f"{_DC}language", "")[:2]
    spoken, blocks = _spoken(language), tuple(map(letters, _texts(package)))
    state = _state([said.get(_STATUS, "")], spoken)
    return Marks(
        file=package.file,
        title=said.get(f"{_DC}title", ""),
        publisher=said.get(f"{_DC}creator", ""),
        language=language,
        date=_day(said.get(f"{_TERMS}created", "")[:10]),
        case=_case([said.get(f"{_DC}identifier", "")], spoken),
        state=state,
        version=_version(blocks, spoken, state),
        edition=own if any(own) else None,
        blocks=blocks,
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _texts(package: Package) -> Iterator[str]:
    """The paragraphs of the text, then those of its heads and feet."""
    margins = sorted(name for name in package.parts if re.match(r"word/(header|footer)", name))
    for name in ("word/document.xml", *margins):
        root = package.xml(name)
        for paragraph in () if root is None else root.iter(f"{_W}p"):
            yield "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))


# ---------------------------------------------------------------- PDF


def _pdf_marks(file: Path) -> Marks:
    pdf, texts = read_framed(file)
    language, blocks = _spoken(pdf.language), tuple(map(letters, texts))
    state = _state(texts, language)
    return Marks(
        file=file,
        title=pdf.title,
        publisher=pdf.author,
        language=pdf.language,
        date=pdf.created,
        case=_case(texts, language),
        state=state,
        version=_version(blocks, language, state),
        edition=None,
        blocks=blocks,
    )


# ---------------------------------------------------------------- words back to marks


def _spoken(code: str) -> Language | None:
    """The language of a document; None for one that we have no words in."""
    return load_language(code[:2]) if code[:2] in languages() else None


def _case(lines: Iterable[str], language: Language | None) -> str:
    """The case in the last line that names it: the foot's."""
    if language is None:
        return ""
    before, _, after = language.say("case", number="\0").partition("\0")
    found = [line for line in lines if line.startswith(before) and line.endswith(after)]
    return found[-1].removeprefix(before).removesuffix(after) if found else ""


def _state(lines: Iterable[str], language: Language | None) -> State | None:
    """The state whose word makes up a line; None for none."""
    if language is None:
        return None
    words = {language.say(f"status-{state.value}"): state for state in State}
    return next((words[line] for line in lines if line in words), None)


def _version(blocks: Iterable[str], language: Language | None, state: State | None) -> int:
    """The version beside that state; 0 for none."""
    if language is None or state is None:
        return 0
    pattern = _numbered(language.say(f"status-{state.value}-version", number="\0"))
    found = (pattern.search(block) for block in blocks)
    return next((int(each[1]) for each in found if each), 0)


def _numbered(words: str) -> re.Pattern[str]:
    """Words with a number in place of the sign that stands for it, without white space."""
    before, _, after = letters(words).partition("\0")
    return re.compile(f"{re.escape(before)}([0-9]{{1,6}}){re.escape(after)}(?![0-9])")
