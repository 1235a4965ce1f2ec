"""The texts that an edition lacks in its language, each with the first line that prints it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.compose import Composed
from reports.compose.calls import PlaceNameCall, facts_of
from reports.facts.model import Facts
from reports.facts.texts import Lack, Lacks
from reports.problems import Place, Problem, ReportError


@contextmanager
def all_told(lacks: Lacks, composed: Composed, store: Facts, root: Path) -> Iterator[None]:
    """While an edition is resolved: at the end, all texts that it lacks and what else was wrong.

    Raises ReportError with a problem for each text, at its entry.  `root` is the folder from
    which the hints name the templates.
    """
    problems: tuple[Problem, ...] = ()
    try:
        yield
    except ReportError as error:
        problems = error.problems
    if problems := (*_lacking(lacks, composed, store, root), *problems):
        raise ReportError(*problems)


def _lacking(lacks: Lacks, composed: Composed, store: Facts, root: Path) -> Iterator[Problem]:
    for lack in lacks:
        yield lack.problem(_printed_at(lack, composed, store).shown(root))


def _printed_at(lack: Lack, composed: Composed, store: Facts) -> Place:
    """The line of the first call that takes the text; the template where none does alone."""
    for call, place in composed.calls:
        if isinstance(call, PlaceNameCall) and (lack.section, lack.id) == ("places", call.place):
            return place
        if any(lack.is_of(store.facts[id_], store) for id_ in facts_of(call)):
            return place
    return Place(composed.templates[0])
