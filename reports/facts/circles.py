"""Facts that refer to each other: an order in which each comes after what it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

_SHOWN = 8  # ids of a circle that a message names


def ordered(
    graph: Mapping[str, Iterable[str]],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The ids of the graph, each after those that it refers to, and the circles.

    A circle begins at its first id by the alphabet.  The order holds no id of a circle.
    """
    left = {id_: [other for other in others if other in graph] for id_, others in graph.items()}
    circles: list[tuple[str, ...]] = []
    while True:
        try:
            order = tuple(TopologicalSorter(left).static_order())
        except CycleError as error:
            circle = error.args[1][:0:-1]  # it ends where it begins, each before what refers to it
            start = circle.index(min(circle))
            circles.append((*circle[start:], *circle[:start]))
            for id_ in circle:
                del left[id_]
            continue
        return tuple(id_ for id_ in order if id_ in left), tuple(sorted(circles))


def circle_text(circle: tuple[str, ...]) -> str:
    """A circle for a message, ending where it begins: "a → b → a"; the middle of a long one is cut."""
    shown = [*circle[:_SHOWN], *(["…"] if len(circle) > _SHOWN else [])]
    return " → ".join([*shown, circle[0]])
