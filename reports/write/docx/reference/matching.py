"""Roles to the styles of a reference: by the author's mapping, else by the names that Word uses."""

from __future__ import annotations

from collections.abc import Iterator

from reports.problems import Problem, suggest
from reports.themes import WordReference
from reports.themes.word import ROLES
from reports.write.docx.reference.roles import DEMANDED, OURS
from reports.write.docx.reference.stylesheet import Stylesheet


def matched(word: WordReference, sheet: Stylesheet) -> dict[str, str]:
    """The id of the reference's style for each of our own by its name, those lent left out."""
    found: dict[str, str] = {}
    for role, ours in OURS.items():
        key = _found(role, word, sheet)
        for style in ours.ours:
            own = key or sheet.find(style, ROLES[role])  # a file that was once one of ours
            if own:
                found[style] = own
    return found


def mapping_problems(word: WordReference, sheet: Stylesheet) -> Iterator[Problem]:
    """Each name that the file lacks or has for another kind of style, and each role it must have."""
    for role, (wanted, place) in word.styles.items():
        kind = ROLES[role]
        if sheet.find(wanted, kind):
            continue
        known = suggest(wanted, sheet.names(kind))
        other = sheet.kind_of(wanted)
        what = f"'{word.file.name}' has no {kind} style '{wanted}'"
        if other:
            what = f"'{wanted}' is a {other} style; '{role}' needs a {kind} style"
        yield Problem(place, what, known)
    for role in DEMANDED:
        if role not in word.styles and not _found(role, word, sheet):
            wanted = " or ".join(f"'{each}'" for each in OURS[role].words)
            what = f"'{word.file.name}' has no style for '{role}': {wanted} is missing"
            hint = f"name the style below 'styles', as in '{role}: Name of the style'"
            yield Problem(word.place, what, hint)


def _found(role: str, word: WordReference, sheet: Stylesheet) -> str:
    if role in word.styles:
        return sheet.find(word.styles[role][0], ROLES[role])
    found = (sheet.built_in(each, ROLES[role]) for each in OURS[role].words)
    return next(filter(None, found), "") or (sheet.default if role == "body" else "")
