"""Names by which an edited document is read back: bookmarks of its parts, tags of its facts.

A name changes only with what it names.  That of a block is built from its section's anchor,
its kind and its number among that kind in the section; so it stays when another section is
edited, and when a fact has a new value.  Word allows a bookmark 40 letters, digits and
underscores, and a tag 64 characters.
"""

from __future__ import annotations

import hashlib
import re

_LONGEST = 40
_KIND_ROOM = 15  # the longest end of a block's name: "_assessment_999"
_PLAIN = re.compile(r"[a-z0-9]+([-.@][a-z0-9]+)*")
_SIGNS = str.maketrans({"-": "_", ".": "__", "@": "___"})


def heading_bookmark(anchor: str) -> str:
    return _name("h_", _section(anchor))


def block_bookmark(section: str, kind: str, number: int) -> str:
    """The bookmark of a block: "b_rules_table_2" is the second table of the section "rules"."""
    return f"{_name('b_', _section(section), _KIND_ROOM)}_{kind}_{number}"


def number_bookmark(anchor: str) -> str:
    """The bookmark of a caption's number: what a reference repeats and leads to."""
    return _name("no_", anchor)


def note_bookmark(fact: str) -> str:
    return _name("note_", fact)


def mark_bookmark(fact: str) -> str:
    """The bookmark of the first spot in the text that bears the fact's note mark."""
    return _name("mark_", fact)


def footnote_bookmark(number: int) -> str:
    """The bookmark of a footnote's mark: what later marks of the note repeat."""
    return f"footnote_{number}"


def source_bookmark(letter: str) -> str:
    return f"source_{letter}"


def fact_tag(fact: str, form: str) -> str:
    """The tag of a fact's content control: "fact:havneby.web-share;with-base"."""
    return f"fact:{fact};{form.replace(' ', '-')}"


def tagged_fact(tag: str) -> tuple[str, str]:
    """The fact and the form that a tag names."""
    fact, form = tag.removeprefix("fact:").rsplit(";", 1)
    return fact, form


def _section(anchor: str) -> str:
    return anchor.removeprefix("section-")


def _name(kind: str, text: str, spare: int = 0) -> str:
    """A name of a kind that tells its text, and a hash where letters would be lost.

    Word doesn't tell case apart, so different texts must differ in more than that.
    """
    told = text.translate(_SIGNS)
    room = _LONGEST - len(kind) - spare
    if _PLAIN.fullmatch(text) and len(told) <= room:
        return kind + told
    told = re.sub(r"[^a-z0-9]", "_", text.lower())
    return f"{kind}{told[: room - 9]}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"
