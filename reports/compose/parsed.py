"""What the text of a template comes to, kept as long as this process lives.

To parse, check and compile a template takes longer than to run it.  Editions share most of theirs,
and those that are made again, or once for each subject, share all.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from reports.compose.conditions import Comparison
from reports.compose.inheritance import Blocks
from reports.problems import Place, Problem

_MOST = 256  # templates that are kept, those used last


class Source(NamedTuple):
    """All that decides what a template comes to.

    `number` is its own among the templates of its edition, and `block` that of its first block:
    both stand in the marks of its lines.
    """

    text: str
    name: str | None
    file: Path
    number: int
    block: int
    names: tuple[str, ...]
    language: str


@dataclass
class Parsed:
    """What a template was found to be; `made` is what it cost of the limit on what is made."""

    code: CodeType | None = None
    made: int = 0
    found: list[Problem] = field(default_factory=list)
    used: dict[str, Place] = field(default_factory=dict)
    assigned: set[str] = field(default_factory=set)
    macros: set[str] = field(default_factory=set)
    compared: list[Comparison] = field(default_factory=list)
    blocks: Blocks = field(default_factory=Blocks)


_kept: OrderedDict[Source, Parsed] = OrderedDict()


def kept_template(source: Source) -> Parsed | None:
    """What this came to before; None if it isn't known, or not any more."""
    if source in _kept:
        _kept.move_to_end(source)
    return _kept.get(source)


def keep_template(source: Source, parsed: Parsed) -> None:
    """Keep what it came to, which nobody changes from now on."""
    _kept[source] = parsed
    if len(_kept) > _MOST:
        _kept.popitem(last=False)
