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
from reports.facts.quantities import Figure, Qualifier, Unit
from reports.problems import Place, Problem

_CITED, _NOTE = "cite", "note"
_NAMED = 3  # places that are named of a fault
_DATED = ("as of", "since")
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
        yield f"no longer has '{printed.written}' for {printed.fact}"
    elif not printed.text and printed.written:
        yield f"doesn't show '{printed.written}' for {printed.fact}, as it says that it does"
    elif row is None:
        said = f"prints '{printed.text}' for" if printed.text else "cites"
        yield f"{said} {printed.fact}, which isn't in the facts file"
    elif printed.form == _CITED:
        return
    elif wrong := [*_changed(printed), *_against_words(printed, row)]:
        value = f"; its value there is {shown_value(row.figure, row.unit)}" if row.figure else ""
        yield f"prints '{printed.text}' for {printed.fact}; {'; '.join(wrong)}{value}"
    elif wrong := list(_against_value(printed, row, language)):
        yield f"prints '{printed.text}' for {printed.fact}; {'; '.join(wrong)}"


def _changed(printed: PrintedFigure) -> Iterator[str]:
    if printed.written and letters(printed.written) != letters(printed.text):
        yield f"it was written as '{printed.written}'"


def _against_words(printed: PrintedFigure, row: FactRow) -> Iterator[str]:
    """What the facts file prints of the fact in that form, if it isn't this."""
    known = [text for form, text in row.printed_as if form == printed.form]
    known = [row.what] if printed.form == _NOTE else known
    if letters(printed.text).rstrip(".") not in {letters(text).rstrip(".") for text in known}:
        said = " or ".join(f"'{text}'" for text in known) or f"nothing as {printed.form}"
        yield f"the facts file has {said}"


def _against_value(printed: PrintedFigure, row: FactRow, language: str) -> Iterator[str]:
    """What the values of the facts file say that the words don't."""
    words = Paragraph(1, printed.text, load_idiom(language))
    if printed.form in _DATED:
        for when in (row.as_of, row.since if printed.form == "as of" else None):
            if when and not prints(words.dates, when):
                yield f"the facts file dates it {edtf(when)}"
    elif row.figure and row.unit and _says_figures(printed):
        misses = figure_misses(row.figure, row.unit, "", words)
        bare = printed.form in _BARE
        if any(not (bare and miss.kind == "unit") for miss in misses):
            yield f"its value in the facts file is {shown_value(row.figure, row.unit)}"


def _says_figures(printed: PrintedFigure) -> bool:
    """Whether the words have to say the fact's own figure; an event in a chart needn't."""
    if printed.form == "chart":
        return any(map(str.isdecimal, printed.text))
    return printed.form not in _WORDED


def shown_value(figure: Figure | None, unit: Unit | None) -> str:
    """A value with unit and hedge, as fact files have them: "62 percent (about)"."""
    if figure is None or unit is None:
        return "none"
    value = as_written(figure.value)
    counted = "" if unit in (Unit.COUNT, Unit.DATE) else f" {unit.value}"
    hedge = "" if figure.qualifier is Qualifier.EXACT else f" ({figure.qualifier.value})"
    return f"{value}{counted}{hedge}"
