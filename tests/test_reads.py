"""What an edition reads of the store is noted, and nothing else makes it be composed anew."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from workspaces import STORE, changed, make_workspace, write

from reports.briefs import load_workspace
from reports.facts.model import Facts
from reports.facts.reads import changes, watched


def store_of(root: Path, text: str = STORE) -> Facts:
    make_workspace(root)
    write(root / "facts/havneby.yaml", text)
    return load_workspace(root).facts


# What is changed in the file of facts, and what is told of it by who read everything.
CHANGES = {
    "a figure": ("value: 62,", "value: 63,", ["fact havneby.web-share changed"]),
    "a hedge": ("qualifier: about}", "qualifier: over}", ["fact havneby.web-share changed"]),
    "a speaker's name": ("name: Ida Holm", "name: Ida Berg", ["person digital-head changed"]),
    "a measure's name": (
        "nb: andel på nett, en: share on the web}",
        "nb: andel på nett, en: web share}",
        ["measure web-share changed"],
    ),
    "whose interest a source has": (
        "en: the municipality wants to show progress",
        "en: the municipality wants to look good",
        ["source havneby-2031 changed"],
    ),
    "the day it entered the store": (
        "printed: 4200 ansatte}\n    recorded: 2031-04-02",
        "printed: 4200 ansatte}\n    recorded: 2031-04-09",
        ["fact havneby.staff changed"],
    ),
    "a comment, which moves all lines": ("themes:\n", "# ours\n\nthemes:\n", []),
    "the order of keys": (
        "figure: {value: 62, measure: web-share, among: applications, qualifier: about}",
        "figure: {measure: web-share, value: 62, qualifier: about, among: applications}",
        [],
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_of_what_was_read_is_told_and_a_move_is_none(
    tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    store, reads = watched(store_of(tmp_path / "before"))
    for section in ("facts", "people", "measures", "sources"):
        for id_ in tuple(dict.keys(getattr(store, section))):
            assert getattr(store, section)[id_]

    after = store_of(tmp_path / "after", changed(STORE, old, new))

    assert list(changes(reads, after)) == told


def test_what_was_not_read_may_change(tmp_path: Path) -> None:
    store, reads = watched(store_of(tmp_path / "before"))
    assert store.facts["havneby.staff"]

    after = store_of(tmp_path / "after", changed(STORE, "value: 62,", "value: 63,"))

    assert list(changes(reads, after)) == []


def test_a_miss_is_noted_until_there_is_something(tmp_path: Path) -> None:
    whole = store_of(tmp_path)
    partial = replace(whole, facts={k: v for k, v in whole.facts.items() if k != "havneby.staff"})
    store, reads = watched(partial)
    assert "havneby.staff" not in store.facts
    assert store.superseded.get("havneby.staff") is None

    assert list(changes(reads, partial)) == []
    assert list(changes(reads, whole)) == ["fact havneby.staff is new"]


def test_a_query_is_noted_by_what_it_gives(tmp_path: Path) -> None:
    before = store_of(tmp_path)
    store, reads = watched(before)
    given = store.where(theme="channels", speaker="union")

    fewer = replace(
        before, facts={k: v for k, v in before.facts.items() if k != "havneby.one-way-in"}
    )

    assert [fact.id for fact in given] == ["havneby.paper-share", "havneby.one-way-in"]
    assert reads.queries == {
        "channels\t\tunion\t": ("havneby.paper-share", "havneby.one-way-in"),
    }
    assert list(changes(reads, before)) == []
    assert list(changes(reads, fewer)) == [
        "fact havneby.one-way-in is gone",
        "query(theme=channels, speaker=union) gives havneby.one-way-in no more",
    ]


@pytest.mark.parametrize("ask", [list, len, lambda it: list(it.items()), lambda it: it.values()])
def test_a_section_that_was_listed_is_noted_as_a_whole(tmp_path: Path, ask: object) -> None:
    before = store_of(tmp_path)
    store, reads = watched(before)
    assert callable(ask)
    assert ask(store.themes)

    more = replace(before, themes={**before.themes, "new": {"en": "new"}})

    assert next(changes(reads, more)) == "the list of themes changed"


def test_every_part_of_a_store_is_watched_but_where_its_entries_stand(tmp_path: Path) -> None:
    plain = store_of(tmp_path)
    store, reads = watched(plain)

    names = {field.name for field in fields(Facts)}
    assert reads.entries.keys() == names - {"declared"}
    assert all(getattr(store, name) == getattr(plain, name) for name in names)
