"""The problems that an author knows of, so that she is told only what is new or mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.problems import Problem
from reports.watch.news import Mended, Noticed


@dataclass
class KnownProblems:
    """Problems by who found them, such as a look at one edition or a build of all.

    What one finder no longer finds is gone, though another that found it hasn't looked since.
    """

    _by_finder: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def now(self, finder: str, found: Iterable[Problem]) -> Iterator[Noticed | Mended]:
        """What is new, then what is mended, now that `finder` has found these and no others."""
        problems = tuple(dict.fromkeys(found))
        known = set(self._all())
        before = self._by_finder.get(finder, ())
        self._by_finder[finder] = problems
        gone = tuple(problem for problem in before if problem not in problems)
        for other, theirs in self._by_finder.items():
            self._by_finder[other] = tuple(each for each in theirs if each not in gone)
        if new := tuple(problem for problem in problems if problem not in known):
            yield Noticed(new)
        here = {(each.place.file, each.what) for each in self._all()}  # some lines further, maybe
        if mended := tuple(each for each in gone if (each.place.file, each.what) not in here):
            yield Mended(mended, len(self._all()))

    @property
    def stopping(self) -> int:
        """How many problems there are now, warnings left out."""
        return sum(problem.fatal for problem in self._all())

    def _all(self) -> dict[Problem, None]:
        return dict.fromkeys(each for theirs in self._by_finder.values() for each in theirs)
