"""Messages with one fault each: our checks find it, though the official schema may let it pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from case_records import case_record, payload, screened, second_version, sent
from conftest import folder
from lxml import etree

from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.semantics import message_problems
from reports.casefile.names import EFORMIDLING_FILE, FIKS_FILE
from reports.casefile.record import CaseRecord, EntryKind
from reports.cases.stamp import State

FINAL = second_version(sent(screened(case_record(redacted=True))))
DRAFT = case_record(State.DRAFT)
NOTE = case_record(entry=EntryKind.ARKIVNOTAT)


@dataclass(frozen=True)
class Base:
    """A right message, the record it was made from, and the official schema for it."""

    record: CaseRecord
    message: bytes
    file: str
    schema: str


@dataclass(frozen=True)
class Fault:
    """What is put for what in a message, and what we say of it."""

    name: str
    base: Base
    edits: tuple[tuple[str, str], ...]
    schema_sees: bool
    said: str

    @property
    def message(self) -> bytes:
        """The message with the fault in it."""
        text = self.base.message.decode()
        for old, new in self.edits:
            assert old in text
            text = text.replace(old, new, 1)
        return text.encode()


_FIKS = "fiks-arkiv-v1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
_EFORMIDLING = "eformidling-arkivmelding/arkivmelding.xsd"
BASES = {
    "final": Base(FINAL, fiks_arkiv.arkivmelding(FINAL), FIKS_FILE, _FIKS),
    "draft": Base(DRAFT, fiks_arkiv.arkivmelding(DRAFT), FIKS_FILE, _FIKS),
    "note": Base(NOTE, fiks_arkiv.arkivmelding(NOTE), FIKS_FILE, _FIKS),
    "sent": Base(FINAL, eformidling.arkivmelding(FINAL), EFORMIDLING_FILE, _EFORMIDLING),
}
FAULTS = tuple(
    Fault(
        each["name"],
        BASES[each["base"]],
        tuple((old, new) for old, new in each["edits"]),
        each["schema_sees"],
        each["said"],
    )
    for each in tomllib.loads(
        (Path(__file__).parent / "cases" / "messages" / "faults.toml").read_text(encoding="utf-8")
    )["fault"]
)
PASSING = 58  # faults that the official schemas let pass


@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
def test_the_messages_that_faults_are_put_into_are_right(base: Base) -> None:
    assert message_problems(base.message, Path(base.file), base.record, _files(base)) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_at_its_line(fault: Fault) -> None:
    assert _said(fault.message, fault.base) == fault.said


@pytest.fixture(scope="module")
def schemas() -> dict[str, etree.XMLSchema]:
    """The official schemas by their place in the folder of schemas."""
    home = folder("KILDEFAST_SCHEMAS")
    return {name: etree.XMLSchema(file=str(home / name)) for name in (_FIKS, _EFORMIDLING)}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_the_official_schema_sees_less(fault: Fault, schemas: dict[str, etree.XMLSchema]) -> None:
    try:
        seen = not schemas[fault.base.schema].validate(etree.fromstring(fault.message))
    except etree.XMLSyntaxError:
        seen = True

    assert seen == fault.schema_sees


def test_more_than_half_of_the_faults_pass_the_official_schema() -> None:
    assert sum(not fault.schema_sees for fault in FAULTS) == PASSING > len(FAULTS) / 2


def test_all_faults_of_a_message_are_told_at_once() -> None:
    base = BASES["final"]
    faults = [fault for fault in FAULTS if fault.base is base and len(fault.edits) == 1]
    chosen = [fault for fault in faults if fault.name in _TOGETHER]
    text = base.message.decode()
    for (old, new), *_ in (fault.edits for fault in chosen):
        text = text.replace(old, new, 1)

    said = _said(text.encode(), base)

    assert sorted(said.splitlines()) == sorted(
        line for fault in chosen for line in fault.said.splitlines()
    )
    assert len(chosen) == len(_TOGETHER)


_TOGETHER = {
    "too many files counted",
    "an unknown variant",
    "a time without a zone",
    "md5",
    "a document's number twice",
    "an empty title",
    "another case",
    "journalført already",
    "a receiver's number that doesn't add up",
}


def _remove(element: etree._Element) -> None:
    _parent(element).remove(element)


def _move(element: etree._Element) -> None:
    """To the other end of its parent."""
    parent = _parent(element)
    parent.insert(0 if element is parent[-1] else len(parent), element)


def _say_otherwise(element: etree._Element) -> None:
    element.text = f"{element.text or ''}1"


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


@pytest.mark.parametrize("act", [_remove, _move, _say_otherwise])
def test_nothing_in_a_message_can_be_touched_unnoticed(
    act: Callable[[etree._Element], None],
) -> None:
    record = screened(case_record(attachments=False))
    base = Base(record, fiks_arkiv.arkivmelding(record), FIKS_FILE, _FIKS)

    unnoticed = []
    for place, element in enumerate(etree.fromstring(base.message).iter()):
        alone = not place or (act is _move and len(_parent(element)) == 1)
        if alone or (act is _say_otherwise and len(element)):
            continue  # says the same afterwards
        root = etree.fromstring(base.message)
        act(list(root.iter())[place])
        if not _said(etree.tostring(root), base):
            unnoticed.append((place, element.tag))

    assert unnoticed == []


def test_a_type_needs_the_prefix_of_a_prefixed_message() -> None:
    base = BASES["final"]
    prefixed = _prefixed(base.message.decode())
    named = prefixed.replace('xsi:type="journalpost"', 'xsi:type="n:journalpost"')

    assert _said(named.encode(), base) == ""
    assert _said(prefixed.encode(), base) == (
        "arkivmelding.xml:5: xsi:type 'journalpost' isn't in the namespace of the message\n"
        "  hint: give it the prefix that 'registrering' has\n"
    )


def _prefixed(message: str) -> str:
    """The message with a prefix on each name that has none."""
    declared = message.replace('xmlns="', 'xmlns:n="')
    return re.sub(r"(</?)(?=[a-z])(?!mk:)", r"\1n:", declared)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "arkivmelding.xml: is empty"),
        (
            BASES["final"].message[:3000],
            """\
arkivmelding.xml:71: is no well-formed XML: a tag isn't closed
  hint: it may have been cut off""",
        ),
        (
            BASES["final"].message.decode().encode("latin-1"),
            """\
arkivmelding.xml:17: is no UTF-8
  hint: save the message in UTF-8""",
        ),
        (b" " * 5_000_001, "arkivmelding.xml: has 5000 kB; 5000 are allowed"),
        (
            b"<a>" * 5000,
            """\
arkivmelding.xml:1: is no well-formed XML: its elements lie too deep in each other""",
        ),
    ],
    ids=["empty", "cut off", "another encoding", "far too long", "far too deep"],
)
def test_what_is_no_message_is_told_and_never_a_crash(data: bytes, said: str) -> None:
    assert _said(data, BASES["final"]) == f"{said}\n"


def test_without_the_files_only_the_message_itself_is_judged() -> None:
    base = BASES["final"]
    other = base.message.replace(b"council.nb.facts.csv", b"gone.csv")

    with_files = message_problems(other, Path(FIKS_FILE), None, _files(base))

    assert message_problems(other, Path(FIKS_FILE), None, None) == ()
    assert [problem.what for problem in with_files] == [
        "no dokumentobjekt names the file 'council.nb.facts.csv'",
        "'referanseDokumentfil' is 'gone.csv', which isn't in the bundle",
    ]


def test_a_message_under_another_name_may_be_of_either_kind() -> None:
    for base in BASES.values():
        assert message_problems(base.message, Path("message.xml"), base.record, None) == ()


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (case_record(), "the record names no agency that the document is sent to"),
        (sent(DRAFT), "the record is of a draft, which no message sends elsewhere"),
    ],
    ids=["stays", "draft"],
)
def test_a_message_elsewhere_beside_a_record_that_sends_nothing_is_told(
    record: CaseRecord, what: str
) -> None:
    base = BASES["sent"]

    (problem,) = message_problems(base.message, Path(base.file), record, None)

    assert problem.shown(Path()) == f"eformidling-arkivmelding.xml:2: {what}"


def _files(base: Base) -> dict[str, bytes]:
    """The files of the bundle, with those about them that no message names."""
    return {**payload(base.record.files), base.file: base.message, "case.json": b"{}"}


def _said(message: bytes, base: Base) -> str:
    problems = message_problems(message, Path(base.file), base.record, _files(base))
    return "".join(f"{problem.shown(Path())}\n" for problem in problems)
