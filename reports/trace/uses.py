"""Editions to uses: every spot where a fact is printed or cited, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.briefs import Edition
from reports.build.outputs import Resolved
from reports.document.sentences import sentence_around
from reports.facts.model import Facts
from reports.problems import Place
from reports.trace.lines import Line, Printed, lines, without_note_marks


@dataclass(frozen=True)
class Use:
    """One spot of an edition where a fact is printed, with the number of its note.

    `form` is how: "figure", "number", "words", "with base", "as of", "since", "statement",
    "trend", "compare" or "chart"; "cite" is the note mark alone, and `text` is then empty.
    `sentence` is the one around it, note marks included, after what stands around it in a table
    or figure; `plain` is the same without note marks.  `section` is the heading above, the title
    where there is none yet; `label` and `anchor` are those of the table or figure, "" outside.
    `mark` is the number of its note mark in the edition's PDF, from 0, and None in a chart and in
    what other formats alone say.  `place` is the line of the template.
    """

    fact: str
    edition: Edition
    form: str
    text: str
    sentence: str
    plain: str
    section: str
    label: str
    anchor: str
    note: int
    mark: int | None
    place: Place


@dataclass(frozen=True)
class Hit:
    """A use that rests on the fact `asked`.

    `through` is empty where that fact itself is printed; else it leads from the printed fact
    to the one that is derived from `asked`.
    """

    asked: str
    through: tuple[str, ...]
    use: Use


def uses(resolved: Iterable[Resolved]) -> tuple[Use, ...]:
    """Every use in these editions, in reading order, then what their other formats alone say."""
    editions: dict[str, list[Resolved]] = {}
    for item in resolved:
        editions.setdefault(item.edition.name, []).append(item)
    return tuple(use for items in editions.values() for use in _uses(items))


def body_uses(items: Iterable[Resolved]) -> tuple[Use, ...]:
    """Every use in these editions, but for the tables of the data behind their figures."""
    return uses(replace(item, document=replace(item.document, data=None)) for item in items)


def _uses(items: Sequence[Resolved]) -> Iterator[Use]:
    """The uses in one edition; the first item is what its PDF is made from."""
    told: set[object] = set()
    for item in items:
        for line in lines(item.document):
            for use in _uses_in(line, item.edition):
                if item is items[0]:
                    yield use
                elif _spot(use) not in told:
                    yield replace(use, mark=None)
                told.add(_spot(use))


def _spot(use: Use) -> object:
    return use.fact, use.form, use.text, use.sentence, use.place


def hits(found: Iterable[Use], store: Facts) -> Iterator[Hit]:
    """For each use, one hit on the fact that is printed and on each that it is derived from."""
    chains: dict[str, dict[str, tuple[str, ...]]] = {}
    for use in found:
        if use.fact not in chains:
            chains[use.fact] = ways_down(use.fact, lambda id_: _inputs(id_, store))
        for asked, through in chains[use.fact].items():
            yield Hit(asked, through, use)


def ways_down(printed: str, inputs: Callable[[str], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The fact and all that it is derived from, each with the shortest way down to it.

    `inputs` gives those of a fact, none for one from a source.
    """
    chains: dict[str, tuple[str, ...]] = {printed: ()}
    waiting = [printed]
    for above in waiting:
        for input_ in inputs(above):
            if input_ not in chains:
                chains[input_] = (*chains[above], above)
                waiting.append(input_)
    return chains


def _inputs(id_: str, store: Facts) -> Iterator[str]:
    derivation = store.facts[id_].derivation
    for input_ in derivation.inputs if derivation else ():
        yield store.facts[input_].id  # an earlier version, in the store of an earlier day


def _uses_in(line: Line, edition: Edition) -> Iterator[Use]:
    bare = without_note_marks(line)
    for printed, unmarked in zip(line.printed, bare.printed, strict=True):
        span = printed.span
        yield Use(
            fact=span.fact,
            edition=edition,
            form=span.form,
            text=span.text,
            sentence=_sentence(line, printed),
            plain=_sentence(bare, unmarked),
            section=line.section,
            label=line.label,
            anchor=line.anchor,
            note=span.note,
            mark=printed.mark,
            place=span.place,
        )


def _sentence(line: Line, printed: Printed) -> str:
    """The sentence around a fact, after what stands around its line."""
    start, end = printed.start, printed.end
    if start == end:  # a mark that was taken away: it belongs to what it stood after
        start = max(start - 1, 0)
    held = (0, len(line.text)) if line.whole else (start, max(end, start + 1))
    sentence = sentence_around(line.text, *held) if line.text else ""
    return ": ".join(filter(None, (" – ".join(line.about), sentence)))
