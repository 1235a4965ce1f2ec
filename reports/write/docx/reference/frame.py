"""The cover, heads and feet of a reference: its places filled, and the rest of ours behind it.

What a reference has no place for stands at the head of the text, so that no document loses its
status, its date or the age of its evidence to a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from reports.document import Cover, Inline
from reports.language import load_language
from reports.write.docx.cover import strips
from reports.write.docx.inline import runs
from reports.write.docx.package import Draft
from reports.write.docx.reference.places import PLACE, is_place, own_texts, said
from reports.write.docx.xml import Element, bookmarked, name, paragraph, tab, words

_META = ("to", "from", "date", "case", "status", "recorded", "oldest", "newest")


def write_frame(draft: Draft) -> None:
    """Fill the places of heads, feet and cover; begin the text with what has none."""
    body, cover = draft.word.element.body, draft.document.cover
    margins = [
        relation.target_part.element
        for relation in draft.word.part.rels.values()
        if relation.reltype in (RT.HEADER, RT.FOOTER)
    ]
    told = _told(draft)
    lines = _fill_lines(draft, body)
    covered = _fill(body, told)
    framed = {word for root in margins for word in _fill(root, told)}
    _begin_masthead(draft, cover, covered | framed, [body, *margins])
    _begin(draft, cover, lines, covered - {"status"})  # the strip says more of it


def _told(draft: Draft) -> Mapping[str, str]:
    """What each place says in this edition."""
    cover = draft.document.cover
    say = load_language(draft.document.language).say
    meta = dict(cover.meta)
    return {
        **{key: meta.get(say(f"meta-{key}"), "") for key in _META},
        "title": cover.short_title,
        "kind": cover.kind,
        "status": cover.status,
        "publisher": cover.publisher,
    }


def _fill_lines(draft: Draft, body: Element) -> set[str]:
    """Fill the lines that are a place for title, lead or strip; the words of those found."""
    cover, found = draft.document.cover, set()
    for line in list(body.iter(name("p"))):
        for word, content in (("title", cover.title), ("lead", cover.lead)):
            if is_place(line, word):
                found.add(word)
                _fill_line(line, word, content)
        if is_place(line, "meta"):
            found.add("meta")
            line.addprevious(strips(cover, draft.theme))
            _clear(line)
    return found


def _fill_line(line: Element, word: str, content: tuple[Inline, ...]) -> None:
    """Put the content in the place of a line's words, in the look of the first of them."""
    look = _look(own_texts(line)[0])
    _clear(line)
    line.extend(bookmarked(word, *runs(content)))
    for run in line.iter(name("r")):
        if look is not None and run.find(name("rPr")) is None:
            run.insert(0, deepcopy(look))


def _look(piece: Element) -> Element | None:
    """The letters of a piece of text but for language and style, which our words bring along."""
    run = piece.getparent()
    known = run.find(name("rPr")) if run is not None else None
    if known is None:
        return None
    look = deepcopy(known)
    for child in list(look.iterchildren(name("lang"), name("rStyle"))):
        look.remove(child)
    return look


def _clear(line: Element) -> None:
    for child in [child for child in line if child.tag != name("pPr")]:
        if next(child.iter(name("drawing"), name("pict")), None) is None:
            line.remove(child)


def _fill(root: Element, told: Mapping[str, str]) -> set[str]:
    """Fill the places inside lines; the words of those found."""
    found: set[str] = set()
    for line in root.iter(name("p")):
        if is_place(line, "body"):
            continue
        for match in reversed(list(PLACE.finditer(said(line)))):
            found.add(match[1])
            _replace(own_texts(line), match, told.get(match[1], ""))
    return found


def _replace(pieces: list[Element], match: re.Match[str], text: str) -> None:
    """Put a text where a match stands; Word may have parted it into several pieces."""
    at = 0
    for piece in pieces:
        words = piece.text or ""
        start, end = max(match.start() - at, 0), min(match.end() - at, len(words))
        at += len(words)
        if start >= end:
            continue
        piece.text = words[:start] + text + words[end:]
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text = ""
        run = piece.getparent()
        known = run.find(name("rPr")) if run is not None else None
        if known is not None:
            for child in list(known.iterchildren(name("lang"))):
                known.remove(child)


def _begin_masthead(draft: Draft, cover: Cover, used: set[str], roots: list[Element]) -> None:
    """The line of organisation, kind and status, as far as nothing shows them yet."""
    shown = " ".join(text.text or "" for root in roots for text in root.iter(name("t")))
    publisher = "" if cover.publisher in shown else cover.publisher
    kind = "" if "kind" in used else cover.kind
    status = "" if "status" in used else cover.status
    named = " · ".join(filter(None, (publisher, kind)))
    if named or status:
        marked = (tab(), *words(status, "KF Status")) if status else ()
        draft.add(paragraph("KF Dokumenttype", *words(named), *marked))


def _begin(draft: Draft, cover: Cover, lines: set[str], covered: set[str]) -> None:
    """Title, lead and strip, as far as the cover has no line for them."""
    if "title" not in lines:
        draft.add(paragraph("Title", *bookmarked("title", *runs(cover.title))))
    if "lead" not in lines and cover.lead:
        draft.add(paragraph("Subtitle", *bookmarked("lead", *runs(cover.lead))))
    say = load_language(draft.document.language).say
    placed = {say(f"meta-{key}") for key in _META if key in covered}
    left = tuple(pair for pair in cover.meta if pair[0] not in placed)
    if "meta" not in lines and left:
        draft.add(strips(replace(cover, meta=left), draft.theme))
