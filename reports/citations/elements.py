"""citeproc's elements, mended where they differ from CSL 1.0.2 or from our languages.

A style is read into these classes instead of citeproc's own.  What they share stands at the
style's root, which `reports.citations.engine` sets: `macros`, `locales`, `language`, `quotes`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from citeproc import model
from citeproc.source import CitationItem, Locator, VariableError

from reports.citations.items import collation
from reports.citations.marks import BOLD, ENGLISH, ITALIC, LOCATOR, bare, cased, marked
from reports.citations.terms import is_shared

CS = "{http://purl.org/net/xbiblio/csl}"
_SEVERAL = re.compile(r"[a-z]?\d+[a-z]?( ?[,&–-] ?[a-z]?\d+[a-z]?)+", re.IGNORECASE)
_WIDER = {"verb-short": "verb", "symbol": "short"}


class Looks:
    """The looks that our documents have; of any other the text stays, such as small capitals."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def _italic(text: object) -> str:
        return marked(str(text), ITALIC)

    @staticmethod
    def _bold(text: object) -> str:
        return marked(str(text), BOLD)

    Italic = Oblique = _italic
    Bold = _bold
    Light = Underline = SmallCaps = Superscript = Subscript = preformat


class Item(CitationItem):  # type: ignore[misc]
    """A source as it is cited once, with the variables that are told already.

    Those that stood in for its authors are `suppressed`: nothing is told twice.
    """

    def __init__(
        self,
        reference: Any,
        number: int,
        *,
        located: bool = False,
        positions: Sequence[str] = (),
    ) -> None:
        """Take the source's item and number, whether a paragraph is named, and where it stands."""
        dict.__init__(self)
        self.__dict__.update(known=reference, place=number, key=reference.key, positions=positions)
        self.forget()
        if located:
            self["locator"] = Locator("paragraph", LOCATOR)

    def forget(self) -> None:
        """Let everything be told again."""
        self.__dict__.update(suppressed=set(), told=[])

    @property
    def reference(self) -> Any:
        return self.__dict__["known"]

    @property
    def number(self) -> int:
        return int(self.__dict__["place"])

    def get_field(self, field: str) -> Any:
        return self.reference.get(field)


class Element:
    """What every element of a style does otherwise than citeproc's."""

    def get_term(self: Any, name: str, form: str | None = None, *_: Any, **more: Any) -> Any:
        """The term in the style's language, in a wider form before it is in another language."""
        root = self.get_root()
        style = root.style if isinstance(root, model.Locale) else root
        abroad = more.get("fallback_locale", True)
        for locale in style.locales if abroad else style.locales[:-1]:
            wanted: str | None = form
            while True:
                term = locale.term(name, wanted, zero_padded=more.get("zero_padded", False))
                if term is not None:
                    return term
                if wanted is None:
                    break
                wanted = _WIDER.get(wanted)
        return None

    def get_macro(self: Any, name: str) -> Any:
        return self.get_root().macros[name]

    def case(self: Any, text: Any, language: str | None = None) -> Any:
        rule = self.get("text-case")
        if rule is None or text is None:
            return text
        return cased(str(text), rule, english=language == "en")

    def quote(self: Any, text: Any) -> Any:
        """The text in the document's quotation marks, and what it quotes itself in the inner."""
        if self.get("quotes", "false") != "true":
            return text
        quotes = self.get_root().quotes
        (opening, closing), (inner, ended) = quotes.outer, quotes.inner
        own = re.compile(f"{re.escape(opening)}([^{opening}{closing}]*){re.escape(closing)}")
        within = own.sub(rf"{inner}\1{ended}", str(text))
        return f"{opening}{within}{closing}"


class _Locale:
    """A language's words, looked up once."""

    def term(self: Any, name: str, form: str | None, *, zero_padded: bool) -> Any:
        if "words" not in self.__dict__:
            self.words: dict[tuple[str, str | None, bool], Any] = {}
            for term in self.iterfind(f"{CS}terms/{CS}term"):
                whole = term.get("match") in {"whole-number", "last-two-digits"}
                for padded in (False,) if whole else (False, True):
                    self.words.setdefault((term.get("name"), term.get("form"), padded), term)
        return self.words.get((name, form, zero_padded))


class _Term(Element):
    """A word; one that only English has is marked, so that it is never printed silently."""

    @property
    def single(self: Any) -> str:
        return str(self._marked(super().single))  # type: ignore[misc]

    @property
    def multiple(self: Any) -> str:
        return str(self._marked(super().multiple))  # type: ignore[misc]

    def _marked(self: Any, term: object) -> str:
        text, root = str(term), self.get_root()
        if not isinstance(root, model.Locale) or not any(map(str.isalpha, text)):
            return text
        *own, english = root.style.locales
        if root.style.language == "en" or is_shared(text):
            return text
        same = english.term(self.get("name"), self.get("form"), zero_padded=False)
        spelt = same is not None and text in (same.text, *(each.text for each in same))
        return marked(text, ENGLISH) if root not in own or spelt else text


class _Text(Element):
    def calls_variable(self: Any) -> bool:
        """Whether it may print a variable, asked of each macro once."""
        macro = self.get("macro")
        if macro is None:
            return bool(super().calls_variable())  # type: ignore[misc]
        known: dict[str, bool] = self.get_root().calling
        if macro not in known:
            known[macro] = bool(self.get_macro(macro).calls_variable())
        return known[macro]

    def _variable(self: Any, item: Any, context: Any) -> Any:
        variable = self.get("variable")
        if variable in item.__dict__["suppressed"]:
            return None
        text = super()._variable(item, context)  # type: ignore[misc]
        item.__dict__["told"].append(variable)
        return text


class _Label(Element):
    def process(self: Any, item: Any, variable: str | None = None, *rest: Any, **more: Any) -> Any:
        """The word for a number, where there is a number."""
        name = variable or self.get("variable")
        there = item.has_locator if name == "locator" else name.replace("-", "_") in item.reference
        if not there:
            raise VariableError
        return super().process(item, variable, *rest, **more)  # type: ignore[misc]

    def _is_plural(self: Any, item: Any) -> bool:
        """Whether it stands for several numbers; "LOV-2025-06-20" is the number of one law."""
        name = self.get("variable")
        value = "" if name == "locator" else str(item.reference.get(name.replace("-", "_")))
        return _SEVERAL.fullmatch(value) is not None


class _Group(Element):
    def calls_variable(self: Any) -> bool:
        return any(child.calls_variable() for child in self)


class _Names(Element):
    def process(self: Any, item: Any, *rest: Any, **more: Any) -> Any:
        roles = set(self.get("variable").split())
        if roles <= item.__dict__["suppressed"]:
            raise VariableError
        text = super().process(item, *rest, **more)  # type: ignore[misc]
        item.__dict__["told"].extend(roles & item.reference.keys())
        return text


class _Name(Element):
    def get_option(self: Any, name: str, context: Any = None, *rest: Any) -> Any:
        """An option of names; where names are kept whole there are no initials (Chicago)."""
        if name == "initialize-with":
            around = (self if context is None else context).iterancestors()
            told = (each.get("initialize") for each in (self, *around))
            if next((value for value in told if value), "true") == "false":
                return None
        return super().get_option(name, context, *rest)  # type: ignore[misc]


class _Substitute(Element):
    def render(self: Any, item: Any, *rest: Any, **more: Any) -> Any:
        """What stands in for the names, which is then not told once more."""
        known = item.__dict__
        before = len(known["told"])
        text = super().render(item, *rest, **more)  # type: ignore[misc]
        if text:
            known["suppressed"] |= {*known["told"][before:]} - {"issued", "year-suffix"}
        return text


class _Date(Element):
    def process(self: Any, item: Any, variable: str | None = None, *rest: Any, **more: Any) -> Any:
        """The date; where the style itself can't say that it is inferred, it is said here."""
        text = super().process(item, variable, *rest, **more)  # type: ignore[misc]
        if variable is not None or not text or self.get("variable") not in item.reference:
            return text
        date = item.reference[self.get("variable")]
        hedge = item.reference.get("hedge") if date.get("circa") else None
        return f"{text} {hedge}" if hedge and str(date.year) in str(text) else text

    def render_single_date(
        self: Any, date: Any, show_parts: Any = None, context: Any = None
    ) -> Any:
        """The parts with the delimiter of the language whose order they are in."""
        parts = self.parts(date, show_parts, None if context is self else context)
        return self.join(parts) if parts else None

    def parts(self: Any, date: Any, show_parts: Any, context: Any = None) -> list[Any]:
        """The parts; a day goes before the month's name, as all our languages but English have it.

        A style's own order of the two is English in the styles that are written in English.
        """
        shown = [part for part in self if part.get("name") in show_parts]
        names = [part.get("name") for part in shown]
        root = self.get_root()
        plain = isinstance(root, model.Locale) or root.language == "en" or "day" not in date
        if plain or "month" not in names or names[names.index("month") + 1 :][:1] != ["day"]:
            return list(super().parts(date, show_parts, context))  # type: ignore[misc]
        first = names.index("month")
        month, day = shown[first : first + 2]
        if month.get("form", "long").startswith("numeric"):
            return list(super().parts(date, show_parts, context))  # type: ignore[misc]
        form = "short" if month.get("form") == "short" else None
        word = str(self.get_single_term(f"month-{date.month:02}", form))
        swapped = f"{month.get('prefix', '')}{date.day}.\N{NO-BREAK SPACE}{word}"
        years = [part.render(date, context) for part in shown if part not in (month, day)]
        at = 0 if first == 0 else 1
        return [*years[:at], f"{swapped}{day.get('suffix', '')}", *years[at:]]


class _DatePart(Element):
    def process(self: Any, date: Any, context: Any = None) -> Any:
        numeric = self.get("form", "long").startswith("numeric")
        if self.get("name") == "month" and "month" not in date and numeric:
            raise VariableError  # a season has a name and no number
        text = super().process(date, context)  # type: ignore[misc]
        return f"{text}{date.get('letter', '')}" if self.get("name") == "year" else text


class _If(Element):
    def render(self: Any, item: Any, *rest: Any, **more: Any) -> Any:
        if self.get("disambiguate") == "true" and not item.reference.get("ambiguous"):
            raise model.ConditionFailed
        return super().render(item, *rest, **more)  # type: ignore[misc]

    def _position(self: Any, item: Any, _context: Any) -> list[bool]:
        told = item.__dict__["positions"]
        return [position in told for position in self.get("position").split()]


class _Key(Element):
    def sort_keys(self: Any, items: Any, context: Any) -> list[Any]:
        """What to sort by, in the order of the language's alphabet."""
        for item in items:
            item.forget()
        keys = super().sort_keys(items, context)  # type: ignore[misc]
        language = self.get_root().language
        for item in items:
            item.forget()
        return [self._collated(key, language) for key in keys]

    def _collated(self, key: Any, language: str) -> Any:
        text = "" if key is None else bare(str(key))
        if not text:
            return None
        return text if text.isdigit() else collation(text, language)


MENDED: dict[str, type] = {
    "Term": _Term,
    "Text": _Text,
    "Label": _Label,
    "Group": _Group,
    "Name": _Name,
    "Names": _Names,
    "Substitute": _Substitute,
    "Date": _Date,
    "Date_Part": _DatePart,
    "If": _If,
    "Else_If": _If,
    "Key": _Key,
    "Locale": _Locale,
}
