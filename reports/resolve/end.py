"""What frames an edition: cover, notes, sources, and how the document was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import itemgetter

from reports.audiences import NotesPlace
from reports.briefs import Edition
from reports.cases.stamp import Stamp, State
from reports.document import (
    Caption,
    Colophon,
    Cover,
    Foreign,
    Heading,
    Inline,
    Layout,
    Note,
    Notes,
    SourceEntry,
    SourceList,
    Text,
    inline_text,
    without_marks,
)
from reports.facts.model import Fact, Facts, Source, Standing, latest_recorded
from reports.facts.quantities import AsOf
from reports.facts.wording import (
    arithmetic_text,
    as_of_text,
    dates_text,
    note_text,
    source_text,
    speaker_name,
    speaker_text,
)
from reports.language import Language, capitalised, in_words, quoted, typographic
from reports.problems import Place
from reports.resolve.ledger import Ledger


@dataclass(frozen=True)
class Frame:
    """What the frame of one edition is made from."""

    edition: Edition
    store: Facts
    language: Language
    organisation: str
    ledger: Ledger


def make_cover(frame: Frame, title: tuple[Inline, ...], lead: tuple[Inline, ...]) -> Cover:
    """The cover, with status, dates and the age of the evidence on page one."""
    say, code = frame.language.say, frame.language.code
    brief, audience = frame.edition.brief, frame.edition.audience
    day = frame.language.day(brief.date)
    recorded = latest_recorded(frame.ledger.facts.values())
    oldest, newest = _evidence_span(frame)
    case = brief.stamp.case or brief.case.number
    meta = (
        (say("meta-to"), audience.to[code]),
        (say("meta-from"), brief.sender[code]),
        (say("meta-date"), day),
        (say("meta-case"), case or say("case-none")),
        (say("meta-status"), _status_text(brief.stamp, say)),
        (say("meta-recorded"), frame.language.day(recorded) if recorded else "–"),
        (say("meta-oldest"), oldest),
        (say("meta-newest"), newest),
    )
    return Cover(
        publisher=frame.organisation,
        kind=stamped_kind(audience.kind[code], brief.stamp, frame.language),
        status=say(f"status-{brief.stamp.state.value}"),
        title=title,
        short_title=inline_text(without_marks(title)),
        lead=lead,
        meta=meta,
        meta_label=say("meta"),
        case=say("case", number=case) if case else "",
        running=f"{audience.name[code]} · {day}",
        page_of=(say("page"), say("page-of")),
    )


def stamped_kind(kind: str, stamp: Stamp, language: Language) -> str:
    """What a document is, and who must not have it, or that it isn't the whole one."""
    if stamp.redacted:
        told = language.say("stamp-redacted")
        reason = language.say("stamp-ground", ground=stamp.ground) if stamp.ground else ""
        return " · ".join((kind, f"{told}{reason}"))
    if stamp.ground:
        reason = language.say("stamp-ground", ground=stamp.ground)
        return " · ".join((kind, f"{language.say('stamp-screened')}{reason}"))
    return kind


def _status_text(stamp: Stamp, say: Callable[..., str]) -> str:
    """The state, in no more room than a plain build's takes: pages are counted with it."""
    if not stamp.version:
        return say(f"status-{stamp.state.value}-long")
    return say(f"status-{stamp.state.value}-version", number=str(stamp.version))


def _stamp_text(frame: Frame) -> str:
    """What the stamp says beside the state: who approved it and when, and what it replaces."""
    brief, say = frame.edition.brief, frame.language.say
    stamp, day = brief.stamp, frame.language.day(brief.date)
    told = []
    if stamp.state is State.FINAL:
        told.append(say("stamp-approved", name=stamp.approved_by, date=day))
    elif stamp.version:
        told.append(f"{say('status-draft-long')}.")
    if stamp.replaces:
        told.append(say("stamp-replaces", number=str(stamp.replaces)))
    return " ".join(told)


def _evidence_span(frame: Frame) -> tuple[str, str]:
    """The dates of the oldest and newest evidence; plans and forecasts are no evidence."""
    ahead = (Standing.PLAN, Standing.FORECAST)
    held = [fact for fact in frame.ledger.facts.values() if fact.standing not in ahead]
    dates = [date for fact in held for date in (fact.since, fact.as_of) if date]
    dated = sorted(
        ((date.when.sort_key(), date) for date in dates if date.when and date.when.year),
        key=itemgetter(0),
    )
    if not dated:
        unknown = as_of_text(AsOf(None), frame.language)
        return unknown, unknown
    first, last = (
        capitalised(as_of_text(date, frame.language)) for _, date in (dated[0], dated[-1])
    )
    return first, last


def make_notes(frame: Frame, number: str, table_label: str, place: Place) -> Notes:
    """One note a fact that the edition prints, and how its inferred dates were inferred.

    In a report each note stands alone; elsewhere a speaker's role and organisation stand at
    the first note, which keeps a short brief's notes short.
    """
    say = frame.language.say
    whole = frame.edition.audience.layout is Layout.REPORT
    facts = list(frame.ledger.facts.values())
    heading = Heading(2, (Text(say("notes")),), "notes", number, annex=False, place=place)
    notes = tuple(
        _note(index, fact, frame, whole=whole or _speaks_first(fact, facts))
        for index, fact in enumerate(facts, start=1)
    )
    heads = (
        say("note-head-number"),
        say("note-head-figure"),
        say("note-head-speaker"),
        say("note-head-as-of"),
        say("note-head-source"),
    )
    caption = None
    if frame.edition.audience.layout is Layout.REPORT:
        caption = Caption(table_label, (Text(say("notes-caption")),), (), "notes-table")
    remarks = None
    if frame.edition.audience.notes is NotesPlace.FOOTNOTES:
        remarks = replace(heading, content=(Text(say("notes-remarks")),))
    return Notes(heading, heads, notes, _remarks(frame), caption, remarks)


def _speaks_first(fact: Fact, facts: list[Fact]) -> bool:
    """Whether no note before the fact's own names its speaker."""
    return next(other for other in facts if _voice(other) == _voice(fact)) is fact


def _voice(fact: Fact) -> str:
    return "" if fact.derivation else fact.said_by


def _note(number: int, fact: Fact, frame: Frame, *, whole: bool) -> Note:
    say = frame.language.say
    speaker = speaker_text if whole else speaker_name
    return Note(
        number=number,
        fact=fact.id,
        what=_what(fact, frame),
        speaker=capitalised(speaker(fact, frame.store, frame.language)),
        as_of=capitalised(dates_text(fact, frame.language)),
        standing=capitalised(say(f"standing-{fact.standing.value}")),
        sources=frame.ledger.letters(fact),
        where="" if fact.derivation else say("paragraph", number=str(fact.at.paragraph)),
    )


def _what(fact: Fact, frame: Frame) -> str:
    """What a note says of a fact, with the arithmetic of a derived one."""
    text = capitalised(note_text(fact, frame.store, frame.language))
    inputs = frame.ledger.inputs(fact)
    if not inputs:
        return text
    say = frame.language.say
    numbers = sorted({frame.ledger.note(input_) for input_ in inputs})
    return say(
        "note-derived" if len(numbers) > 1 else "note-derived-one",
        text=text,
        arithmetic=arithmetic_text(fact, frame.store, frame.language),
        notes=in_words(map(str, numbers), say("and")),
    )


def _remarks(frame: Frame) -> tuple[str, ...]:
    """How dates were inferred, why unlike figures were combined, and why one is preferred."""
    say, code = frame.language.say, frame.language.code
    printed, told = frame.ledger.facts, frame.store.inferences
    dates = [date for fact in printed.values() for date in (fact.as_of, fact.since) if date]
    inferred = dict.fromkeys(date.inferred for date in dates if date.inferred in told)
    remarks = [say("inferred-remark", reason=told[id_][code]) for id_ in inferred]
    for number, fact in enumerate(printed.values(), start=1):
        if fact.derivation and fact.derivation.because and frame.ledger.inputs(fact):
            reason = fact.derivation.because[code]
            remarks.append(say("combined-remark", note=str(number), reason=reason))
        for id_, reasons in fact.outranks.items():
            if id_ in printed:
                other = str(frame.ledger.note(printed[id_]))
                reason = reasons[code]
                remarks.append(say("ranked-remark", note=str(number), other=other, reason=reason))
    return tuple(typographic(remark, frame.language) for remark in remarks)


def make_sources(frame: Frame, number: str, place: Place) -> SourceList:
    """The sources of the edition by letter, each with its kind and interest."""
    say = frame.language.say
    heading = Heading(2, (Text(say("sources")),), "sources", number, annex=False, place=place)
    entries = tuple(
        SourceEntry(
            letter,
            say("source-label", letter=letter),
            source_words(frame.store.sources[id_], frame.language),
        )
        for id_, letter in frame.ledger.sources.items()
    )
    return SourceList(heading, entries)


def source_words(source: Source, language: Language) -> tuple[Inline, ...]:
    """What the list says of a source; its title says its own language where that differs."""
    text = source_text(source, language)
    title = typographic(quoted(source.title, language)[1:-1], language)
    before, found, after = text.partition(title)
    if not found or source.language == language.code:
        return (Text(text),)
    return (Text(before), Foreign((Text(title),), source.language), Text(after))


def make_colophon(frame: Frame) -> Colophon:
    """How the document was made, and as of which facts."""
    say, facts = frame.language.say, frame.ledger.facts
    recorded = latest_recorded(facts.values())
    text = say(
        "made",
        date=frame.language.day(frame.edition.brief.date),
        facts=str(len(facts)),
        sources=str(len(frame.ledger.sources)),
        recorded=frame.language.day(recorded) if recorded else "–",
    )
    return Colophon(say("made-label"), " ".join(filter(None, (_stamp_text(frame), text))))
