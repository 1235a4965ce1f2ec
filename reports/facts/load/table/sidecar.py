"""What a table's file beside it says: how the table is written, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reports.facts.load.table.columns import Column, cells_in, check_values, is_cell, read_columns
from reports.facts.load.table.rows import Delimiter, Rows
from reports.fields import Fields
from reports.problems import Place, Problem, ReportError, suggest
from reports.yaml import Mapping, Node, Scalar, read_yaml
from reports.yaml import Sequence as Items

SUFFIX = ".table.yaml"


class DecimalSign(Enum):
    POINT = "point"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        return "." if self is DecimalSign.POINT else ","


class ThousandsSign(Enum):
    NONE = "none"
    SPACE = "space"
    POINT = "point"
    COMMA = "comma"
    APOSTROPHE = "apostrophe"

    @property
    def signs(self) -> str:
        """Each of the characters that such a file may set between thousands."""
        spaces = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
        return {"none": "", "space": spaces, "point": ".", "comma": ",", "apostrophe": "'’"}[
            self.value
        ]


@dataclass(frozen=True)
class Subject:
    """What a row is about: `cell` names the column that tells, `per` a second one, or "".

    `name` is the heading, by language, of the columns with its name, empty where it is a place
    with a name of its own.  Rows with a word of `skip` are left out.
    """

    cell: Mapping
    per: str
    name: dict[str, str]
    skip: frozenset[str]


@dataclass(frozen=True)
class Sidecar:
    """`named` are the headings that it names, those `ignored` included, each where it does."""

    file: Path
    delimiter: Delimiter
    decimal: DecimalSign
    thousands: ThousandsSign
    missing: frozenset[str]
    subject: Subject
    columns: tuple[Column, ...]
    ignored: frozenset[str]
    named: tuple[tuple[str, Place], ...]


def sidecar_of(file: Path) -> Path:
    """The file that says what the columns of a CSV file mean."""
    return file.with_name(f"{file.stem}{SUFFIX}")


def read_sidecar(file: Path, languages: tuple[str, ...]) -> Sidecar:
    """What the columns of a table mean; raises ReportError with every fault of the file."""
    problems: list[Problem] = []
    root = read_yaml(file)
    problems.extend(unwritten(root))
    if problems:
        raise ReportError(*problems)
    table = file.name.removesuffix(SUFFIX)
    fields = Fields(root, f"table '{table}'", problems)
    subject = _subject(fields, languages, problems)
    columns = read_columns(fields, problems)
    sidecar = Sidecar(
        file=file,
        delimiter=fields.choice("delimiter", Delimiter, Delimiter.COMMA),
        decimal=fields.choice("decimal", DecimalSign, DecimalSign.POINT),
        thousands=fields.choice("thousands", ThousandsSign, ThousandsSign.NONE),
        missing=_missing(fields),
        subject=subject,
        columns=columns,
        ignored=frozenset(word.strip() for word in fields.words("ignore")),
        named=tuple(_named(subject, columns, fields.node("ignore"))),
    )
    fields.done()
    if sidecar.decimal.sign in sidecar.thousands.signs:
        what = f"'decimal' and 'thousands' of {fields.what} are the same sign"
        fields.problem(fields.place_of("thousands"), what, "mend one of them")
    if problems:
        raise ReportError(*problems)
    return sidecar


def check_headings(sidecar: Sidecar, rows: Rows) -> None:
    """Raise ReportError if the sidecar names a column that the table lacks, or the reverse."""
    problems = [
        Problem(place, f"the table has no column '{heading}'", suggest(heading, rows.head))
        for heading, place in sidecar.named
        if heading not in rows.head
    ]
    named = {heading for heading, _ in sidecar.named}
    for index, heading in enumerate(rows.head):
        if heading not in named:
            what = f"{sidecar.file.name} says nothing of column '{heading}'"
            hint = f"add it under 'columns', or to 'ignore: [{heading}]'"
            problems.append(Problem(Place(rows.file, rows.head_line, index + 1), what, hint))
    if problems:
        raise ReportError(*problems)


def unwritten(root: Mapping) -> Iterator[Problem]:
    """A problem for each key of a draft whose value its author is still to write."""
    for key in ("delimiter", "decimal", "thousands", "subject", "shared", "columns"):
        if key in root.entries:
            yield from _empty_in(root.entries[key], key)


def _empty_in(node: Node, key: str) -> Iterator[Problem]:
    match node:
        case Scalar(""):
            yield Problem(node.place, f"'{key}' is still to be written", "write it, or delete it")
        case Mapping(entries):
            for inner, value in entries.items():
                if inner != "values":
                    yield from _empty_in(value, inner)
        case _:
            pass


def _missing(fields: Fields) -> frozenset[str]:
    """The signs that say that there is no figure; "" is one only where it is listed."""
    match fields.node("missing"):
        case None:
            return frozenset()
        case Items(items) if all(isinstance(item, Scalar) for item in items):
            return frozenset(item.text.strip() for item in items if isinstance(item, Scalar))
        case node:
            hint = 'list the signs, "" for an empty cell: \'missing: ["", "–"]\''
            fields.problem(node.place, f"'missing' of {fields.what} must be a list", hint)
            return frozenset()


def _subject(fields: Fields, languages: tuple[str, ...], problems: list[Problem]) -> Subject:
    node = fields.node("subject")
    if not is_cell(node):
        place = fields.place if node is None else node.place
        hint = "say which column tells what a row is about: 'subject: {column: HEADING}'"
        fields.problem(place, f"{fields.what} has no subject", hint)
        return Subject(Mapping({}, {}, place), "", {}, frozenset())
    inner = Fields(node, f"'subject' of {fields.what}", problems)
    inner.text("column")
    check_values(inner)
    has_name = inner.node("name") is not None
    subject = Subject(
        cell=node,
        per=inner.text("per", required=False),
        name=inner.texts("name", languages, plain=True) if has_name else {},
        skip=frozenset(word.strip() for word in inner.words("skip")),
    )
    inner.done()
    return subject


def _named(
    subject: Subject, columns: Sequence[Column], ignored: Node | None
) -> Iterator[tuple[str, Place]]:
    """Every heading that the sidecar names, with where it does."""
    told = [subject.cell.entries.get(key) for key in ("column", "per", "name")]
    told += [cell.entries["column"] for column in columns for cell in cells_in(column.entry)]
    for node in (*told, ignored):
        for text in _texts_in(node):
            yield text.text.strip(), text.place
    for column in columns:
        yield column.heading, column.declared


def _texts_in(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping(entries):
            for part in entries.values():
                yield from _texts_in(part)
        case Items(items):
            for part in items:
                yield from _texts_in(part)
        case None:
            pass
