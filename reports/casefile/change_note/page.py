"""The page of a note: what it compares, the table of facts, their notes, both versions as sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.build.outputs import Resolved
from reports.casefile.change_note.table import Room, changes_table, shortened
from reports.casefile.change_note.versions import Versions
from reports.casefile.changes import Changes, FactChange, SourceChange
from reports.casefile.record import CaseRecord
from reports.document import (
    Block,
    Colophon,
    Cover,
    Document,
    Heading,
    Inline,
    Layout,
    Note,
    Notes,
    Paragraph,
    Provenance,
    SourceEntry,
    SourceList,
    Text,
    inline_text,
)
from reports.facts.model import Facts
from reports.facts.wording import judgement_text, speaker_name
from reports.language import capitalised, load_language, quoted
from reports.resolve.end import stamped_kind

_TITLE = 40  # characters of the title
_SOURCE, _SOURCES = 160, 3  # characters of how a source was told, and how many have room


def change_document(
    changes: Changes, item: Resolved, record: CaseRecord, store: Facts, room: Room
) -> Document:
    """The note with as many of the changed facts as it has room for, and how many more there are."""
    versions = Versions(changes, item, record, store, load_language(item.edition.language))
    say = versions.language.say
    facts = changes.facts[: room.facts]
    notes = _notes(facts, versions)
    return replace(
        item.document,
        layout=Layout.MEMO,
        cover=_cover(versions),
        body=tuple(_body(facts, versions, room)),
        notes=notes,
        sources=_sources(notes, versions),
        colophon=Colophon(
            say("made-label"), say("change-made", old=versions.old, new=versions.new)
        ),
        data=None,
        provenance=_provenance(notes, item.document.provenance),
    )


# ---------------------------------------------------------------- cover


def _cover(versions: Versions) -> Cover:
    say, cover = versions.language.say, versions.document.cover
    title = say("change-title", old=versions.old, new=versions.new)
    kept = {say(f"meta-{key}") for key in ("from", "date", "case", "status")}
    return replace(
        cover,
        kind=stamped_kind(say("change-kind"), versions.item.edition.brief.stamp, versions.language),
        title=(Text(title),),
        short_title=f"{title}: {cover.short_title}",
        lead=(Text(f"{_compared(versions)} {_whether_text(versions)}".rstrip()),),
        meta=tuple(pair for pair in cover.meta if pair[0] in kept),
    )


def _compared(versions: Versions) -> str:
    """Which version replaces which."""
    earlier, language = versions.changes.earlier, versions.language
    return language.say(
        "change-lead",
        new=versions.new,
        title=quoted(shortened(versions.document.cover.short_title, _TITLE), language),
        old=versions.old,
        old_state=language.say(f"change-state-{earlier.state.value}"),
        old_day=language.day(earlier.date),
    )


def _whether_text(versions: Versions) -> str:
    """Whether the text is another one, beyond the facts in it."""
    say, changes = versions.language.say, versions.changes
    if changes.facts:
        return say("change-text") if changes.other else ""
    return f"{say('change-no-facts')} {say('change-text-alone' if changes.other else 'change-nothing')}"


# ---------------------------------------------------------------- body


def _body(facts: tuple[FactChange, ...], versions: Versions, room: Room) -> Iterator[Block]:
    say = versions.language.say
    if versions.changes.facts:
        yield changes_table(facts, versions, room)
    if withdrawn := versions.changes.withdrawn:
        yield _paragraph(say("change-withdrawn", old=versions.old, count=str(withdrawn)), versions)
    for source in versions.changes.sources[:_SOURCES]:
        yield _paragraph(_source_told(source, versions), versions)


def _paragraph(text: str, versions: Versions) -> Paragraph:
    return Paragraph((Text(text),), versions.place)


def _source_told(change: SourceChange, versions: Versions) -> str:
    """That a source is described otherwise, by its label in the new version."""
    entries = versions.document.sources.entries
    labels = (entry.label for entry in entries if inline_text(entry.text) == change.now)
    named = next(labels, "") or shortened(change.now, _SOURCE // 2)
    was = shortened(change.was, _SOURCE)
    return versions.language.say("change-source", source=named, was=was)


# ---------------------------------------------------------------- notes and sources


def _notes(facts: tuple[FactChange, ...], versions: Versions) -> Notes:
    """The new version's notes on these facts."""
    told = {fact.fact: fact for fact in facts}
    notes = versions.document.notes
    words = (Text(versions.language.say("change-notes", new=versions.new)),)
    return replace(
        notes,
        heading=_plain(notes.heading, words),
        notes=tuple(
            _note(note, told[note.fact], versions) for note in notes.notes if note.fact in told
        ),
        remarks=() if told else (versions.language.say("change-no-notes"),),
        caption=None,
        remarks_heading=None,
    )


def _note(note: Note, fact: FactChange, versions: Versions) -> Note:
    """The note without what the table or version says: measure, population, role."""
    told = versions.store.facts[note.fact]
    speaker = capitalised(speaker_name(told, versions.store, versions.language))
    return replace(note, what=capitalised(fact.figure) or note.what, speaker=speaker)


def _sources(notes: Notes, versions: Versions) -> SourceList:
    """The sources of these notes as the new version lists them, and the two versions."""
    sources, earlier = versions.document.sources, versions.changes.earlier
    cited = {letter for note in notes.notes for letter in note.sources}
    record = versions.record
    return SourceList(
        _plain(sources.heading, sources.heading.content),
        (
            *(_source(entry, versions) for entry in sources.entries if entry.letter in cited),
            _version("OLD", versions.old, earlier.key, versions),
            _version("NEW", versions.new, record.key, versions),
        ),
    )


def _source(entry: SourceEntry, versions: Versions) -> SourceEntry:
    """The source without what kind of text it is and whose interest it speaks for."""
    *start, last = entry.text
    if not isinstance(last, Text):
        return entry
    told = (judgement_text(each, versions.language) for each in versions.store.sources.values())
    judged = next((text for text in told if text and last.text.endswith(text)), "")
    return replace(entry, text=(*start, Text(last.text.removesuffix(judged).rstrip())))


def _version(letter: str, number: str, key: str, versions: Versions) -> SourceEntry:
    label = versions.language.say("change-version", version=number)
    return SourceEntry(letter, label, (Text(key),))


def _plain(heading: Heading, content: tuple[Inline, ...]) -> Heading:
    """The heading without the number that sections of a report have."""
    return replace(heading, content=content, number="")


def _provenance(notes: Notes, whole: Provenance | None) -> Provenance | None:
    """Where the facts of the notes come from."""
    if whole is None:
        return None
    told = {note.fact for note in notes.notes}
    facts = (
        replace(each, inputs=tuple(id_ for id_ in each.inputs if id_ in told))
        for each in whole.facts
        if each.fact in told
    )
    return replace(whole, facts=tuple(facts))
