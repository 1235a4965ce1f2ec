"""A first draft in a language that a brief has no template in.

It has the blocks of another language's edition in their order.  Each tells, as the store does in
the new language, the first facts that the other edition tells there; the author then writes.  One
that has nothing to tell yet stands in a comment, unless the audience requires it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from string import Template
from textwrap import fill, indent, wrap

from reports.briefs import SUBJECT, Edition, Workspace
from reports.build import resolve_edition
from reports.build.outputs import Resolved
from reports.compose import Composed
from reports.compose.calls import facts_of
from reports.compose.passages import Passage
from reports.document import Assessment, Callout, Document, Heading, inline_text, without_marks
from reports.facts.model import Facts
from reports.facts.texts import in_language
from reports.facts.wording import note_text, source_text, speaker_text, statement_text
from reports.language import capitalised, load_language
from reports.problems import Place
from reports.starter.brief import BOXES, block_text, heading_of, heading_text

_GUIDE = Path(__file__).parent / "guides" / "draft.md.j2"
_MOST = 4  # facts a block: the rest are named in its comment
_TOLD = (
    "Each block tells some of the facts that it tells there, as the store says them in "
    "'{language}'. Write your own text around them, and delete what your readers don't need."
)
_UNTOLD = (
    "None of the facts that it tells can be told in '{language}' yet: the fact store lacks their "
    "texts. Print one, and the build names each text to add."
)
_SILENT = "It tells no facts, so the words are all yours."


@dataclass(frozen=True)
class Draft:
    """A template's text: whether it extends no other, and what is wanting in it, in words."""

    text: str
    stands_alone: bool = False
    wanting: str = ""


@dataclass(frozen=True)
class _Block:
    """A block of the other edition, with its first heading and the facts that it tells first.

    `outer` is the block that it stands in, if the audience requires that one.
    """

    name: str
    outer: str
    heading: str
    facts: tuple[str, ...]


def draft_template(workspace: Workspace, edition: Edition, title: str) -> Draft:
    """The draft, made from what the edition of the same audience says elsewhere."""
    code, brief = edition.language, edition.brief
    other = replace(edition, language=_nearest(edition))
    resolved = resolve_edition(other, workspace)[0]
    required = edition.audience.require
    blocks = tuple(_blocks(resolved, required))
    tellable = _tellable(workspace, resolved.composed, code)
    writer = _Writer(workspace.facts, tellable, required, code)
    untold = any(block.facts for block in blocks) and not tellable
    said = _TOLD if tellable else _UNTOLD if untold else _SILENT
    text = Template(_GUIDE.read_text("utf-8")).substitute(
        title=title,
        language=code,
        other=other.template.name,
        said=indent(fill(said.format(language=code), 98), "  "),
        brief=brief.id,
        heading=heading_text(brief.title.get(code, title)).replace(SUBJECT, "{{ subject }}"),
        lead=load_language(code).say("starter-lead"),
        blocks=writer.text(blocks),
    )
    what = f"none of the facts that {other.template.name} tells can be told in '{code}' yet"
    text = _of_any_subject(text, edition)
    return Draft(text, stands_alone=True, wanting=what if untold else "")


def _of_any_subject(text: str, edition: Edition) -> str:
    """The text with the columns of a series in place of one subject's cells."""
    if not edition.subject:
        return text
    own = text.replace(f'"{edition.brief.for_each}.', '"')
    return own.replace(f'@{edition.subject}"', '"')


def _nearest(edition: Edition) -> str:
    """The language of the brief that is easiest to write the draft's from."""
    spoken = edition.audience.languages or edition.brief.languages
    kin = {"da": ("nb", "nn"), "nn": ("nb", "da"), "nb": ("nn", "da")}.get(edition.language, ())
    return next((code for code in kin if code in spoken), spoken[0])


def _blocks(resolved: Resolved, required: Sequence[str]) -> Iterator[_Block]:
    """The inner blocks in reading order, each with the facts that no block before it tells."""
    composed = resolved.composed
    headings = dict(_headings(resolved.document))
    told: set[str] = set()
    names = {"title", "question"} | {"contents"}.difference(required)
    for passage, outer in _inner(composed.passages, required):
        if passage.blank or passage.name in names:
            continue
        facts = [id_ for id_ in _facts(composed, passage) if id_ not in told]
        names.add(passage.name)
        told.update(facts)
        heading = next((headings[line] for line in passage.lines if line in headings), "")
        yield _Block(passage.name, outer, heading, tuple(facts))


def _inner(passages: Sequence[Passage], required: Sequence[str]) -> Iterator[tuple[Passage, str]]:
    """The inner passages, each with the outer one that it stands in, "" for none required."""
    outer: Passage | None = None
    for number, passage in enumerate(passages):
        if outer and passage.depth <= outer.depth:
            outer = None
        if not _is_outer(passages[number:]):
            yield passage, outer.name if outer else ""
        elif not outer and passage.name in required:
            outer = passage


def _headings(document: Document) -> Iterator[tuple[Place, str]]:
    """The words of each heading and of each box's title, by the line that wrote it."""
    for block in document.body:
        match block:
            case Heading(content=content):
                yield block.place, inline_text(without_marks(content))
            case Callout(title=title) | Assessment(title=title):
                yield block.place, title
            case _:
                pass


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


@dataclass(frozen=True)
class _Writer:
    """Writes blocks in a language, with what of the store can be told in it."""

    store: Facts
    tellable: frozenset[str]
    required: Sequence[str]
    code: str

    def text(self, blocks: Sequence[_Block]) -> str:
        """All blocks, those of a required outer one within its tags."""
        parts = groupby(blocks, key=lambda block: block.outer)
        return "\n\n".join(self._part(outer, tuple(inner)) for outer, inner in parts)

    def _part(self, outer: str, blocks: Sequence[_Block]) -> str:
        text = "\n\n".join("\n".join(self._block(block)) for block in blocks)
        if not outer:
            return text
        if any(self._is_printed(block) for block in blocks):
            return f"{{% block {outer} %}}\n{text}\n{{% endblock {outer} %}}"
        return "\n".join((text, "", *self._tagged(_Block(outer, "", "", ()))))

    def _block(self, block: _Block) -> Iterator[str]:
        """The lines of one block: what the other edition has there, and its tags."""
        remark = f"{{# {block.name}{self._elsewhere(block)}"
        if self._is_printed(block):
            yield from _wrapped(f"{remark} #}}")
            yield from self._tagged(block)
        else:
            yield from _wrapped(remark)
            yield f"   {{% block {block.name} %}} … {{% endblock %}} #}}"

    def _tagged(self, block: _Block) -> Iterator[str]:
        shown = self._shown(block)
        yield f"{{% block {block.name} %}}"
        yield from block_text(block.name, self._heading(block), shown, self.code)
        yield "{% endblock %}"

    def _is_printed(self, block: _Block) -> bool:
        return bool(self._shown(block)) or block.name in self.required

    def _shown(self, block: _Block) -> list[str]:
        """The first facts that can be told; advice is a judgement of ours, not the store's."""
        if block.name in ("recommendation", "decision"):
            return []
        return [id_ for id_ in block.facts if id_ in self.tellable][:_MOST]

    def _heading(self, block: _Block) -> str:
        """What a block is about: the theme of its first fact, unless it is a box."""
        shown = self._shown(block)
        theme = self.store.themes[self.store.facts[shown[0]].theme] if shown else {}
        if self.code not in theme or block.name in BOXES:
            return heading_of(block.name, self.code)
        return heading_text(capitalised(theme[self.code]))

    def _elsewhere(self, block: _Block) -> str:
        """What the other edition has in a block, as it can stand in a comment."""
        shown = self._shown(block)
        others = [id_ for id_ in block.facts if id_ not in shown]
        parts = [f"has “{block.heading}”".replace("#}", "#")] if block.heading else []
        parts += [f"{'also ' if shown else ''}tells {', '.join(others)}"] if others else []
        return f": the other edition {' and '.join(parts)}" if parts else ""


def _wrapped(remark: str) -> list[str]:
    return wrap(remark, 98, subsequent_indent="   ", break_on_hyphens=False)
