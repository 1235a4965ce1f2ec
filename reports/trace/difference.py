"""Two spots of one brief that tell its readers different things."""

from __future__ import annotations

from dataclasses import dataclass

from reports.briefs import Edition
from reports.problems import Place
from reports.trace.uses import Hit, Use


@dataclass(frozen=True)
class Spot:
    """What an edition prints at one place, such as "48%".

    `fact` is what is printed there, "" for a plain number; `of` is the fact that it tells by
    that: the same one, or one that it is derived from.
    """

    edition: Edition
    fact: str
    of: str
    text: str
    place: Place


@dataclass(frozen=True)
class Difference:
    """Two spots that differ.

    `kind` is "conflict" or "contradiction" of two facts, "version" where `first` is outdated,
    "wording" where one fact reads differently, and "plain" where `first` is a plain number that
    is the figure of the fact that `second` prints.
    """

    kind: str
    first: Spot
    second: Spot


def spot_of_hit(hit: Hit) -> Spot:
    """The spot that tells what was asked for; its sentence, where the fact is only cited."""
    use = hit.use
    return Spot(use.edition, use.fact, hit.asked, use.text or use.sentence, use.place)


def spot_of_use(use: Use) -> Spot:
    """The spot that prints a fact."""
    return spot_of_hit(Hit(use.fact, (), use))
