"""A fact's sheet: all that the store and its history know of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from reports.cli.layout import Row, print_row, print_sections, wrapped
from reports.cli.printing import counted
from reports.facts.ask.records import fact_record
from reports.facts.ask.sheet import Other, Rival, Sheet, fact_sheet
from reports.facts.freshness import overdue
from reports.facts.model import Fact, Facts
from reports.facts.past.history import Event, History, Revision
from reports.facts.past.written import FieldChange
from reports.facts.wording import arithmetic_text, dates_text, speaker_text, statement_text
from reports.language import Language, languages, load_language

_SHORT = 30  # characters of a text that is told in one line with what it became


def sheet_record(
    fact: Fact, store: Facts, code: str, root: Path, history: History
) -> dict[str, object]:
    """The fact's record with all that its sheet tells."""
    return {
        **fact_record(fact, store, code),
        **asdict(fact_sheet(fact, store, code)),
        "declared": fact.declared.shown(root),
        "history": [revision_record(each) for each in history.revisions],
        "history_notes": list(history.notes),
    }


def revision_record(revision: Revision) -> dict[str, object]:
    """One change of an entry; the commit's keys are None for what is not committed."""
    commit = revision.commit
    return {
        "commit": commit.id if commit else None,
        "date": commit.day if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        "event": revision.event.value,
        "fields": [field_record(each) for each in revision.fields],
    }


def field_record(field: FieldChange) -> dict[str, object]:
    """What was said under a key and is said now; None where there was or is nothing."""
    return {"key": field.key, "old": field.old or None, "new": field.new or None}


def print_sheet(
    fact: Fact, store: Facts, code: str, root: Path, day: date, history: History
) -> None:
    """Print the sheet under headings, for a person who reads it on that day."""
    sheet, language = fact_sheet(fact, store, code), load_language(code)
    print(fact.id)
    print(wrapped(statement_text(fact, store, language), "  ", "  "))
    for notice in _notices(fact, store, day):
        print(wrapped(notice, "  ! ", "    "))
    print_sections(
        [
            ("What it says", _said(fact, store, sheet, language)),
            ("Source", () if fact.derivation else _source(fact, sheet)),
            ("Computed", _computed(fact, store, sheet, language)),
            ("Used to compute", [(each.id, _in_short(each)) for each in sheet.feeds]),
            ("In conflict with", [_rival(each, fact) for each in sheet.conflicts]),
            ("Contradicted by", [_rival(each, fact) for each in sheet.contradictions]),
            ("Versions", _versions(fact, sheet)),
            ("In the store", _stored(fact, sheet, root)),
        ]
    )
    _print_history(history)


def _notices(fact: Fact, store: Facts, day: date) -> Iterator[str]:
    if newer := store.superseded.get(fact.id):
        yield f"superseded by {newer}"
    for each in overdue([fact], day):
        what = "was valid until" if each.expired else "was to be reviewed by"
        yield f"{what} {each.due}, {counted((day - each.due).days, 'day')} ago"


def _said(fact: Fact, store: Facts, sheet: Sheet, language: Language) -> Sequence[Row]:
    figure, code = fact.figure, language.code
    because = f" – {sheet.inferred_because}" if sheet.inferred_because else ""
    return _filled(
        ("figure", sheet.figure_text),
        ("measure", store.measures[figure.measure].name[code] if figure else ""),
        ("among", store.populations[figure.among][code] if figure and figure.among else ""),
        ("as of", f"{dates_text(fact, language)}{because}"),
        ("said by", speaker_text(fact, store, language)),
        ("standing", fact.standing.value),
    )


def _source(fact: Fact, sheet: Sheet) -> Sequence[Row]:
    title = ", ".join(filter(None, (sheet.source_title, sheet.source_date)))
    where = f"paragraph {fact.at.paragraph}"
    return _filled(
        ("title", title),
        ("kind", sheet.source_nature),
        ("interest", sheet.source_interest),
        ("where", f"{where} of {sheet.source_text}" if sheet.source_text else where),
        ("it says", f"“{sheet.printed}”" if sheet.printed else ""),
        *(("excused", f"{kind}: {reason}") for kind, reason in sheet.excused.items()),
    )


def _computed(fact: Fact, store: Facts, sheet: Sheet, language: Language) -> Sequence[Row]:
    return _filled(
        ("arithmetic", arithmetic_text(fact, store, language)),
        ("because", sheet.combined_because),
        *((each.id, _in_short(each)) for each in sheet.input_facts),
    )


def _rival(rival: Rival, fact: Fact) -> Row:
    ranked = ""
    if rival.preferred:
        which = "This one" if rival.preferred == fact.id else "That one"
        ranked = f". {which} is preferred: {rival.because}"
    return rival.fact.id, f"{_in_full(rival.fact)}{ranked}"


def _versions(fact: Fact, sheet: Sheet) -> Sequence[Row]:
    if len(sheet.versions) == 1:
        return ()
    return [
        (each.recorded, f"{each.id}: {_in_short(each)}{_mark(each.id == fact.id)}")
        for each in sheet.versions
    ]


def _mark(this: bool) -> str:  # noqa: FBT001 - the one thing that is asked
    return " (this one)" if this else ""


def _stored(fact: Fact, sheet: Sheet, root: Path) -> Sequence[Row]:
    return _filled(
        ("theme", sheet.theme_name),
        ("place", ", in ".join((sheet.place_name, *sheet.lies_in))),
        ("access", fact.access.value),
        ("lowered", sheet.lowered_because),
        ("recorded", fact.recorded.isoformat()),
        ("review by", fact.review_by.isoformat() if fact.review_by else ""),
        ("valid until", fact.valid_until.isoformat() if fact.valid_until else ""),
        ("declared at", fact.declared.shown(root)),
    )


def _filled(*rows: tuple[str, str | None]) -> Sequence[Row]:
    return [(label, text) for label, text in rows if text]


def _in_short(other: Other) -> str:
    """A figure with its date, or the whole sentence where there is none."""
    return f"{other.figure_text}, {other.as_of_text}" if other.figure_text else other.statement


def _in_full(other: Other) -> str:
    where = f", paragraph {other.paragraph}" if other.paragraph else ""
    return f"{_in_short(other)} ({other.speaker}; {other.source_title}{where})"


# ---------------------------------------------------------------- history


def _print_history(history: History) -> None:
    if history.revisions or history.notes:
        print("\nHistory")
    for revision in history.revisions:
        commit = revision.commit
        about = f"{commit.author}: {commit.subject}" if commit else "not committed yet"
        print_row(commit.day if commit else "now", about)
        if revision.event is not Event.CHANGED:
            print_row("", revision.event.value)
        print_fields(revision.fields)
    for note in history.notes:
        print_row("", note)


def print_fields(fields: Sequence[FieldChange], indent: str = "  ") -> None:
    """Print what changed in an entry, key by key; a long text in a line of its own."""
    for field in fields:
        key = key_text(field.key)
        if not field.old:
            print_row("", f"{key} added: {field.new}", indent)
        elif not field.new:
            print_row("", f"{key} removed: {field.old}", indent)
        elif max(len(field.old), len(field.new)) <= _SHORT:
            print_row("", f"{key} {field.old} → {field.new}", indent)
        else:
            print_row("", f"{key} was: {field.old}", indent)
            print_row("", f"{key} now: {field.new}", indent)


def key_text(key: str) -> str:
    """The path of a key as a person would say it: value, printed, statement (nb)."""
    *outer, last = key.split(".")
    match outer:
        case ["figure" | "at"] | []:
            return last
        case ["as_of" | "issued"] if last == "date":
            return outer[0]
        case [*_] if last in languages():
            return f"{'.'.join(outer)} ({last})"
        case _:
            return key
