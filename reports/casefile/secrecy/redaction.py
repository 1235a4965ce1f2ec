"""That nothing hidden is in what leaves: no bundle and no redacted variant tells of it.

A redacted variant is the edition of an audience that may see less, and is held to two proofs.
It is made once more from a store that never held the facts its readers may not see, and must come
out the same, byte for byte: so nothing of them reached it from the store, however small.  And what
authors typed, which no store knows, is searched for the canaries of those facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.build.outputs import Resolved
from reports.casefile.secrecy.canary import Canary, canaries
from reports.casefile.secrecy.layers import UnreadableError
from reports.casefile.secrecy.sighting import Sighting, sightings
from reports.casefile.stamping import Stamped, stamped, written
from reports.facts.model import Access
from reports.problems import Place, Problem, ReportError, suggest
from reports.trace.uses import uses

_OPTION = Place(Path("--redacted"))
_NAMES = ("speaker", "source")  # which prose may hold for other reasons
_DATES = ("as of", "since")  # forms that print no more than a date
_MEND = "reword the line that tells it, or lower the fact's access with a reason"


def redacted_edition(edition: Edition, audience: str, workspace: Workspace) -> Edition:
    """The same brief for that audience, in the same language.

    Raises ReportError unless it is one of the brief's, and one that may see less.
    """
    brief, above = edition.brief, edition.audience
    if audience not in brief.audiences:
        what = f"'{audience}' is no audience of the brief '{brief.id}'"
        raise ReportError(Problem(_OPTION, what, suggest(audience, brief.audiences)))
    lower = replace(edition, audience=workspace.audiences[audience])
    if lower.audience.access >= above.access:
        what = f"'{audience}' may see what is {lower.audience.access.value}, no less than"
        hint = "name an audience that may see less, or choose the editions with --audience"
        raise ReportError(Problem(_OPTION, f"{what} '{above.id}'", hint))
    codes = lower.audience.languages or brief.languages
    if edition.language not in codes:
        what = f"'{audience}' has no edition in '{edition.language}'"
        raise ReportError(Problem(_OPTION, what, suggest(edition.language, codes)))
    return lower


def redaction_problems(
    data: bytes, kind: Format, above: Stamped, lower: Stamped, workspace: Workspace
) -> tuple[Problem, ...]:
    """What keeps a redacted variant from leaving: `data` is `lower` in that format.

    Composes and writes it a second time, which takes as long as the first.
    """
    edition = lower.edition
    access, place = edition.audience.access, Place(edition.template)
    hidden = _hidden(edition, workspace, _printed(above.items))
    seen = (
        _problem(each, "the redacted variant tells", place, access, workspace)
        for each in _first_of_each(data, hidden)
    )
    try:
        return (*_dependence(data, kind, lower, workspace), *seen)
    except UnreadableError as error:
        return (_unread(place, error),)


def bundle_leaks(
    files: Mapping[str, bytes], edition: Edition, workspace: Workspace
) -> tuple[Problem, ...]:
    """What files of an edition's bundle tell of facts that its audience may not see.

    A name alone, of a speaker or a source, is a warning here: prose may hold it for other reasons.
    """
    hidden, access = _hidden(edition, workspace, {}), edition.audience.access
    found: list[Problem] = []
    for name, data in files.items():
        place = Place(Path(name))
        try:
            for each in _first_of_each(data, hidden):
                problem = _problem(each, "tells", place, access, workspace)
                found.append(replace(problem, fatal=each.canary.what not in _NAMES))
        except UnreadableError as error:
            found.append(_unread(place, error))
    return tuple(found)


def _hidden(
    edition: Edition, workspace: Workspace, printed: Mapping[str, Iterable[str]]
) -> tuple[Canary, ...]:
    access, codes = edition.audience.access, workspace.languages
    told = (*_settings(edition, workspace),)
    return canaries(workspace.facts, access, printed, told, codes)


def _settings(edition: Edition, workspace: Workspace) -> Iterator[str]:
    """What the settings say of a document to everybody who gets it."""
    brief, audience = edition.brief, edition.audience
    texts = (brief.title, brief.sender, audience.name, audience.kind, audience.to)
    for each in (*texts, workspace.organisation, brief.case.public_title or {}):
        yield from each.values()
    yield from (edition.title, edition.subject_name)
    yield from (brief.case.responsible, brief.stamp.approved_by, brief.stamp.case)
    yield from workspace.names
    if brief.case.screening:
        yield brief.case.screening.ground


def _printed(items: Iterable[Resolved]) -> Mapping[str, list[str]]:
    """What an edition prints of each fact, dates left out."""
    found: dict[str, list[str]] = {}
    for use in uses(items):
        if use.form not in _DATES:
            found.setdefault(use.fact, []).append(use.text)
    return found


def _first_of_each(data: bytes, hidden: Sequence[Canary]) -> list[Sighting]:
    """The first sighting of each fact, by their ids."""
    firsts = {each.canary.fact: each for each in reversed([*sightings(data, hidden)])}
    return sorted(firsts.values(), key=lambda each: each.canary.fact)


def _unread(place: Place, error: UnreadableError) -> Problem:
    hint = "make it again; what can't be searched may not leave"
    return Problem(place, f"can't be searched for what is hidden: {error}", hint)


def _problem(
    sighting: Sighting, tells: str, place: Place, access: Access, workspace: Workspace
) -> Problem:
    canary = sighting.canary
    level = workspace.facts.facts[canary.fact].access.value
    what = f"{tells} the {canary.what} of fact '{canary.fact}', which is {level}, in"
    return Problem(
        place, f"{what} {sighting.where}; its readers may see what is {access.value}", _MEND
    )


def _dependence(
    data: bytes, kind: Format, lower: Stamped, workspace: Workspace
) -> Iterator[Problem]:
    """Whether the file would be another if the store had never held what is hidden."""
    edition = lower.edition
    seen = replace(workspace.facts.visible_to(edition.audience.access), hidden={})
    blind = replace(workspace, facts=seen)
    brief = edition.brief
    again = stamped(edition, brief.stamp, brief.date, blind)
    place = Place(edition.template)
    what = "the redacted variant depends on facts that its readers may not see"
    if not again.items:
        yield Problem(place, f"{what}: without them it can't be made", again.problems[0].what)
    elif written(again, [kind], blind)[kind] != data:
        hint = "look for what its templates ask of the store beyond what they print"
        yield Problem(place, f"{what}: without them it comes out another", hint)
