"""The functions that a template has: each records a call and returns its mark."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from reports.compose.calls import (
    CHART_KINDS,
    AnnexCall,
    AsOfCall,
    Call,
    CaptionCall,
    ChartCall,
    CiteCall,
    ContentsCall,
    FactCall,
    MissingCall,
    PlaceNameCall,
    PlainCall,
    RefCall,
    SourceCall,
    SpeakerCall,
    StatementCall,
    TimelineCall,
    WordCall,
)
from reports.compose.markers import Block, Marker, MisuseError
from reports.compose.tokens import Position, position_token
from reports.facts.model import Facts, Number, Part, Range, Standing, When
from reports.facts.wording import FORMS
from reports.problems import Place, Problem, suggest

# The columns of a table of facts, and how much room each wants beside the others.
_WIDTHS = {
    "figure": 1,
    "statement": 4,
    "speaker": 1.6,
    "as of": 1.3,
    "source": 0.8,
    "standing": 1.2,
}
COLUMNS = tuple(_WIDTHS)


@dataclass
class Calls:
    """The calls of one edition in the order in which they were made, each with its place."""

    store: Facts
    audience: str
    templates: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    calls: list[tuple[Call, Place]] = field(default_factory=list)

    def mark(self, call: Call) -> Marker:
        """The mark of a newly recorded call."""
        self.calls.append((call, self.place()))
        return Marker(len(self.calls) - 1)

    def place(self) -> Place:
        """The line of the innermost template that is running."""
        frame = sys._getframe(1)  # noqa: SLF001 - Jinja keeps the line in the frame only
        while frame:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                line = template.get_corresponding_lineno(frame.f_lineno)
                return Place(Path(template.filename), line)
            if frame.f_back is None:
                break
            frame = frame.f_back
        return Place(self.templates[0]) if self.templates else Place(Path())

    def position(self) -> str:
        """The invisible mark of the running template's line."""
        place = self.place()
        if place.file not in self.templates:
            return ""
        return position_token(Position(self.templates.index(place.file), place.line))

    def problem(self, what: str, hint: str = "") -> None:
        """Add a fault at the running template's line."""
        self.problems.append(Problem(self.place(), what, hint))

    def known(self, id_: object) -> bool:
        """Whether this audience has the fact; a problem if not."""
        if isinstance(id_, str) and id_ in self.store.facts:
            return True
        if isinstance(id_, str) and id_ in self.store.hidden:
            level = self.store.hidden[id_].value
            what = f"fact '{id_}' is {level}; the audience '{self.audience}' may not see it"
            self.problem(what, "leave it out, or raise the audience's access")
        else:
            self.problem(f"unknown fact '{id_}'", suggest(str(id_), self.store.facts))
        return False


class FactsView:
    """`facts["id"]`: a fact's parts for conditions; they compare, but don't print."""

    def __init__(self, calls: Calls) -> None:
        """Look facts up in the store of these calls."""
        self._calls = calls

    def __getitem__(self, id_: str) -> FactView:
        if not self._calls.known(id_):
            return FactView(id_, Decimal(0), "", "", "")
        fact = self._calls.store.facts[id_]
        value: Decimal | None = None
        match fact.figure and fact.figure.value:
            case Number() as number:
                value = number.plain
            case Range(low):
                value = low.plain
            case Part(count, whole):
                value = Decimal(count) / Decimal(whole)
            case When(year) if year:
                value = Decimal(year)
            case _:
                pass
        qualifier = fact.figure.qualifier.value if fact.figure else ""
        return FactView(id_, value, qualifier, fact.standing.value, fact.place)


@dataclass(frozen=True)
class FactView:
    """What conditions can ask of a fact; `figure` is its number, None where it has none."""

    id: str
    figure: Decimal | None
    qualifier: str
    standing: str
    place: str

    @property
    def value(self) -> Decimal:
        """The number to compare; raises MisuseError for a fact without one."""
        if self.figure is None:
            raise MisuseError(f"fact '{self.id}' has no figure to compare", "ask another fact")
        return self.figure

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse what a condition can't ask for."""
        if name.startswith("__"):  # Python's own look-ups
            raise AttributeError(name)
        known = ["value", *(field.name for field in fields(self))]
        raise MisuseError(f"a fact has no '{name}' to compare", suggest(name, known))


def template_functions(calls: Calls) -> dict[str, Callable[..., Any] | FactsView]:
    """The global names of a template, by name."""
    return {
        **_figures(calls),
        **_tables(calls),
        **_blocks(calls),
        "facts": FactsView(calls),
        "range": _bounded_range,
    }


def _bounded_range(*ends: int) -> range:
    steps = range(*ends)
    if len(steps) > 1000:
        what = f"a loop of {len(steps)} steps; at most 1000 are allowed"
        raise MisuseError(what, "loop over facts instead")
    return steps


def _figures(calls: Calls) -> dict[str, Callable[..., Any]]:
    unknown = PlainCall("?", "unknown fact")

    def fact(id_: str, form: str = "figure", *, start: bool = False) -> Marker:
        if form not in FORMS:
            calls.problem(f"unknown form '{form}'", suggest(form, FORMS))
            form = "figure"
        if not calls.known(id_):
            return calls.mark(unknown)
        if calls.store.facts[id_].figure is None:
            hint = f"print its sentence: statement('{id_}'), or cite('{id_}') after your own"
            calls.problem(f"fact '{id_}' has no figure", hint)
            return calls.mark(unknown)
        return calls.mark(FactCall(id_, next(f for f in FORMS if f == form), start))

    def statement(id_: str) -> Marker:
        return calls.mark(StatementCall(id_) if calls.known(id_) else unknown)

    def cite(*ids: str) -> Block:
        marks = [calls.mark(CiteCall(id_)) for id_ in ids if calls.known(id_)]
        return Block("".join(mark.token for mark in marks))

    def as_of(id_: str, *, start: bool = False) -> Marker:
        return calls.mark(AsOfCall(id_, start) if calls.known(id_) else unknown)

    def speaker(id_: str) -> Marker:
        return calls.mark(SpeakerCall(id_) if calls.known(id_) else unknown)

    def source(id_: str) -> Marker:
        return calls.mark(SourceCall(id_) if calls.known(id_) else unknown)

    def plain(text: str, why: str) -> Marker:
        if not why.strip():
            calls.problem(f"plain('{text}') gives no reason", "say why it needs no source")
        return calls.mark(PlainCall(str(text), why))

    def ref(anchor: str, *, start: bool = False) -> Marker:
        return calls.mark(RefCall(anchor, start))

    def query(
        theme: str = "", place: str = "", speaker: str = "", standing: str = ""
    ) -> tuple[str, ...]:
        _check_query(calls, theme, place, speaker, standing)
        return tuple(found.id for found in calls.store.where(theme, place, speaker, standing))

    return {
        "fact": fact, "statement": statement, "cite": cite, "as_of": as_of, "speaker": speaker,
        "source": source, "plain": plain, "ref": ref, "query": query,
    }  # fmt: skip


def _check_query(calls: Calls, theme: str, place: str, speaker: str, standing: str) -> None:
    store = calls.store
    known: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("theme", theme, store.themes),
        ("place", place, store.places),
        ("speaker", speaker, store.people),
        ("standing", standing, [member.value for member in Standing]),
    )
    for kind, word, ids in known:
        if word and word not in ids:
            calls.problem(f"unknown {kind} '{word}'", suggest(word, ids))


def _tables(calls: Calls) -> dict[str, Callable[..., Any]]:
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
        call = CaptionCall(str(title), str(base), id, tuple(places), tuple(widths))
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
        rows = [
            [_cell(column, id_, calls) for column in shown] for id_ in facts if calls.known(id_)
        ]
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
        call = CaptionCall(str(caption), str(base), id, tuple(places))
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
        case "source":
            call = SourceCall(id_)
        case _:
            call = WordCall(f"standing-{calls.store.facts[id_].standing.value}")
    return calls.mark(call).token


def _comparison_cell(cell: object, calls: Calls) -> str:
    """A cell's text: Markdown as it is, or the statements of a list of facts."""
    if isinstance(cell, Marker):
        return cell.token
    if isinstance(cell, str):
        return " ".join(cell.replace("|", "\\|").split())
    ids = [id_ for id_ in cell if calls.known(id_)] if isinstance(cell, (list, tuple)) else []
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


def _blocks(calls: Calls) -> dict[str, Callable[..., Any]]:
    def chart(
        kind: str,
        facts: Sequence[str],
        caption: str,
        base: str = "",
        id: str = "",  # noqa: A002
        labels: Sequence[str] = (),
        reason: str = "",
    ) -> Block:
        if kind not in CHART_KINDS:
            calls.problem(f"unknown chart '{kind}'", suggest(kind, CHART_KINDS))
        known = tuple(id_ for id_ in facts if calls.known(id_))
        if kind not in CHART_KINDS or len(known) != len(facts):
            return Block("")
        name = next(k for k in CHART_KINDS if k == kind)
        call = ChartCall(name, known, str(caption), str(base), id, tuple(labels), str(reason))
        return Block(f"\n\n{calls.mark(call).token}\n\n")

    def timeline(facts: Sequence[str], caption: str, base: str = "", id: str = "") -> Block:  # noqa: A002
        known = tuple(id_ for id_ in facts if calls.known(id_))
        call = TimelineCall(known, str(caption), str(base), id)
        return Block(f"\n\n{calls.mark(call).token}\n\n")

    def contents() -> Block:
        return Block(f"\n\n{calls.mark(ContentsCall()).token}\n\n")

    def annex(title: str) -> Block:
        return Block(f"\n\n{calls.mark(AnnexCall(str(title))).token}\n\n")

    return {"chart": chart, "timeline": timeline, "contents": contents, "annex": annex}
