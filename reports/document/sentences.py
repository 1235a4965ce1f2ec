"""Plain text to sentences.

A sentence ends with a full stop, question or exclamation mark and the quotation marks,
brackets and note marks after it, if a space follows and then a word that isn't all small
letters.  So "11. april" ends none, and neither does a figure of ours: its spaces don't break.
"""

from __future__ import annotations

import re
from itertools import pairwise

_END = re.compile(r"([.!?…])[»”’\"')\]]*(?:\[\d+\])*[ \n]+(?=[«“‘\"'(\[–—]*([\w-]*))")
_INITIAL = re.compile(r"(?<![Ss]ource )(?<![Kk]ilde )\b[A-ZÆØÅ]\.$")
# In Bokmål, Nynorsk, Danish and English; none of them is a word of another that ends sentences.
_SHORT = {
    *("art.", "avd.", "bl.a.", "ca.", "cf.", "d.v.s.", "dr.", "dvs.", "e.g.", "ekskl.", "evt."),
    *("f.eks.", "hhv.", "i.e.", "ift.", "iht.", "inkl.", "jf.", "jfr.", "kap.", "kl."),
    *("m.a.", "maks.", "mht.", "mr.", "mrs.", "ms.", "pga.", "pkt.", "prof.", "st.", "t.d."),
    *("vedr.", "vs."),
}
_SHORT_BEFORE_NUMBER = {
    *("approx.", "avsn.", "fig.", "kr.", "no.", "nos.", "nr.", "p.", "para.", "pp.", "s.", "stk."),
    *("tlf.", "vol."),
}


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds that part of the text, on one line; several if it spans them."""
    held = [edges for edges in sentences(text) if edges[0] < end and start < edges[1]]
    return re.sub(r"[ \n]+", " ", text[held[0][0] : held[-1][1]]).strip()


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, the space after it included: no gaps."""
    ends = (found.end() for found in _END.finditer(text) if _is_end(text, found))
    return list(pairwise(dict.fromkeys((0, *ends, len(text)))))


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Whether this is the end of a sentence, not of an abbreviation, initial or ordinal."""
    following = found[2]
    if following.islower():
        return False
    if found[1] != ".":
        return True
    before = text[: found.end(1)]
    word = before[before.rfind(" ") + 1 :].lstrip("«“‘\"'([").lower()
    if word in _SHORT or (word in _SHORT_BEFORE_NUMBER and following[:1].isdigit()):
        return False
    return not _INITIAL.search(before)
