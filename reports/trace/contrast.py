"""What two audiences of a brief are told of each fact, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.briefs import Edition
from reports.build.outputs import Resolved
from reports.facts.model import Facts
from reports.problems import Place
from reports.trace.agreement import by_document
from reports.trace.telling import Untold, untold
from reports.trace.uses import Use, body_uses


@dataclass(frozen=True)
class Telling:
    """How an edition tells a fact: each form with what it prints, and the first place.

    What a macro tells has its place where the macro is called.  That a fact is cited is a form
    where it isn't printed, too.
    """

    edition: Edition
    printed: tuple[tuple[str, str], ...]
    place: Place

    @property
    def forms(self) -> frozenset[str]:
        return frozenset(form for form, _ in self.printed)


@dataclass(frozen=True)
class Contrast:
    """A fact that one of two audiences is told, or both.

    `document` is the brief, `<brief>/<subject>` in a series.  `first` and `second` are None where that audience isn't told; `untold` then says why, and
    what it is told instead.  `languages` are those in which this holds, of the first audience
    if the two have none in common.
    """

    document: str
    fact: str
    languages: tuple[str, ...]
    first: Telling | None
    second: Telling | None
    untold: Untold | None

    @property
    def alike(self) -> bool:
        """Whether both are told, in the same forms."""
        return bool(self.first and self.second and self.first.forms == self.second.forms)


def contrasts(
    resolved: Iterable[Resolved], first: str, second: str, store: Facts
) -> Iterator[Contrast]:
    """Each fact that an edition for one of the two audiences tells, in the first's order.

    The same in several languages is told once, with the places of the first of them.
    """
    for items in by_document(resolved):
        missing = {(each.audience, each.fact): each for each in untold(items, store)}
        found: dict[object, Contrast] = {}
        for one, other in _pairs(items, first, second):
            for each in _compared(one, other, (first, second), missing):
                forms = [told.forms if told else None for told in (each.first, each.second)]
                key = (each.fact, *forms)
                known = found.setdefault(key, replace(each, languages=()))
                found[key] = replace(known, languages=(*known.languages, *each.languages))
        yield from found.values()


def _pairs(
    items: Sequence[Resolved], first: str, second: str
) -> Iterator[tuple[list[Resolved], list[Resolved]]]:
    """The documents of two editions that a reader of both audiences would lay side by side."""
    ones, others = _by_language(items, first), _by_language(items, second)
    common = [code for code in ones if code in others]
    for code in common:
        yield ones[code], others[code]
    if not common and ones and others:
        yield next(iter(ones.values())), next(iter(others.values()))


def _by_language(items: Iterable[Resolved], audience: str) -> dict[str, list[Resolved]]:
    found: dict[str, list[Resolved]] = {}
    for item in items:
        if item.edition.audience.id == audience:
            found.setdefault(item.edition.language, []).append(item)
    return found


def _compared(
    one: Sequence[Resolved],
    other: Sequence[Resolved],
    audiences: tuple[str, str],
    missing: Mapping[tuple[str, str], Untold],
) -> Iterator[Contrast]:
    told, also = _tellings(one), _tellings(other)
    edition = one[0].edition
    for fact in dict.fromkeys((*told, *also)):
        without = audiences[1] if fact in told else audiences[0]
        why = None if fact in told and fact in also else missing.get((without, fact))
        languages = (edition.language,)
        yield Contrast(edition.document, fact, languages, told.get(fact), also.get(fact), why)


def _tellings(items: Sequence[Resolved]) -> dict[str, Telling]:
    """How an edition tells each of its facts, in reading order."""
    found: dict[str, list[Use]] = {}
    for use in body_uses(items):
        found.setdefault(use.fact, []).append(use)
    return {fact: _telling(own) for fact, own in found.items()}


def _telling(own: Sequence[Use]) -> Telling:
    printed = [use for use in own if use.form != "cite"] or own
    forms = {use.form: use.text for use in reversed(printed)}
    ordered = ((form, forms[form]) for form in dict.fromkeys(use.form for use in printed))
    first = own[0].place
    return Telling(own[0].edition, tuple(ordered), first.called or first)
