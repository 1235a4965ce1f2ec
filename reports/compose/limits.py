"""What one edition's templates may use up: steps, depth, and all that they make.

There is one count a kind for a whole edition, and everything passes it: each item of a loop and
each call is a step; each text, list and mapping that an expression makes or compares, and each
text that is written, is weighed.  So no way of growing needs a rule of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reports.compose.markers import MisuseError

MAX_STEPS = 100_000
MAX_DEPTH = 40
DESCENT = 20  # steps that one into a macro or template costs: it takes that much longer
MAX_MADE = 2_000_000
MAX_OPERAND = 10_000
MAX_NUMBER = 10**18
MAX_TEMPLATES = 200
MAX_PROBLEMS = 1000
SOURCE_WEIGHT = 5  # to read a template takes longer than to print as much
MARK_WEIGHT = 300  # what a mark stands for is longer than the mark

LONG_NUMBER, SMALLER = "a number of more than eighteen digits", "work with smaller ones"


@dataclass
class Limits:
    """What an edition has used up."""

    steps: int = 0
    made: int = 0

    def step(self, count: int = 1) -> None:
        """Count an item of a loop or a call."""
        self.steps += count
        if self.steps > MAX_STEPS:
            what = f"loops and calls of more than {MAX_STEPS} steps in all"
            raise MisuseError(what, "loop over facts instead")

    def descend(self) -> None:
        """Count the step into a macro, block or template, and see how deep it stands."""
        self.step(DESCENT)
        if _depth() == MAX_DEPTH:
            what = f"macros, blocks or templates call each other more than {MAX_DEPTH} deep"
            raise MisuseError(what, "give them a condition that ends it")

    def counted(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, each of them a step."""
        for item in items:
            self.step()
            yield item

    def spend(self, amount: int) -> None:
        """Count that many characters and items as made."""
        self.made += amount
        if self.made > MAX_MADE:
            what = f"the templates make more than {MAX_MADE} characters of text and lists"
            raise MisuseError(what, "look for what repeats or doubles")

    def weighed(self, value: Any) -> Any:
        """The value, its weight spent: a character or an item each, all the way down."""
        waiting = [value]
        while waiting:
            match waiting.pop():
                case str() as text:
                    self.spend(len(text))
                case list() | tuple() as items:
                    self.spend(len(items))
                    waiting.extend(items)
                case dict() as mapping:
                    self.spend(len(mapping))
                    waiting.extend(mapping.keys())
                    waiting.extend(mapping.values())
                case int() as number if abs(number) > MAX_NUMBER:
                    raise MisuseError(LONG_NUMBER, SMALLER)
                case _:
                    pass
        return value

    def operands(self, operator: str, left: Any, right: Any) -> None:
        """Refuse what an operator would make too large of its operands."""
        if operator == "%" and isinstance(left, str):
            raise MisuseError("'%' formats no text here", "write the text where it is printed")
        if operator not in ("*", "**"):
            return
        sizes = [_size(operand) for operand in (left, right)]
        if max(sizes) > MAX_OPERAND:
            what = f"an operand of '{operator}' is larger than {MAX_OPERAND}"
            raise MisuseError(what, SMALLER)
        for sequence, times in ((left, right), (right, left)):
            if isinstance(sequence, (str, list, tuple)) and isinstance(times, int):
                for _ in range(times):
                    self.weighed(sequence)


def _size(operand: Any) -> float:
    """The length of what has one, the amount of a number."""
    if isinstance(operand, (str, list, tuple)):
        return len(operand)
    return abs(operand) if isinstance(operand, (int, float)) else 0


def _depth() -> int:
    """How many templates, macros and blocks are running, one within the other."""
    found, frame = 0, sys._getframe(1)  # noqa: SLF001 - generators leave no other trace
    while frame:
        found += "__jinja_template__" in frame.f_globals
        if frame.f_back is None:
            break
        frame = frame.f_back
    return found
