"""What the text of a template comes to, kept as long as this process lives.

To parse, check and compile a template takes longer than to run it.  Editions share most of theirs,
and those that are made again, or once for each subject, share all.

Nothing that is kept knows an edition: for whom it is, what its store holds, which words conditions
may compare with, and what its templates have used up.  All of that is asked anew each time.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from jinja2 import nodes

from reports.compose.conditions import Comparison
from reports.compose.inheritance import Blocks
from reports.compose.walk import Nodes
from reports.problems import Place, Problem

_MOST = 256  # templates that are kept, those used last


class Source(NamedTuple):
    """All that decides what a template comes to: what differs in any of it is parsed anew.

    `names` and `language` decide which numbers and words its text may hold.  `number` is its own among the templates of its edition, and `block` that of its first block:
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

    def note_names(self, tree: Nodes, file: Path) -> None:
        """Take note of the names that it reads, and of those that it gives to something."""
        for name in tree.find_all(nodes.Name):
            if name.ctx == "load":
                self.used.setdefault(name.name, Place(file, name.lineno))
            else:
                self.assigned.add(name.name)
        for macro in tree.find_all(nodes.Macro):
            self.assigned.add(macro.name)
            self.macros.add(macro.name)
        for imported in tree.find_all(nodes.FromImport):
            for entry in imported.names:
                self.assigned.add(entry if isinstance(entry, str) else entry[1])
        for whole in tree.find_all(nodes.Import):
            self.assigned.add(whole.target)


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
