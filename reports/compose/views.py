"""A fact's parts for conditions in templates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import NoReturn

from reports.compose.markers import MisuseError
from reports.compose.recorder import Calls
from reports.facts.quantities import Number, Part, Range, When
from reports.problems import suggest


class FactsView:
    """`facts["id"]`: a fact's parts for conditions; they compare, but don't print."""

    def __init__(self, calls: Calls) -> None:
        """Look facts up in the store of these calls."""
        self._calls = calls

    def __getitem__(self, id_: str) -> FactView:
        known = self._calls.known(id_)
        if not known:
            return FactView(id_, Decimal(0), "", "", "")
        fact = self._calls.store.facts[known]
        value: Decimal | None = None
        match fact.figure and fact.figure.value:
            case Number() as number:
                value = number.plain
            case Range(low):
                value = low.plain
            case Part(count, whole):
                value = Decimal(count) / Decimal(whole)
            case When(year) if year:
                value = Decimal(year)
            case _:
                pass
        qualifier = fact.figure.qualifier.value if fact.figure else ""
        return FactView(known, value, qualifier, fact.standing.value, fact.place)


@dataclass(frozen=True)
class FactView:
    """What conditions can ask of a fact; `figure` is its number, None where it has none."""

    id: str
    figure: Decimal | None
    qualifier: str
    standing: str
    place: str

    @property
    def value(self) -> Decimal:
        """The number to compare; raises MisuseError for a fact without one."""
        if self.figure is None:
            raise MisuseError(f"fact '{self.id}' has no figure to compare", "ask another fact")
        return self.figure

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse what a condition can't ask for."""
        if name.startswith("__"):  # Python's own look-ups
            raise AttributeError(name)
        known = ["value", *(field.name for field in fields(self))]
        raise MisuseError(f"a fact has no '{name}' to compare", suggest(name, known))
