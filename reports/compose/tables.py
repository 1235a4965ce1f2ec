"""The functions of a template that print tables, as Markdown with marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reports.compose.calls import (
    AsOfCall,
    Call,
    CaptionCall,
    CiteCall,
    FactCall,
    MissingCall,
    PlaceNameCall,
    SourceCall,
    SpeakerCall,
    StatementCall,
    WordCall,
)
from reports.compose.conditions import Condition, word_of
from reports.compose.markers import Block, Marker
from reports.compose.recorder import Calls
from reports.problems import suggest

# The columns of a table of facts, and how much room each wants beside the others.
_WIDTHS = {
    "figure": 1,
    "statement": 4,
    "speaker": 1.6,
    "as of": 1.3,
    "source": 1.1,
    "standing": 1.2,
}
COLUMNS = tuple(_WIDTHS)


def table_functions(calls: Calls) -> dict[str, Callable[..., Any]]:
    """`caption`, `table` and `comparison`, by name."""

    def caption(
        title: str,
        base: str = "",
        id: str = "",  # noqa: A002
        places: Sequence[str] = (),
        widths: Sequence[float] = (),
    ) -> Block:
        if any(not isinstance(width, (int, float)) or width <= 0 for width in widths):
            calls.problem(f"widths {list(widths)} are not all positive numbers", "as in [2, 1]")
            widths = ()
        call = CaptionCall(str(title), str(base), id, tuple(map(word_of, places)), tuple(widths))
        return Block(f"\n\n{calls.mark(call).token}\n\n")

    def table(
        facts: Sequence[str],
        caption: str,
        columns: Sequence[str] = ("speaker", "statement", "as of"),
        base: str = "",
        id: str = "",  # noqa: A002
    ) -> Block:
        for column in set(columns) - set(COLUMNS):
            calls.problem(f"unknown column '{column}'", suggest(column, COLUMNS))
        shown = [column for column in columns if column in COLUMNS]
        heads = [calls.mark(WordCall(f"head-{column.replace(' ', '-')}")).token for column in shown]
        known = filter(None, map(calls.known, facts))
        rows = [[_cell(column, id_, calls) for column in shown] for id_ in known]
        if not rows:
            calls.problem("a table without facts", "name facts, or widen the query")
        widths = tuple(_WIDTHS[column] for column in shown[1:])
        head = calls.mark(CaptionCall(str(caption), str(base), id, widths=widths)).token
        return _pipe_table(head, heads, rows, calls)

    def comparison(
        rows: Sequence[Sequence[Any]],
        caption: str,
        places: Sequence[str] = ("denmark", "norway"),
        base: str = "",
        id: str = "",  # noqa: A002
    ) -> Block:
        places = tuple(map(word_of, places))
        for place in places:
            if place not in calls.store.places:
                calls.problem(f"unknown place '{place}'", suggest(place, calls.store.places))
        heads = [calls.mark(WordCall("theme")).token]
        heads += [calls.mark(PlaceNameCall(place)).token for place in places]
        for row in rows:
            if len(row) != len(heads):
                what = f"the row '{row[0] if row else ''}' has {len(row)} cells, not {len(heads)}"
                calls.problem(what, "one for the topic and one for each place; [] says 'missing'")
        cells = [[_comparison_cell(cell, calls) for cell in row] for row in rows]
        call = CaptionCall(str(caption), str(base), id, places)
        return _pipe_table(calls.mark(call).token, heads, cells, calls)

    return {"caption": caption, "table": table, "comparison": comparison}


def _cell(column: str, id_: str, calls: Calls) -> str:
    has_figure = calls.store.facts[id_].figure is not None
    match column:
        case "figure" if has_figure:
            call: Call = FactCall(id_, "figure", start=False)
        case "figure":
            call = CiteCall(id_)
        case "statement":
            call = StatementCall(id_)
        case "speaker":
            call = SpeakerCall(id_)
        case "as of":
            call = AsOfCall(id_, start=True)
        case "source" if calls.store.facts[id_].derivation:
            call = CiteCall(id_)  # its note names the sources of all that it is computed from
        case "source":
            call = SourceCall(id_)
        case _:
            call = WordCall(f"standing-{calls.store.facts[id_].standing.value}")
    return calls.mark(call).token


def _comparison_cell(cell: object, calls: Calls) -> str:
    """A cell's text: Markdown as it is, or the statements of a list of facts."""
    if isinstance(cell, Marker):
        return cell.token
    if isinstance(cell, Condition):
        return calls.printed(cell).token
    if isinstance(cell, str):
        return " ".join(cell.replace("|", "\\|").split())
    asked = cell if isinstance(cell, (list, tuple)) else ()
    ids = list(filter(None, map(calls.known, asked)))
    if not ids:
        return calls.mark(MissingCall()).token
    return " ".join(calls.mark(StatementCall(id_)).token for id_ in ids)


def _pipe_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], calls: Calls
) -> Block:
    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} {calls.position()}|"

    delimiter = f"|{'---|' * len(heads)}"
    lines = [line(heads), delimiter, *(line(row) for row in rows)]
    return Block(f"\n\n{caption}\n\n" + "\n".join(lines) + "\n\n")
