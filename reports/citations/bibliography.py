"""Sources in the words of a style: its list, and how it cites each of them.

citeproc renders one source at a time.  What needs all of them is done here: sources that are
cited alike get letters after the year.  So is what a style may not know: the hedge of an
inferred date, brackets around a bare number.
"""

from __future__ import annotations

import string
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reports.citations.marks import Words, bare, marked_number, plain_words, read_words
from reports.citations.style import Kind, Style, StyleError
from reports.facts.model import Source
from reports.language import Language

_OPEN, _CLOSE = ("(", "["), (")", "]")


@dataclass(frozen=True)
class Entry:
    """A source in the list; `label` is its number there, empty where the style has none."""

    source: str
    label: Words
    text: Words


class Bibliography:
    """What the sources of one edition are called in a style and a language.

    `sources` come in the order in which they are first cited.  Raises StyleError where the
    style fails or calls two of them the same.
    """

    def __init__(self, style: Style, language: Language, sources: Sequence[Source]) -> None:
        """Put the list together."""
        from reports.citations import engine  # citeproc takes 0.1 s

        self.kind = style.kind
        self._engine: Any = engine
        self._hedge = language.say("inferred-mark")
        self._root = engine.style_root(style.data, language)
        quotes = language.quotes
        self._known = {source.id: engine.reference(source, quotes) for source in sources}
        self._numbers = {id_: number for number, id_ in enumerate(self._known, start=1)}
        self._rendered: dict[tuple[object, ...], str] = {}
        self._english: dict[str, None] = {}
        self._sort()
        self._tell_apart()
        self.entries = tuple(self._entry(id_) for id_ in self._numbers)

    @property
    def english(self) -> tuple[str, ...]:
        """The English words that were printed since the style's language lacks them."""
        return tuple(self._english)

    @property
    def note_brackets(self) -> str:
        """The brackets of note marks: those that the style's own numbers leave free."""
        first = tuple(self._known)[:1]
        numbers = self.kind is Kind.NUMBER and bool(first)
        taken = numbers and plain_words(self.in_text(first)).startswith("[")
        return "()" if taken else "[]"

    def in_text(self, ids: Sequence[str]) -> Words:
        """What stands in the text where these sources are cited, in brackets."""
        return self._words(self._whole(self._cited(ids)))

    def label(self, id_: str) -> Words:
        """What the text calls a source when it speaks of it."""
        match self.kind:
            case Kind.AUTHOR:
                return self._words(_unbracketed(self._cited((id_,))))
            case Kind.NUMBER:
                return self.in_text((id_,))
            case Kind.NOTE:
                return self._words(self._cited((id_,), positions=("subsequent",)))

    def notes(self, cites: Sequence[tuple[tuple[str, ...], int]]) -> Iterator[Words]:
        """The citations of the notes in their order: sources, and the paragraph or 0.

        A style that has no word for a paragraph doesn't print it.
        """
        before: tuple[tuple[str, ...], int] = ((), 0)
        seen: set[str] = set()
        for ids, paragraph in cites:
            found = _positions(ids, paragraph, before, seen)
            text = self._cited(ids, located=bool(paragraph), positions=found)
            if self.kind is Kind.NUMBER:
                text = self._whole(text)
            elif self.kind is Kind.AUTHOR:
                text = _unbracketed(text)
            yield self._words(text, paragraph)
            before = (ids, paragraph)
            seen.update(ids)

    def _whole(self, text: str) -> str:
        """A citation in the style's brackets; a bare or raised number would belong to a figure."""
        whole = str(self._root.citation.layout.wrap(text))
        if self.kind is Kind.NOTE or bare(whole).startswith(_OPEN):
            return whole
        return f"[{whole}]" if self.kind is Kind.NUMBER else f"({whole})"

    def _words(self, text: str, paragraph: int = 0) -> Words:
        words = read_words(marked_number(text, paragraph))
        self._english |= dict.fromkeys(piece.text.strip() for piece in words if piece.english)
        return words

    def _sort(self) -> None:
        """Number the sources in the order of the style's list."""
        items = [self._engine.Item(self._known[id_], n) for id_, n in self._numbers.items()]
        with _refusing():
            ordered = self._root.bibliography.layout.sort_bibliography(items)
        self._numbers = {item.key: number for number, item in enumerate(ordered, start=1)}

    def _tell_apart(self) -> None:
        """Give sources that are cited alike what tells them apart (CSL 1.0.2, Disambiguation)."""
        if self.kind is not Kind.AUTHOR:
            return
        for id_ in (id_ for group in self._alike() for id_ in group):
            self._known[id_]["ambiguous"] = True
        if self._root.citation.get("disambiguate-add-year-suffix") == "true":
            for group in self._alike():
                for letter, id_ in zip(string.ascii_lowercase, group, strict=False):
                    self._add_letter(id_, letter)
        for first, second, *_ in self._alike():
            alike = plain_words(self.in_text((first,)))
            message = f"cites the sources '{first}' and '{second}' alike: {alike}"
            raise StyleError(message)

    def _alike(self) -> list[list[str]]:
        """The groups of sources with one citation, in the order of the list."""
        self._rendered.clear()
        groups = defaultdict(list)
        for id_ in self._numbers:
            groups[bare(self._cited((id_,))).casefold()].append(id_)
        return [group for group in groups.values() if len(group) > 1]

    def _add_letter(self, id_: str, letter: str) -> None:
        """Set the letter after the year, in a style that asks for it or else in the year."""
        known = self._known[id_]
        if self._root.suffixed:
            known["year-suffix"] = known["year_suffix"] = letter
        elif "issued" in known:
            known["issued"]["letter"] = letter

    def _entry(self, id_: str) -> Entry:
        layout = self._root.bibliography.layout
        children = list(layout)
        numbered = bool(children) and children[0].get("variable") == "citation-number"
        apart = numbered or self._root.bibliography.get("second-field-align") is not None
        label = self._render(children[:1], id_) if apart else ""
        text = self._render(children[1:] if apart else children, id_)
        return Entry(id_, self._words(label), self._words(layout.format(layout.wrap(text))))

    def _cited(
        self,
        ids: Sequence[str],
        *,
        located: bool = False,
        positions: tuple[str, ...] = ("first",),
    ) -> str:
        """The citation of sources, in the order of the list."""
        key = (tuple(ids), located, positions)
        if key not in self._rendered:
            layout = self._root.citation.layout
            ordered = sorted(ids, key=self._numbers.__getitem__)
            each = (self._render(list(layout), id_, located, positions) for id_ in ordered)
            self._rendered[key] = layout.get("delimiter", "; ").join(each)
        return self._rendered[key]

    def _render(
        self,
        elements: Sequence[Any],
        id_: str,
        located: bool = False,  # noqa: FBT001, FBT002 - passed on
        positions: tuple[str, ...] = (),
    ) -> str:
        """What elements of a layout say of a source, an inferred date with its hedge."""
        known = self._known[id_]
        number = self._numbers[id_]
        item = self._engine.Item(known, number, located=located, positions=positions)
        with _refusing():
            text = str(self._engine.rendered(elements, item))
            if self._is_bold_date(known, text):
                known["hedge"] = self._hedge
                item.forget()
                text = str(self._engine.rendered(elements, item))
                del known["hedge"]
        return text

    def _is_bold_date(self, known: Any, text: str) -> bool:
        """Whether a text gives an inferred year as if the source printed it."""
        issued = known.get("issued")
        if issued is None or not issued.get("circa"):
            return False
        year = str(issued["year"])
        return year in text and not any(sign in text for sign in (*self._root.circa, f"{year}?"))


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever citeproc stumbles over into a StyleError."""
    try:
        yield
    except Exception as error:  # citeproc raises what Python raises
        what = f"can't be used: citeproc fails on it with {type(error).__name__}"
        raise StyleError(what) from error


def _positions(
    ids: tuple[str, ...],
    paragraph: int,
    before: tuple[tuple[str, ...], int],
    seen: AbstractSet[str],
) -> tuple[str, ...]:
    """Where a note's citation stands among the others (CSL 1.0.2, Position)."""
    if not seen >= set(ids):
        return ("first",)
    last, where = before
    if ids != last or len(ids) != 1 or (where and not paragraph):
        return ("subsequent", "near-note")
    same = "ibid" if paragraph == where else "ibid-with-locator"
    return tuple(dict.fromkeys(("subsequent", "near-note", "ibid", same)))


def _unbracketed(text: str) -> str:
    whole = bare(text)
    if whole.startswith(_OPEN) and whole.endswith(_CLOSE):
        start = next(at for at, letter in enumerate(text) if letter in _OPEN)
        end = max(text.rfind(sign) for sign in _CLOSE)
        return text[:start] + text[start + 1 : end] + text[end + 1 :]
    return text
