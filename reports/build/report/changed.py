"""What has changed since the last build, as the report shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from reports.build.manifest import manifest
from reports.build.report.changes import Changes, FactChange, changes
from reports.build.report.markup import broken, folded, heads, some
from reports.build.report.model import Report

_KINDS = ("with other words", "told anew", "no longer told")
_MOST_SHOWN = 40  # facts that are shown without being asked for


def changed(report: Report) -> str:
    """The heading and what follows it, one paragraph where there is nothing to tell."""
    return f'<h2 id="changed">Since the last build</h2>{"".join(_parts(report))}'


def _parts(report: Report) -> Iterator[str]:
    if report.before is None:
        yield "<p>There is none to compare with.</p>"
        return
    found = changes(report.before, manifest(report.editions, report.versions))
    if found == Changes((), (), (), (), (), ()):
        yield "<p>No edition says anything else than it did.</p>"
    yield _names("New editions", found.editions_new)
    yield _names("Editions that are no longer", found.editions_gone)
    yield _names("New outputs", found.outputs_new)
    yield _names("Outputs that are gone, or are left as they were", found.outputs_gone)
    yield _facts(found.facts)
    yield _versions(found.versions)


def _names(head: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{escape(name)}</li>" for name in names)
    return folded(f"{head}: {len(names)}", f"<ul>{items}</ul>", is_open=len(names) <= _MOST_SHOWN)


def _facts(found: Sequence[FactChange]) -> str:
    if not found:
        return ""
    rows = "".join(map(_fact, sorted(found, key=_kind)))
    table = f'<table class="changes">{heads(("Fact", "Before", "Now", "Editions"))}'
    return folded(
        _tally(found), f"{table}<tbody>{rows}</tbody></table>", is_open=len(found) <= _MOST_SHOWN
    )


def _kind(change: FactChange) -> int:
    """Which of the three kinds a change is of, by its place in `_KINDS`."""
    return 0 if change.before and change.now else 1 if change.now else 2


def _tally(found: Sequence[FactChange]) -> str:
    """How many facts there are of each kind; one that is of two counts in both."""
    kinds = [{change.fact for change in found if _kind(change) == kind} for kind in range(3)]
    told = (f"{len(facts)} {words}" for facts, words in zip(kinds, _KINDS, strict=True) if facts)
    return f"Facts: {', '.join(told)}"


def _fact(change: FactChange) -> str:
    said = f' lang="{change.language}"'
    return (
        f'<tr><th scope="row">{broken(change.fact)}</th>'
        f'<td data-head="Before"{said if change.before else ""}>{_texts(change.before)}</td>'
        f'<td data-head="Now"{said if change.now else ""}>{_texts(change.now)}</td>'
        f'<td data-head="Editions">{some(change.editions)}</td></tr>'
    )


def _texts(texts: Sequence[str]) -> str:
    return escape(" · ".join(texts)) or "<em>not told</em>"


def _versions(found: Sequence[tuple[str, str, str]]) -> str:
    if not found:
        return ""
    items = "".join(
        f"<li>{escape(name)}: {escape(was or 'none')} → {escape(now or 'none')}</li>"
        for name, was, now in found
    )
    return folded("The program or its libraries", f"<ul>{items}</ul>", is_open=True)
