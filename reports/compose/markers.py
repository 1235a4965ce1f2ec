"""Markers: what a template function returns, which can only be printed."""

from __future__ import annotations

from typing import NoReturn

from reports.compose.tokens import marker_token


class MisuseError(Exception):
    """A template did with a marker or a value what would lose the trace of a fact."""

    def __init__(self, what: str, hint: str) -> None:
        """Take the words of the problem."""
        super().__init__(what)
        self.what = what
        self.hint = hint


class Marker:
    """The place of a call in the text.

    Filters, comparisons, slices and concatenation would act on the mark and not on what it
    stands for, so each of them is refused.
    """

    __slots__ = ("call",)

    def __init__(self, call: int) -> None:
        """Take the index of the call."""
        self.call = call

    @property
    def token(self) -> str:
        return marker_token(self.call)

    def _refuse(self, *_: object) -> NoReturn:
        what = "a fact can be printed, but not filtered, joined, cut or compared"
        raise MisuseError(what, "print it by itself; compare with facts['id'].value")

    __str__ = __len__ = __iter__ = __bool__ = __hash__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __getitem__ = _refuse
    __contains__ = _refuse


class Block(str):
    """Text made by the tool that may stand in the output as it is, markers included."""

    __slots__ = ()


class Alone(str):
    """Text of an author that has its line in a template to itself."""

    __slots__ = ()
