"""Invisible marks in composed text: where a line came from, which call prints there, which block.

All are private-use characters without letters or digits, so that no filter and no Markdown
rule changes them.  A position reads template number and line; a marker, the index of a call;
the begin and the end of a block, its index among the blocks that were parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_POSITION_OPEN, _SEPARATOR, _POSITION_CLOSE = "\ue100", "\ue11a", "\ue11f"
_MARKER_OPEN, _MARKER_CLOSE = "\ue200", "\ue21f"
_BLOCK_BEGIN, _BLOCK_END, _BLOCK_CLOSE = "\ue220", "\ue221", "\ue22f"
_DIGITS = {str(digit): chr(0xE110 + digit) for digit in range(10)}
_PLAIN = {value: key for key, value in _DIGITS.items()}
_NUMBER = f"[{chr(0xE110)}-{chr(0xE119)}]+"

_LINE = f"({_NUMBER}){_SEPARATOR}({_NUMBER})"
POSITION = re.compile(f"{_POSITION_OPEN}{_LINE}(?:{_SEPARATOR}{_LINE})?{_POSITION_CLOSE}")
MARKER = re.compile(f"{_MARKER_OPEN}({_NUMBER}){_MARKER_CLOSE}")
BLOCK = re.compile(f"([{_BLOCK_BEGIN}{_BLOCK_END}])({_NUMBER}){_BLOCK_CLOSE}")
RESERVED = re.compile("[\ue100-\ue2ff]")


@dataclass(frozen=True)
class Position:
    """A line of a template; `called` is where the macro was called that it stands in."""

    template: int
    line: int
    called: Position | None = None


def position_token(position: Position) -> str:
    """The mark of a template's line."""
    lines = [position, *([position.called] if position.called else [])]
    coded = (_coded(number) for at in lines for number in (at.template, at.line))
    return f"{_POSITION_OPEN}{_SEPARATOR.join(coded)}{_POSITION_CLOSE}"


def called_text(text: str, called: Position) -> str:
    """What a macro wrote, with the line that called it at each position that has none yet."""

    def with_call(match: re.Match[str]) -> str:
        position = position_of(match)
        return match[0] if position.called else position_token(replace(position, called=called))

    return POSITION.sub(with_call, text)


def marker_token(call: int) -> str:
    """The mark of a call."""
    return f"{_MARKER_OPEN}{_coded(call)}{_MARKER_CLOSE}"


def block_tokens(block: int) -> tuple[str, str]:
    """The marks of a block's begin and end."""
    return (
        f"{_BLOCK_BEGIN}{_coded(block)}{_BLOCK_CLOSE}",
        f"{_BLOCK_END}{_coded(block)}{_BLOCK_CLOSE}",
    )


def block_mark(match: re.Match[str]) -> tuple[int, bool]:
    """The index that a match of BLOCK stands for, and whether it is the block's begin."""
    return _number(match[2]), match[1] == _BLOCK_BEGIN


def first_position(text: str) -> Position | None:
    """The first position marked in a text, None where it holds none."""
    found = POSITION.search(text)
    return position_of(found) if found else None


def position_of(match: re.Match[str]) -> Position:
    """What a match of POSITION stands for."""
    called = Position(_number(match[3]), _number(match[4])) if match[3] else None
    return Position(_number(match[1]), _number(match[2]), called)


def without_positions(text: str) -> str:
    """The text without its positions."""
    return POSITION.sub("", text)


def without_marks(text: str) -> str:
    """The text without its positions and marks of blocks; the marks of calls stay."""
    return BLOCK.sub("", without_positions(text))


def damaged_mark(text: str, calls: int) -> bool:
    """Whether a mark in the text is cut, or stands for none of that many calls."""
    known = all(marked_call(marker) < calls for marker in MARKER.finditer(text))
    return not known or bool(RESERVED.search(MARKER.sub("", without_marks(text))))


def marked_call(marker: re.Match[str]) -> int:
    """The index of the call that a match of MARKER stands for."""
    return _number(marker[1])


def _coded(number: int) -> str:
    return "".join(_DIGITS[digit] for digit in str(number))


def _number(coded: str) -> int:
    return int("".join(_PLAIN[sign] for sign in coded))
