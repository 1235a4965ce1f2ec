"""What a document prints of each fact, against the facts file that lies beside it.

Two looks that know nothing of each other: the words against the words that the file has of the
fact, and the numbers, dates and hedges in them against its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reports.casefile.verify.facts_table import FactRow, FactsTable
from reports.casefile.verify.package import open_package
from reports.casefile.verify.printed import PrintedFigure, letters
from reports.facts.ask.records import edtf
from reports.facts.evidence.dates import prints
from reports.facts.evidence.figures import figure_misses
from reports.facts.evidence.findings import as_written
from reports.facts.evidence.paragraph import Paragraph, load_idiom
from reports.facts.quantities import Figure, Qualifier, Unit, When
from reports.problems import Place, Problem

_CITED, _NOTE = "cite", "note"
_NAMED = 3  # places that are named of a fault
_BARE = ("number", "chart")  # forms that may leave the unit out
_WORDED = ("trend", "compare")  # forms whose words needn't say the fact's own figure


def printed_in(file: Path) -> tuple[PrintedFigure, ...]:
    """Every fact that a PDF or a Word file of ours prints, as the file alone tells it.

    Raises ReportError at the file for one that can't be read, or says nothing of facts.
    """
    if file.suffix.lower() == ".pdf":
        from reports.casefile.verify.pdf_figures import pdf_figures

        return pdf_figures(file.read_bytes(), file)
    from reports.casefile.verify.docx_figures import docx_figures

    return docx_figures(open_package(file))


def typed_in(file: Path) -> tuple[Problem, ...]:
    """The numbers that were typed into a Word file after it was written, outside of its facts.

    A PDF keeps no record of its own, so nothing is found in one.
    """
    if file.suffix.lower() != ".docx":
        return ()
    from reports.casefile.verify.docx_figures import typed_numbers

    return typed_numbers(open_package(file))


def edited_since(printed: Iterable[PrintedFigure], file: Path) -> tuple[Problem, ...]:
    """What a document says of its facts otherwise than its own record, where it has one."""
    apart = [each for each in printed if not each.where or _is_other(each)]
    return tuple(Problem(Place(file), f"{_places([each.where])}{_was(each)}") for each in apart)


def _was(printed: PrintedFigure) -> str:
    if not printed.text:
        return _lost(printed)
    said = f"prints '{printed.text}' for {printed.fact}"
    return f"{said}; it was written as '{printed.written}'"


def _lost(printed: PrintedFigure) -> str:
    if printed.written:
        return f"no longer has '{printed.written}' for {printed.fact}"
    return f"no longer cites {printed.fact}, where it did"


def _is_other(printed: PrintedFigure) -> bool:
    """Whether it isn't what the file's own record says was written."""
    return bool(printed.written) and not _alike(printed.written, printed.text)


def figure_findings(
    printed: Iterable[PrintedFigure], file: Path, table: FactsTable, language: str
) -> tuple[Problem, ...]:
    """Where the words that a document prints of its facts aren't those of the facts file.

    `language` is the document's.  The same fault in several places is told once.
    """
    found: dict[str, list[str]] = {}
    for each in printed:
        for what in _faults(each, table.rows.get(each.fact), language):
            found.setdefault(what, []).append(each.where)
    return tuple(Problem(Place(file), f"{_places(where)}{what}") for what, where in found.items())


def unprinted(printed: Iterable[PrintedFigure], table: FactsTable) -> tuple[Problem, ...]:
    """Facts of which the documents print nothing, though the facts file says that they do."""
    there = {each.fact for each in printed if each.where}
    return tuple(
        Problem(Place(table.file, row.line), f"no document prints '{row.id}', which is said here")
        for row in table.rows.values()
        if row.printed_as and row.id not in there
    )


def _places(where: list[str]) -> str:
    """The places before what is found there; "" for what is nowhere any more."""
    named = list(dict.fromkeys(each for each in where if each))
    more = len(named) - _NAMED
    shown = ", ".join(named[:_NAMED]) + (f" and {more} more places" if more > 0 else "")
    return f"{shown} " if shown else ""


def _faults(printed: PrintedFigure, row: FactRow | None, language: str) -> Iterator[str]:
    """What is wrong with one printed fact, to be read after its place."""
    if not printed.where:
        yield _lost(printed)
    elif row is None:
        said = f"prints '{printed.text}' for" if printed.text else "cites"
        yield f"{said} {printed.fact}, which isn't in the facts file"
    elif printed.text:
        yield from _wrong_words(printed, row, language)
    elif printed.form == "chart" and printed.written:
        yield f"doesn't show '{printed.written}' for {printed.fact}, as it says that it does"
    elif printed.form not in (_CITED, "chart"):
        was = f", where it was '{printed.written}'" if printed.written else ""
        yield f"prints nothing for {printed.fact}{was}"


def _wrong_words(printed: PrintedFigure, row: FactRow, language: str) -> Iterator[str]:
    known = _known_words(printed, row)
    meant = next((text for text in known if _alike(text, printed.text)), "")
    faults = []
    if _is_other(printed):
        faults.append(f"it was written as '{printed.written}'")
    if not meant:
        said = " or ".join(f"'{text}'" for text in known) or f"nothing as {printed.form}"
        faults.append(f"the facts file has {said}")
    # where a word is broken, the text of the file has it whole
    faults += _against_value(printed.form, meant or printed.text, row, language)
    if faults:
        yield f"prints '{printed.text}' for {printed.fact}; {'; '.join(faults)}"


def _known_words(printed: PrintedFigure, row: FactRow) -> list[str]:
    """What the facts file says is printed of the fact in that form."""
    if printed.form == _NOTE:
        return [row.what]
    return [text for form, text in row.printed_as if form == printed.form]


def _alike(text: str, other: str) -> bool:
    """Whether two texts have the same letters; a note's sentence may end or go on."""
    return letters(text).rstrip(".") == letters(other).rstrip(".")


def _against_value(form: str, text: str, row: FactRow, language: str) -> Iterator[str]:
    """What the values of the facts file say that the words don't."""
    words = Paragraph(1, text, load_idiom(language))
    for when in _dates(form, row):
        if not prints(words.dates, when):
            yield f"its date in the facts file is {edtf(when)}"
    if row.figure and row.unit and _says_figure(form, text):
        misses = figure_misses(row.figure, row.unit, "", words)
        if any(miss.kind != "unit" or form not in _BARE for miss in misses):
            yield f"its value in the facts file is {shown_value(row.figure, row.unit)}"


def _dates(form: str, row: FactRow) -> list[When]:
    """The dates that words of that form tell."""
    told = {"as of": (row.as_of, row.since), "since": (row.since,)}
    return [when for when in told.get(form, ()) if when]


def _says_figure(form: str, text: str) -> bool:
    """Whether the words have to say the fact's own figure; an event in a chart needn't."""
    if form == "chart":
        return any(map(str.isdecimal, text))
    return form not in (*_WORDED, "as of", "since")


def shown_value(figure: Figure | None, unit: Unit | None) -> str:
    """A value with unit and hedge, as fact files have them: "62 percent (about)"."""
    if figure is None or unit is None:
        return "none"
    value = as_written(figure.value)
    counted = "" if unit in (Unit.COUNT, Unit.DATE) else f" {unit.value}"
    hedge = "" if figure.qualifier is Qualifier.EXACT else f" ({figure.qualifier.value})"
    return f"{value}{counted}{hedge}"
