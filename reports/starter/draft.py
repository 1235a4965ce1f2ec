"""A first draft in a language that a brief has no template in.

It has the blocks of another language's edition in their order.  Each tells, as the store does in
the new language, the first facts that the other edition tells there; the author then writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template
from textwrap import wrap

from reports.briefs import Edition, Workspace
from reports.build import resolve_edition
from reports.compose import Composed
from reports.compose.calls import facts_of
from reports.compose.passages import Passage
from reports.facts.model import Facts
from reports.facts.texts import in_language
from reports.facts.wording import note_text, source_text, speaker_text, statement_text
from reports.language import capitalised, load_language
from reports.starter.brief import BOXES, block_text

_GUIDE = Path(__file__).parent / "guides" / "draft.md.j2"
_MOST = 4  # facts a block: the rest are named in its comment


@dataclass(frozen=True)
class _Block:
    """A block of the draft with the facts that the other edition tells in it."""

    name: str
    facts: tuple[str, ...]


def draft_template(workspace: Workspace, edition: Edition, title: str) -> str:
    """The draft's text, made from what the edition of the same audience says elsewhere."""
    code, brief = edition.language, edition.brief
    other = replace(edition, language=_nearest(edition))
    composed = resolve_edition(other, workspace)[0].composed
    tellable = _tellable(workspace, composed, code)
    guide = Template(_GUIDE.read_text("utf-8"))
    blocks = [
        "\n".join(_block_lines(block, tellable, workspace.facts, code))
        for block in _blocks(composed)
        if block.name not in ("title", "question")
    ]
    return guide.substitute(
        title=title,
        language=code,
        other=other.template.name,
        brief=brief.id,
        heading=brief.title.get(code, title),
        lead=load_language(code).say("starter-lead"),
        blocks="\n\n".join(blocks),
    )


def _nearest(edition: Edition) -> str:
    """The language of the brief that is easiest to write the draft's from."""
    spoken = edition.audience.languages or edition.brief.languages
    kin = {"da": ("nb", "nn"), "nn": ("nb", "da"), "nb": ("nn", "da")}.get(edition.language, ())
    return next((code for code in kin if code in spoken), spoken[0])


def _blocks(composed: Composed) -> Iterator[_Block]:
    """The inner blocks in reading order, each with the facts that no block before it tells."""
    told: set[str] = set()
    names: set[str] = set()
    for number, passage in enumerate(composed.passages):
        if passage.blank or passage.name in names or _is_outer(composed.passages[number:]):
            continue
        facts = [id_ for id_ in _facts(composed, passage) if id_ not in told]
        names.add(passage.name)
        told.update(facts)
        yield _Block(passage.name, tuple(facts))


def _is_outer(passages: Sequence[Passage]) -> bool:
    """Whether the first of these holds blocks of other names."""
    first, *others = passages
    for passage in others:
        if passage.depth <= first.depth:
            return False
        if passage.name != first.name:
            return True
    return False


def _facts(composed: Composed, passage: Passage) -> dict[str, None]:
    """The ids of the facts that a block prints or cites, in reading order."""
    calls = (composed.calls[index][0] for index in passage.calls)
    return dict.fromkeys(id_ for call in calls for id_ in facts_of(call))


def _tellable(workspace: Workspace, composed: Composed, code: str) -> frozenset[str]:
    """The ids of the facts of an edition of which everything can be told in that language."""
    ids = {id_ for passage in composed.passages for id_ in _facts(composed, passage)}
    return frozenset(id_ for id_ in ids if _is_tellable(id_, workspace.facts, code))


def _is_tellable(id_: str, all_facts: Facts, code: str) -> bool:
    store, lacks = in_language(all_facts, code)
    language, fact = load_language(code), store.facts[id_]
    statement_text(fact, store, language)
    note_text(fact, store, language)
    speaker_text(fact, store, language)
    for source in {each.source for each in store.basis(fact) if each.source}:
        source_text(store.sources[source], language)
    return not any(lacks)


def _block_lines(block: _Block, tellable: frozenset[str], store: Facts, code: str) -> Iterator[str]:
    """The lines of one block: a comment, and its first facts as the store tells them."""
    shown = [id_ for id_ in block.facts if id_ in tellable][:_MOST]
    others = [id_ for id_ in block.facts if id_ not in shown]
    told = f"{{# {block.name}{_also(others)} #}}"
    yield from wrap(told, 98, subsequent_indent="   ", break_on_hyphens=False)
    yield f"{{% block {block.name} %}}"
    if block.name in BOXES:
        heading = load_language(code).say(f"starter-{block.name}")
    elif shown and (theme := store.themes[store.facts[shown[0]].theme].get(code)):
        heading = capitalised(theme)
    else:
        heading = block.name
    advises = block.name in ("recommendation", "decision")  # judgement of ours, not the store's
    yield from block_text(block.name, heading, () if advises else shown, code)
    yield "{% endblock %}"


def _also(ids: Sequence[str]) -> str:
    return f": the other edition also tells {', '.join(ids)}" if ids else ""
