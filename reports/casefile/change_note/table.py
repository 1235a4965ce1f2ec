"""The table of a note: what each fact was, what it is, and where that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from reports.casefile.change_note.versions import Versions
from reports.casefile.changes import Aspect, ChangeKind, FactChange, Retold, Sentence
from reports.document import (
    Caption,
    Cell,
    Column,
    FactSpan,
    Inline,
    LineBreak,
    Table,
    Text,
    inline_text,
    note_mark,
    without_marks,
)
from reports.language import capitalised, in_words, quoted


@dataclass(frozen=True)
class Room:
    """How much of the changes a note tells: facts, sentences of each, characters of a sentence."""

    facts: int
    sentences: int
    characters: int


_WIDE, _NARROW = (44 / 168, 0.21, 0.22), (44 / 168, 0.145, 0.155)  # the first three columns
_SHORT = 12  # characters of a line that fits a narrow one
_RETOLD, _WHAT, _SECTION = 70, 60, 40  # characters of a text before it is cut
_FIGURES = (Aspect.FIGURE, Aspect.HEDGE)


def changes_table(facts: Collection[FactChange], versions: Versions, room: Room) -> Table:
    """One row a changed fact."""
    say = versions.language.say
    numbers = _numbers(versions)
    heads = (say(f"change-head-{head}", **numbers) for head in ("fact", "before", "after", "where"))
    rows = tuple(_row(fact, versions, room) for fact in facts)
    return Table(
        caption=Caption(
            say("table-label", number="1"),
            (Text(_counts(versions)),),
            (Text(f"{_base(versions)} {_left_out(facts, versions)}".rstrip()),),
            "changes",
        ),
        columns=tuple(
            Column((Text(head),), share, numeric=False, series="other")
            for head, share in zip(heads, _shares(rows), strict=True)
        ),
        rows=rows,
        place=versions.place,
    )


def _numbers(versions: Versions) -> dict[str, str]:
    return {"old": versions.old, "new": versions.new}


def _shares(rows: Iterable[Sequence[Cell]]) -> tuple[float, ...]:
    """The columns' parts of the width; where only figures changed, the other two have more."""
    lines = (
        line
        for _, before, now, _ in rows
        for cell in (before, now)
        for line in inline_text(without_marks(cell.content)).splitlines()
    )
    first = _NARROW if max(map(len, lines), default=0) <= _SHORT else _WIDE
    return (*first, 1 - sum(first))


def _left_out(facts: Collection[FactChange], versions: Versions) -> str:
    """How many facts there was no room for, and where they stand."""
    rest = len(versions.changes.facts) - len(facts)
    return versions.language.say("change-rest", count=str(rest)) if rest else ""


def _counts(versions: Versions) -> str:
    """How many facts are told otherwise, and in which way."""
    say = versions.language.say
    counts = Counter(fact.kind for fact in versions.changes.facts)
    told = (
        say(f"change-count-{each.value}", count=str(n))
        for each in ChangeKind
        if (n := counts[each])
    )
    return say("change-table", counts=", ".join(told))


def _base(versions: Versions) -> str:
    """Which column is which, and since when the store had held what the earlier version told."""
    language, days = versions.language, versions.recorded
    given = _numbers(versions) | {"day": language.day(days[0])} if days else _numbers(versions)
    match len(days):
        case 0:
            return language.say("change-base", **given)
        case 1:
            return language.say("change-base-day", **given)
        case _:
            return language.say("change-base-days", **given, last=language.day(days[-1]))


def _row(fact: FactChange, versions: Versions, room: Room) -> tuple[Cell, ...]:
    where = (versions.among(fact), *_where(fact, versions, room))
    return (
        Cell((Text("; ".join(filter(None, (_what(fact, versions), versions.as_of(fact))))),)),
        _before(fact, versions),
        _now(fact, versions),
        Cell(_lines((Text(each),) for each in where if each)),
    )


def _what(fact: FactChange, versions: Versions) -> str:
    """What a figure measures; of a fact without one, how it begins."""
    if fact.figure:
        return capitalised(fact.what.removesuffix(f"; {versions.among(fact)}"))
    worded = any(each.aspect is Aspect.WORDING for each in fact.retold)
    return (
        versions.language.say("change-statement")
        if worded
        else capitalised(shortened(fact.what, _WHAT))
    )


def _before(fact: FactChange, versions: Versions) -> Cell:
    """What the earlier version told."""
    say = versions.language.say
    if fact.kind is ChangeKind.ADDED:
        return Cell((Text(say("change-not-there")),), missing=True)
    figure = next((each.was for each in fact.retold if each.aspect in _FIGURES), fact.figure)
    told = [figure, *_retold(fact, attrgetter("was"), versions)]
    return Cell(_lines((Text(each),) for each in told if each))


def _now(fact: FactChange, versions: Versions) -> Cell:
    """What is told now, with the mark of its note, and what it follows from."""
    note = versions.note(fact.fact)
    if fact.kind is ChangeKind.REMOVED or note is None:
        return Cell((Text(versions.language.say("change-taken-out")),), missing=True)
    told = [*_retold(fact, attrgetter("now"), versions), _follows(fact, versions)]
    form, place = "figure" if fact.figure else "cite", versions.place
    span = FactSpan(
        fact.fact,
        form,
        fact.figure,
        note.number,
        unbroken=len(fact.figure) <= _SHORT,
        place=place,
        brackets=note.brackets,
    )
    lines = [(Text(each),) for each in told if each]
    if fact.figure or not lines:
        return Cell(_lines(((span,), *lines)))
    first, *others = lines
    return Cell(_lines(((*first, span), *others)))


def _retold(fact: FactChange, side: Callable[[Retold], str], versions: Versions) -> Iterator[str]:
    """What is told otherwise besides the figure, as it was or as it is now, with what it is."""
    say = versions.language.say
    for each in fact.retold:
        text = shortened(side(each), _RETOLD) or say("change-nothing-given")
        if each.aspect is Aspect.WORDING:
            yield text
        elif each.aspect not in _FIGURES:
            yield say(f"change-aspect-{each.aspect.value.replace(' ', '-')}", text=text)


def _follows(fact: FactChange, versions: Versions) -> str:
    """Which of the changes a computed fact follows, by their notes."""
    notes = [note for id_ in fact.because if (note := versions.note(id_))]
    if not notes:
        return ""
    marks = (note_mark(note.number, note.brackets) for note in notes)
    say = versions.language.say
    return say("change-follows", notes=in_words(marks, say("and")))


def _lines(lines: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    parts = ((LineBreak(), *line) for line in lines)
    return tuple(chain.from_iterable(parts))[1:]


# ---------------------------------------------------------------- where it stands


def _where(fact: FactChange, versions: Versions, room: Room) -> Iterator[str]:
    """The sentences in which a fact stands, each after its heading, and how many others there are.

    Those that print its figure come first.
    """
    say = versions.language.say
    if not fact.sentences:
        yield say("change-in-notes")
        return
    printed = versions.printed(fact.fact)
    told = sorted(fact.sentences, key=lambda each: not _first(printed, each.text))
    lines = [_place(each, fact, versions, room) for each in told[: room.sentences]]
    if rest := len(told) - len(lines):
        lines[-1] += say("change-more-places", count=str(rest))
    if fact.kind is ChangeKind.REMOVED:
        lines[0] = say("change-stood", old=versions.old, where=lines[0])
    yield from lines


def _place(sentence: Sentence, fact: FactChange, versions: Versions, room: Room) -> str:
    """A heading and the sentence below it; the heading alone where its words say no more."""
    language = versions.language
    is_lead = sentence.section == versions.document.cover.short_title
    section = language.say("change-in-lead") if is_lead else shortened(sentence.section, _SECTION)
    if not fact.figure and room.sentences == 1:
        return section
    words = _around(sentence.text, versions.printed(fact.fact), room.characters)
    return f"{section}: {quoted(words, language)}"


def _first(texts: Iterable[str], sentence: str) -> str:
    """The first of the texts that the sentence holds, "" for none."""
    return next((text for text in texts if text in sentence), "")


def _around(sentence: str, printed: Iterable[str], most: int) -> str:
    """The words of a long sentence around what it prints of the fact that it is quoted for."""
    if len(sentence) <= most:
        return sentence
    at = sentence.find(_first(printed, sentence))
    start = max(0, min(at - most // 3, len(sentence) - most))
    begun = sentence[start:].partition(" ")[2] if start else sentence
    return f"{'… ' if start else ''}{shortened(begun, most)}"


def shortened(text: str, most: int) -> str:
    """The first whole words of a longer text."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]} …"
