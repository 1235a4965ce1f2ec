"""Styles made ready to render: read into mended elements, with the words of one language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citeproc import LOCALES_PATH, model
from citeproc.source import VariableError
from citeproc.string import join
from lxml import etree

from reports.citations.elements import CS, MENDED, Element, Item, Looks
from reports.citations.items import reference
from reports.citations.marks import bare
from reports.citations.terms import OWN
from reports.language import Language

__all__ = ["Item", "reference", "rendered", "style_root"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_REGIONS = {"nb": "nb-NO", "nn": "nn-NO", "da": "da-DK", "en": "en-GB"}
_NUMBERS = ("single", "multiple")


def style_root(data: bytes, language: Language) -> Any:
    """The root of a style, ready to render in a language.

    It holds what its elements share, so it must live as long as they are used.
    """
    parser = _parser()
    root: Any = etree.fromstring(data, parser)
    root.language, root.quotes, root.formatter = language.code, language.quotes, Looks
    root.macros = {macro.get("name"): macro for macro in root.iterfind(f"{CS}macro")}
    root.calling = {}
    root.locales = [*_own_words(root, language.code), *_locales(language.code, parser)]
    for locale in root.locales:
        locale.style = root
    root.suffixed = root.find(f".//{CS}text[@variable='year-suffix']") is not None
    terms = (root.get_term("circa", form) for form in ("short", None))
    root.circa = tuple(bare(term.single) for term in terms if term is not None)
    _name_names(root)
    return root


def rendered(elements: Sequence[Any], item: Item) -> str:
    """What elements of one layout say of a source, one after the other."""
    said = []
    layout = elements[0].getparent() if elements else None  # what it is told lives as long as it
    if layout is not None:
        layout.repressed = {}
    for element in elements:
        more = {"delimiter": ""} if isinstance(element, model.Choose) else {}
        try:
            text = element.render(item, **more)
        except VariableError:
            continue
        if text is not None:
            said.append(text)
    return str(join(said))


def _own_words(root: Any, language: str) -> list[Any]:
    """The style's own terms for a language, then those for all languages."""
    own = {locale.get(_LANGUAGE): locale for locale in root.iterfind(f"{CS}locale")}
    return [own[key] for key in (_REGIONS[language], language, None) if key in own]


def _locales(language: str, parser: etree.XMLParser) -> list[Any]:
    """The words of a language as CSL has them, and English ones for what it lacks."""
    files = [f"{LOCALES_PATH}/locales-{region}.xml" for region in (_REGIONS[language], "en-US")]
    own, english = (etree.parse(file, parser).getroot() for file in files)
    for term in own.iter(f"{CS}term"):
        key: Any = (term.get("name"), term.get("form"))
        if words := OWN.get(language, {}).get(key):
            term.text, term[:] = None, [term.makeelement(f"{CS}{n}") for n in _NUMBERS]
            for number, word in zip(term, words, strict=True):
                number.text = word
    return [own, english]


def _name_names(root: Any) -> None:
    """Write out what `names` leaves out: citeproc adds it anew each time it renders."""
    for names in root.iter(f"{CS}names"):
        stands_in = names.getparent().tag == f"{CS}substitute" and not len(names)
        if not stands_in and names.find(f"{CS}name") is None:
            names.insert(0, names.makeelement(f"{CS}name"))


def _parser() -> etree.XMLParser:
    """A parser into mended elements that opens nothing else: no entities, no network."""
    lookup = etree.ElementNamespaceClassLookup()
    classes: Any = lookup.get_namespace(CS[1:-1])
    classes[None] = type("Other", (Element, model.CitationStylesElement), {})
    for known in model.CitationStylesElement.__subclasses__():
        if known.__module__ == model.__name__:
            mended = type(known.__name__, (MENDED.get(known.__name__, Element), known), {})
            classes[known.__name__.replace("_", "-").lower()] = mended
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True
    )
    parser.set_element_class_lookup(lookup)
    return parser
