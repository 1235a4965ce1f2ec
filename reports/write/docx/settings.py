"""The settings of the file: ours, and those of a reference that its pages and letters hang on.

Order of elements: ECMA-376 part 1, 17.15.1.78.
"""

from __future__ import annotations

from collections.abc import Mapping

from reports.write.docx.xml import Element, name, w

_ORDER = (
    "zoom",
    "embedTrueTypeFonts",
    "saveSubsetFonts",
    "mirrorMargins",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "gutterAtTop",
    "defaultTabStop",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "evenAndOddHeaders",
    "characterSpacingControl",
    "footnotePr",
    "endnotePr",
    "compat",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
)
_THEIRS = {*_ORDER} - {"zoom", "footnotePr", "endnotePr", "themeFontLang", "decimalSymbol"}


def settings(theirs: Element, language: str) -> list[Element]:
    """What the settings part holds, in order; `theirs` is that of the file started from.

    Revisions, protection, templates, mail merges and the like don't pass.
    """
    found: dict[str, Element] = dict(_ours(language))
    for tag in _THEIRS:
        own = theirs.find(name(tag))
        if own is not None:
            found[tag] = own
    return [found[tag] for tag in _ORDER if tag in found]


def _ours(language: str) -> Mapping[str, Element]:
    names = ("compatibilityMode", "overrideTableStyleFontSizeAndJustification")
    compat = (
        w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in zip(names, (15, 1), strict=True)
    )
    return {
        "zoom": w("zoom", percent=100),
        "defaultTabStop": w("defaultTabStop", val=720),
        "characterSpacingControl": w("characterSpacingControl", val="doNotCompress"),
        "compat": w("compat", *compat),
        "themeFontLang": w("themeFontLang", val=language),
        "decimalSymbol": w("decimalSymbol", val="." if language.startswith("en") else ","),
        "listSeparator": w("listSeparator", val=";"),
    }
