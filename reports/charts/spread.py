"""Labels that would stand on each other, moved apart as little as can be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def spread(
    wished: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """The middles of blocks as near their wishes as fits between `low` and `high`.

    Blocks keep the order of their wishes, the earlier first where those are equal.  Where all
    of them together are too high, they reach below `high`.
    """
    order = sorted(range(len(wished)), key=lambda index: wished[index])
    stacked: list[tuple[list[int], float]] = []  # blocks that touch, and where the stack starts
    for index in order:
        stack, start = [index], wished[index] - heights[index] / 2
        while stacked and stacked[-1][1] + _height(stacked[-1][0], heights) > start:
            stack = stacked.pop()[0] + stack
            start = _start(stack, wished, heights)
        start = max(low, min(start, high - _height(stack, heights)))
        stacked.append((stack, start))
    while len(stacked) > 1 and _overlaps(stacked[-2], stacked[-1], heights):
        last, before = stacked.pop()[0], stacked.pop()[0]
        joined = before + last
        start = min(_start(joined, wished, heights), high - _height(joined, heights))
        stacked.append((joined, max(low, start)))
    placed = [0.0] * len(wished)
    for stack, start in stacked:
        middles = accumulate((heights[index] for index in stack), initial=start)
        for index, top in zip(stack, middles, strict=False):  # the last one is the end
            placed[index] = top + heights[index] / 2
    return placed


def _overlaps(
    above: tuple[list[int], float], below: tuple[list[int], float], heights: Sequence[float]
) -> bool:
    return above[1] + _height(above[0], heights) > below[1] + 1e-9


def _height(stack: Sequence[int], heights: Sequence[float]) -> float:
    return sum(heights[index] for index in stack)


def _start(stack: Sequence[int], wished: Sequence[float], heights: Sequence[float]) -> float:
    """Where a stack starts so that its blocks are nearest to their wishes on average."""
    above = 0.0
    starts = []
    for index in stack:
        starts.append(wished[index] - heights[index] / 2 - above)
        above += heights[index]
    return sum(starts) / len(starts)
