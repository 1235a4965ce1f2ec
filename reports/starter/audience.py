"""A new audience made from another one: its file, its templates, and its name in the briefs.

In a language that the other audience is written in, a template extends the other's and says the
same until a block is overridden.  In any other language it is a first draft: the statements that
the other edition rests on, block by block, as the store tells them in that language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from pathlib import Path
from string import Template
from textwrap import fill, indent

from reports.audiences import Audience, Expired, NotesPlace, check_id
from reports.briefs import Brief, Edition, Workspace, load_workspace
from reports.build import resolve_all, resolve_edition
from reports.facts.draft.entry import Tree, entry_lines
from reports.problems import Place, Problem, raise_if_fatal
from reports.starter.draft import Draft, draft_template
from reports.starter.writing import write_together
from reports.yaml import Scalar, read_text, read_yaml
from reports.yaml import Sequence as Items

_GUIDES = Path(__file__).parent / "guides"


@dataclass(frozen=True)
class Asked:
    """The audience that is asked for: its id, name and languages, and whom it is made from.

    `languages` are empty for those of the briefs.
    """

    id: str
    name: str
    origin: Audience
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """The files that were written or changed, and what is wanting in them."""

    files: tuple[Path, ...]
    warnings: tuple[Problem, ...]


def new_audience(workspace: Workspace, asked: Asked, briefs: Iterable[Brief]) -> Made:
    """What was made: the audience is in these briefs, and builds.

    Raises ReportError, and leaves all as it was, where it can't be.
    """
    briefs = tuple(briefs)
    file = workspace.templates / "audiences" / f"{asked.id}.yaml"
    raise_if_fatal(_in_the_way(workspace, asked, briefs, file))
    codes = _codes(asked, briefs)
    drafts: dict[Path, Draft] = {}
    for brief in briefs:
        for code in asked.languages or brief.languages:
            edition = _origin(workspace, brief, asked.origin, code)
            drafts[brief.folder / f"{asked.id}.{code}.md.j2"] = _template(workspace, edition, asked)
    alone = any(draft.stands_alone for draft in drafts.values())
    new = {file: audience_text(asked, codes, is_draft=alone)}
    new |= {template: draft.text for template, draft in drafts.items()}
    changed = {brief.declared.file: with_audience(brief, asked.id) for brief in briefs}
    write_together(new, changed, lambda: _check(workspace.root, asked.id))
    hint = "print one, and the build names each text to add to the fact store"
    warnings = (
        Problem(Place(template), draft.wanting, hint, fatal=False)
        for template, draft in drafts.items()
        if draft.wanting
    )
    return Made((*new, *changed), tuple(warnings))


def _origin(workspace: Workspace, brief: Brief, audience: Audience, code: str) -> Edition:
    """The edition to start from; of a series, that of the first subject."""
    edition = Edition(brief, audience, code)
    subjects = workspace.facts.subjects(brief.for_each, audience.access)
    return replace(edition, subject=subjects[0].id) if subjects else edition


def _in_the_way(
    workspace: Workspace, asked: Asked, briefs: Sequence[Brief], file: Path
) -> list[Problem]:
    problems: list[Problem] = []
    check_id(asked.id, "an audience", Place(file), problems)
    if not briefs:
        what = f"no brief is written for '{asked.origin.id}'"
        hint = "start from an audience that a brief names"
        problems.append(Problem(asked.origin.declared, what, hint))
    if asked.id in workspace.audiences:
        what = "an audience of this name exists already"
        hint = f"choose another name; to take it away, delete {_belonging(workspace, asked.id)}"
        problems.append(Problem(Place(file), what, hint))
    return problems


def _belonging(workspace: Workspace, audience: str) -> str:
    """All that makes an audience, in words."""
    written = any(workspace.templates.glob(f"*/{audience}.*.md.j2"))
    named = [
        brief.declared.file.relative_to(workspace.root).as_posix()
        for brief in workspace.briefs.values()
        if audience in brief.audiences
    ]
    parts = ["this file"]
    parts += [f"its templates ({audience}.*.md.j2)"] if written else []
    parts += [f"its name in {' and '.join(named)}"] if named else []
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _codes(asked: Asked, briefs: Iterable[Brief]) -> tuple[str, ...]:
    spoken = (code for brief in briefs for code in brief.languages)
    return asked.languages or tuple(dict.fromkeys(spoken))


def _check(root: Path, audience: str) -> None:
    """Raise ReportError unless every edition of the audience can be made."""
    workspace = load_workspace(root)
    editions = [each for each in workspace.editions() if each.audience.id == audience]
    resolve_all(editions, workspace)


# ---------------------------------------------------------------- the audience's file


def audience_text(asked: Asked, codes: tuple[str, ...], *, is_draft: bool) -> str:
    """The YAML of an audience, made from another's, with a comment on what each key does.

    A draft in a language of its own is held to its pages only, until its words are written.
    """
    origin, contract = asked.origin, Contract.of(asked.origin, codes)
    held = Contract({"pages": contract.budget["pages"]} if "pages" in contract.budget else {})
    if not is_draft:
        held = contract
    guide = Template((_GUIDES / "audience.yaml").read_text("utf-8"))
    return guide.substitute(
        title=asked.name,
        id=asked.id,
        origin=origin.id,
        name=_lines("name", dict.fromkeys(codes, asked.name)),
        kind=_lines("kind", dict.fromkeys(codes, asked.name)),
        to=_lines("to", dict.fromkeys(codes, asked.name)),
        access=origin.access.value,
        theme=origin.theme,
        layout=origin.layout.value,
        languages=_lines("languages", asked.languages, codes),
        formats=_lines("formats", [kind.value for kind in origin.formats], ["pdf", "docx"]),
        citations=_lines("citations", origin.citations, "apa"),
        notes=_lines("notes", _unless(NotesPlace.END, origin.notes), "footnotes"),
        expired=_lines("expired", _unless(Expired.WARN, origin.expired), "refuse"),
        budget=_lines("budget", held.budget, contract.budget or {"pages": "2"}),
        jargon=_lines("jargon", held.jargon, contract.jargon or {codes[0]: {"word": "plain word"}}),
        require=_lines("require", held.require, contract.require or ["answer"]),
        forbid=_lines("forbid", held.forbid, contract.forbid or {"charts": ["vega"]}),
    )


@dataclass(frozen=True)
class Contract:
    """What an audience is promised, as it stands in her file."""

    budget: dict[str, str]
    jargon: dict[str, dict[str, str]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    forbid: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, audience: Audience, codes: Sequence[str]) -> Contract:
        """The contract with an audience, as far as it goes in these languages."""
        return cls(
            {key: str(value) for key, value in asdict(audience.budget).items() if value},
            {code: words for code, words in audience.jargon.items() if code in codes},
            audience.require,
            {key: words for key, words in asdict(audience.forbid).items() if words},
        )


def _unless(usual: Enum, value: Enum) -> str:
    """The word of a setting, "" for what holds anyway."""
    return "" if value is usual else str(value.value)


def _lines(key: str, value: Tree, example: Tree = "") -> str:
    """The key with its value, or in a comment with an example."""
    lines = entry_lines(key, value or example, indent=0)
    return "\n".join(lines if value else (f"# {line}" for line in lines))


# ---------------------------------------------------------------- its place in a brief


def with_audience(brief: Brief, id_: str) -> str:
    """The text of a brief's settings with one more audience; all else stays as it is."""
    file = brief.declared.file
    text = read_text(file)
    listed = read_yaml(file).entries["audiences"]
    if not isinstance(listed, Items) or not isinstance(last := listed.items[-1], Scalar):
        raise TypeError(listed)  # the brief has been loaded
    lines = text.splitlines(keepends=True)
    line, start = lines[last.place.line - 1], last.place.column - 1
    end = start + len(last.text) + (2 if line[start] in "'\"" else 0)
    own = f"\n{line[:start]}{id_}" if line[:start].strip() == "-" else f", {id_}"
    lines[last.place.line - 1] = line[:end] + own + line[end:]
    return "".join(lines)


# ---------------------------------------------------------------- its templates


def _template(workspace: Workspace, edition: Edition, asked: Asked) -> Draft:
    """A template that extends the other audience's; a draft where that has none to extend."""
    if not edition.template.is_file():
        return draft_template(workspace, edition, asked.name)
    return Draft(_extending(workspace, edition, asked))


def _extending(workspace: Workspace, edition: Edition, asked: Asked) -> str:
    guide = Template((_GUIDES / "edition.md.j2").read_text("utf-8"))
    blocks = _blocks(workspace, edition)
    return guide.substitute(
        title=asked.name,
        id=asked.id,
        brief=edition.brief.id,
        language=edition.language,
        origin=edition.template.relative_to(workspace.templates).as_posix(),
        blocks=indent(fill(f"{', '.join(blocks)}.", 96), "  "),
        first=next(iter(name for name in blocks if name != "title"), "title"),
    )


def _blocks(workspace: Workspace, edition: Edition) -> list[str]:
    """The names of the blocks of an edition in reading order."""
    composed = resolve_edition(edition, workspace)[0].composed
    return list(dict.fromkeys(passage.name for passage in composed.passages))
