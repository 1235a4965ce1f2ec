"""Canaries looked for in every byte of a file.

One of eight signs or more is looked for in all bytes, a shorter one in texts alone.  Where there is a
text to see it in, all letters of a short one must stand there, and no digit more of one that begins
or ends with a digit; an id must stand there as ids do, since its words may be those of any prose.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from reports.casefile.secrecy.canary import Canary
from reports.casefile.secrecy.folding import (
    EIGHT,
    eights_in,
    folded,
    folded_bytes,
    plain,
    spelled,
    worded,
)
from reports.casefile.secrecy.layers import Layer, layers


@dataclass(frozen=True)
class Sighting:
    """Where a canary was found."""

    canary: Canary
    where: str


def sightings(data: bytes, wanted: Sequence[Canary]) -> Iterator[Sighting]:
    """Each canary that a file holds, with the first place where it does.

    Raises UnreadableError for a file that can't be taken apart.
    """
    if not wanted:
        return
    found = list(layers(data))
    every, texts = _Row(found), _Row([layer for layer in found if layer.text])
    signs = {canary: folded(canary.text) for canary in wanted}
    likely = eights_in(every.signs, signs.values())
    for canary, sign in signs.items():
        if len(sign) >= EIGHT and sign[:EIGHT] not in likely:
            continue
        layer = (every if len(sign) >= EIGHT else texts).layer_with(canary)
        if layer is not None:
            yield Sighting(canary, layer.where)


class _Row:
    """The signs of layers in a row, to be searched as one."""

    def __init__(self, found: Sequence[Layer]) -> None:
        self._layers = found
        parts = [_signs(layer) for layer in found]
        self._starts = list(accumulate((len(part) + 1 for part in parts), initial=0))
        self.signs = b"\n".join(parts)

    def layer_with(self, canary: Canary) -> Layer | None:
        """The first layer that holds it."""
        sign, pattern = folded(canary.text), _pattern(canary)
        at = self.signs.find(sign)
        while at >= 0:
            index = bisect_right(self._starts, at) - 1
            layer = self._layers[index]
            if pattern is None or _matches(pattern, layer, canary):
                return layer
            at = self.signs.find(sign, self._starts[index + 1] - 1)
        return None


def _pattern(canary: Canary) -> re.Pattern[str] | None:
    """What a text must match, None where its signs are enough."""
    if canary.what == "id":
        return spelled(canary.text)
    sign = folded(canary.text)
    if len(sign) < EIGHT or sign[:1].isdigit() or sign[-1:].isdigit():
        return worded(canary.text)
    return None


def _matches(pattern: re.Pattern[str], layer: Layer, canary: Canary) -> bool:
    """Whether it does in a text; bytes that are no text hold an id if they spell it."""
    if layer.text:
        return pattern.search(plain(layer.text)) is not None
    if canary.what == "id":
        return pattern.search(layer.data.replace(b"\0", b"").decode("latin-1")) is not None
    return True


def _signs(layer: Layer) -> bytes:
    """What of a layer is searched; a text twice where it holds ligatures or the like."""
    text = plain(layer.text)
    extra = b"" if text == layer.text else b"\n" + folded(text)
    return folded_bytes(layer.data) + extra
