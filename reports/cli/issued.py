"""What `impact` says of issued documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reports.casefile.changes import Aspect
from reports.casefile.register import FOLDER, entry_name
from reports.casefile.register.hits import IssuedHit

_FIGURE = (Aspect.FIGURE, Aspect.HEDGE)  # told without saying what it is


def print_issued(found: Sequence[IssuedHit], *, named: bool) -> None:
    """Print each document with its sentences, and what the store says of their facts today."""
    for _, inside in groupby(found, key=lambda hit: id(hit.issued)):
        hits = list(inside)
        entry = hits[0].issued
        print(f"{FOLDER}/{entry_name(entry)}")
        print(f"  {_document_text(hits[0])}")
        print(f"  {', '.join(file.file for file in entry.files)}")
        for line in dict.fromkeys(_lines(hits, named=named)):
            print(line)


def _document_text(hit: IssuedHit) -> str:
    entry = hit.issued
    replaced = f", replaced by version {hit.replaced_by}" if hit.replaced_by else ""
    told = f"version {entry.version}, {entry.state.value}, {entry.date.isoformat()}"
    return f"case {entry.case.shown}, {told}{replaced}"


def _lines(hits: Sequence[IssuedHit], *, named: bool) -> Iterator[str]:
    """The sentences under their headings, then the facts in them."""
    sections: dict[str, list[str]] = {}
    for hit in hits:
        asked = f"{hit.asked}: " if named else ""
        through = f" (through {' → '.join(hit.through)})" if hit.through else ""
        for each in hit.sentences:
            line = f"    {asked}{each.text}{through}"
            sections.setdefault(each.section, []).append(line)
    for section, lines in sections.items():
        yield "\n".join((f"  {section}", *dict.fromkeys(lines)))
    for hit in hits:
        yield from (f"  {hit.fact.id}: {verdict}" for verdict in _verdicts(hit))


def _verdicts(hit: IssuedHit) -> Iterator[str]:
    """What was issued beside what the store says: a line for each thing that differs."""
    words = hit.fact.words
    said = words.figure or _quoted(words.statement)
    newer = f", in {hit.today}" if hit.today not in ("", hit.fact.id) else ""
    if not hit.today:
        yield f"issued says {said}, the store doesn't have it now"
    elif not hit.differs:
        yield f"issued says {said}, as the store says now{newer}"
    for each in hit.differs:
        if each.aspect in _FIGURE:
            yield f"issued says {each.was}, the store now says {each.now}{newer}"
        else:
            was, now = _quoted(each.was), _quoted(each.now)
            yield f"{each.aspect.value}: issued says {was}, the store now says {now}{newer}"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def issued_records(found: Iterable[IssuedHit]) -> list[dict[str, object]]:
    """A flat object for each sentence of each hit, one for a hit without sentences."""
    return [record for hit in found for record in _records(hit)]


def _records(hit: IssuedHit) -> Iterator[dict[str, object]]:
    entry, mark = hit.issued, hit.issued.edition
    places = [(each.section, each.text) for each in hit.sentences] or [("", "")]
    for section, sentence in dict.fromkeys(places):
        yield {
            "issued": f"{FOLDER}/{entry_name(entry)}",
            "case": entry.case.shown,
            "version": entry.version,
            "state": entry.state.value,
            "date": entry.date.isoformat(),
            "replaced_by": hit.replaced_by or None,
            "files": [file.file for file in entry.files],
            "fact": hit.asked,
            "printed": hit.fact.id,
            "through": list(hit.through),
            "brief": mark.brief,
            "audience": mark.audience,
            "language": mark.language,
            "subject": mark.subject or None,
            "said": hit.fact.words.figure or hit.fact.words.statement,
            "today": hit.today or None,
            "differs": [
                {"aspect": each.aspect.value, "issued": each.was, "store": each.now}
                for each in hit.differs
            ],
            "sentence": sentence or None,
            "section": section or None,
        }
