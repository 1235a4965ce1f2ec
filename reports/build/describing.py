"""Composed editions to what the manifest and the report tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from reports.briefs import Edition, Workspace
from reports.build import found_in
from reports.build.memory import Files
from reports.build.outputs import Resolved
from reports.build.state import DocumentState, EditionState, PrintedFact
from reports.document import Document, note_head
from reports.document.printed import printed_texts
from reports.document.stored import document_key
from reports.facts.model import Facts
from reports.facts.reads import digest


def edition_state(
    edition: Edition, items: Sequence[Resolved], workspace: Workspace, files: Files
) -> EditionState:
    """An edition as it was composed just now, without outputs."""
    documents = tuple(_document_state(item, workspace.facts) for item in items)
    facts = {fact.id: fact.hash for each in documents for fact in each.facts}
    first = items[0].document
    templates = dict.fromkeys(file for item in items for file in item.composed.templates)
    origin = first.provenance
    return EditionState(
        name=edition.name,
        brief=edition.brief.id,
        audience=edition.audience.id,
        language=edition.language,
        subject=edition.subject,
        title=first.cover.short_title,
        status=edition.brief.stamp.state.value,
        state=_state(facts.values()),
        recorded=origin.recorded if origin else None,
        documents=documents,
        templates=tuple(map(files.asset, templates)),
        settings=files.assets(files.settings(edition)),
        stale=(),
        warnings=tuple(dict.fromkeys(found_in(items))),
        outputs=(),
    )


def _document_state(item: Resolved, store: Facts) -> DocumentState:
    amounts = {term.name: term.actual for term in item.terms}
    words, lix = amounts.get("words"), amounts.get("LIX")
    return DocumentState(
        formats=item.formats,
        key=document_key(item.document),
        words=words if isinstance(words, int) else 0,
        lix=lix if isinstance(lix, int) else None,
        facts=tuple(_printed_facts(item.document, store)),
        terms=item.terms,
    )


def _printed_facts(document: Document, store: Facts) -> Iterable[PrintedFact]:
    """The facts in the order of the notes; letters of sources, which move about, are left out."""
    texts = printed_texts(document)
    for note in document.notes.notes:
        fact = store.facts[note.fact]
        yield PrintedFact(
            id=note.fact,
            texts=texts[note.fact],
            note=f"{note_head(note)[:-1]} ({note.where})." if note.where else note_head(note),
            sources=tuple(sorted({each.source for each in store.basis(fact)} - {""})),
            hash=digest(fact),
        )


def _state(hashes: Iterable[str]) -> str:
    """The hash of all facts that an edition tells of, in whatever order."""
    return sha256("\n".join(sorted(hashes)).encode()).hexdigest()
