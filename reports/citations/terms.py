"""Words that CSL's own language files lack or leave in English, and those that are the same.

Whoever adds a language reads its file against the English one: a term that is spelt as in
English and stands in neither list is reported where a style prints it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Key: TypeAlias = tuple[str, str | None]  # name and form

# One and several.
OWN: Mapping[str, Mapping[Key, tuple[str, str]]] = MappingProxyType({
    "nb": {("review-of", "short"): ("anm. av", "anm. av")},
    "nn": {
        ("number", None): ("nummer", "nummer"),
        ("number-of-volumes", None): ("band", "band"),
        ("number-of-volumes", "short"): ("b.", "b."),
        ("page-first", None): ("side", "sider"),
        ("printing", None): ("opplag", "opplag"),
        ("review-of", None): ("melding av", "melding av"),
        ("review-of", "short"): ("meld. av", "meld. av"),
        ("review", "verb"): ("melding av", "melding av"),
        ("review-book", "verb"): ("melding av boka", "melding av boka"),
    },
    "da": {
        ("act", None): ("akt", "akter"),
        ("appendix", None): ("bilag", "bilag"),
        ("appendix", "short"): ("bil.", "bil."),
        ("article-locator", None): ("artikel", "artikler"),
        ("broadcast", None): ("udsendelse", "udsendelser"),
        ("chapter-number", None): ("kapitel", "kapitler"),
        ("chapter-number", "short"): ("kap.", "kap."),
        ("entry", None): ("opslag", "opslag"),
        ("number", "short"): ("nr.", "nr."),
        ("number-of-volumes", None): ("bind", "bind"),
        ("number-of-volumes", "short"): ("bd.", "bd."),
        ("page-first", None): ("side", "sider"),
        ("page-first", "short"): ("s.", "s."),
        ("performance", None): ("forestilling", "forestillinger"),
        ("post", None): ("opslag", "opslag"),
        ("post-weblog", None): ("blogindlæg", "blogindlæg"),
        ("printing", None): ("oplag", "oplag"),
        ("radio-broadcast", None): ("radioudsendelse", "radioudsendelser"),
        ("review", "short"): ("anm.", "anm."),
        ("review", "verb"): ("anmeldelse af", "anmeldelse af"),
        ("review-book", "verb"): ("anmeldelse af bogen", "anmeldelse af bogen"),
        ("review-of", "short"): ("anm. af", "anm. af"),
        ("rule", None): ("regel", "regler"),
        ("season-01", None): ("forår", "forår"),
        ("season-02", None): ("sommer", "sommer"),
        ("season-03", None): ("efterår", "efterår"),
        ("season-04", None): ("vinter", "vinter"),
        ("speech", None): ("tale", "taler"),
        ("table", None): ("tabel", "tabeller"),
        ("table", "short"): ("tab.", "tab."),
    },
})  # fmt: skip

_SAME = (
    *("album", "anon", "app", "art", "circa", "dataset", "doc", "e-mail", "fig", "film", "fol"),
    *("folio", "ibid", "ill", "internet", "interview", "l", "loc", "loc. cit", "manuskript"),
    *("ms", "n", "note", "online", "op", "op. cit", "opus", "p", "patent", "podcast", "preprint"),
    *("prod", "r", "ref", "s.v", "sc", "scene", "software", "standard", "sub verbo", "supp"),
    *("supplement", "tit", "v", "version", "video", "vol"),
)


def is_shared(word: str) -> bool:
    """Whether a word is spelt as in English because it is the language's own, too."""
    return word.lower().rstrip(".") in _SAME
