"""Whatever stands in a fact file, loading ends in facts or in problems with places.

Every run takes the same cases.  `KILDEFAST_CASES=100000 pytest tests/test_random_input.py` takes
that many new ones.
"""

from __future__ import annotations

import os
import re
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import STORE

from reports.facts.load import load_facts
from reports.facts.model import Facts
from reports.problems import ReportError

LANGUAGES = ("nb", "en")
CASES = os.environ.get("KILDEFAST_CASES")

LINES = STORE.splitlines()
TREE = yaml.load(STORE, yaml.CSafeLoader)
WORDS = sorted({word.strip("{}[],:\"'") for line in LINES for word in line.split()} - {""})
VALUE = re.compile(r"""(?<=: )(\[.*?\]|".*?"|[^\s{["][^,{}]*)""")
SECTIONS = [line.rstrip(":") for line in LINES if line == line.lstrip()]
FIELDS = [
    *("theme", "place", "statement", "figure", "as_of", "said_by", "standing", "source", "at"),
    *("recorded", "access", "contradicts", "value", "measure", "among", "qualifier", "date"),
    *("inferred", "paragraph", "printed", "nb", "en", "name", "role", "unit", "in", "type"),
    *("title", "author", "issued", "nature", "interest", "URL", "family", "given", "a.b", ""),
]
ODD_CHARACTERS = [
    *"\0\a\t\r\x0b\x1b\x7f\x85\xa0\xad",
    *"\u061c\u200b\u200d\u200e\u2028\u2029\u202e\u2066\ue100\ufeff\ufffd\uffff\U000e0041\U0001f469",
    *"{}[]:,#&*!|>'\"%@`-?\\<=~$",
    *"\n ٣²１½−–",
]
ODD_VALUES = [
    *("", "~", "[]", "{}", "[[]]", "{a: b}", "[a, [b]]", "[1, 2, 3]", "[2, 1]", "[1, x]", "[1]"),
    *("0", "-0", "-1", "1_000", "1 000", "1,5", "1e9", "1e999999999", "-1e-999999999", "NaN"),
    *("sNaN", "Infinity", "9" * 5_000, "0." + "0" * 5_000 + "1", "1 million", "-3 million"),
    *("1 of 2", "0 of 0", "1 of 0", "3 of 2", "1 of 1e9", "٣", "１２", "²", "½", "0x10", "1/2"),
    *("0000", "0000-00-00", "9999-12-31", "10000-01-01", "-0001", "2031-02-29", "2031-25"),
    *("XXXX", "XXXX-XX", "XXXX-00", "XXXX-02-30", "XXXX-21", "2031-04-02T12:00", "not stated"),
    *('"{"', '"}"', '"{}"', '"{0}"', '"{figure!r}"', '"{as_of.year}"', '"{figure} {figure}"'),
    *('"{as_of}"', '"\\n"', '" "', '"\\xa0"', "|\n      a\n      b", ">-\n      a", "x" * 5_000),
]
SYNTAX = [
    *(
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "? ",
        ": ",
        ", ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!!str ",
        "! ",
    ),
    *("|\n", ">-\n", '"', "'", " #", "---\n", "...\n", "%YAML 1.1\n", "%TAG ! x:\n", "<<: ", "\\"),
]

keys = st.one_of(st.sampled_from(FIELDS), st.sampled_from(WORDS), st.text(max_size=6))
scalars = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(ODD_VALUES),
    st.text(max_size=20),
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=6),
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=6,
)
stores = st.dictionaries(st.sampled_from([*SECTIONS, "x"]), trees, max_size=4)


@st.composite
def broken_stores(draw: st.DrawFn) -> str:
    """The tiny store after a few slips."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, max(0, len(lines) - 1)))
        slip = draw(st.sampled_from(SLIPS))
        lines[number : number + 1] = slip(draw, lines, number)
    return "\n".join(lines)


def cut(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    del lines[number + 1 : number + draw(st.integers(1, 6))]
    return []


def doubled(_: st.DrawFn, lines: list[str], number: int) -> list[str]:
    return lines[number : number + 1] * 2


def swapped(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    other = draw(st.integers(0, max(0, len(lines) - 1)))
    line = lines[number]
    lines[number] = lines[other]
    lines[other] = line
    return [lines[number]]


def indented(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    return [" " * draw(st.integers(0, 8)) + lines[number].lstrip()]


def odd_character(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    at = draw(st.integers(0, len(lines[number])))
    character = draw(st.sampled_from(ODD_CHARACTERS))
    return [lines[number][:at] + character + lines[number][at:]]


def cut_off(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    return [lines[number][: draw(st.integers(0, len(lines[number])))]]


def other_value(draw: st.DrawFn, lines: list[str], number: int) -> list[str]:
    """The line with something else for one of its values."""
    line = lines[number]
    spans = [found.span() for found in VALUE.finditer(line)] or [(len(line), len(line))]
    start, end = draw(st.sampled_from(spans))
    return [line[:start] + draw(st.sampled_from([*ODD_VALUES, *WORDS])) + line[end:]]


SLIPS = [cut, doubled, swapped, indented, cut_off, *[odd_character] * 3, *[other_value] * 8]


@st.composite
def grafted_stores(draw: st.DrawFn) -> dict[str, object]:
    """The tiny store, with anything at all in a few places."""
    store: dict[str, object] = deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        branch, key = store, draw(st.sampled_from(SECTIONS))
        while isinstance(inner := branch.get(key), dict) and inner and draw(st.integers(0, 3)):
            branch, key = inner, draw(st.sampled_from(list(inner)))
        branch[draw(st.sampled_from([key, key, *FIELDS]))] = draw(trees)
    return store


def cases(share: float) -> settings:
    """The settings of a test that takes that share of all cases."""
    return settings(
        max_examples=round(int(CASES or 1_200) * share),
        derandomize=not CASES,
        database=None,
        deadline=timedelta(seconds=30),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("facts")


def assert_facts_or_problems(folder: Path, content: bytes) -> None:
    """Load the folder with that content in its one file."""
    file = folder / "a.yaml"
    file.write_bytes(content)
    last = len(content.splitlines()) + 2

    found: Facts | ReportError
    try:
        found = load_facts(folder, LANGUAGES)
    except ReportError as error:
        found = error

    if isinstance(found, ReportError):
        assert found.problems
        for problem in found.problems:
            assert problem.place.file in (file, folder)
            assert 0 <= problem.place.line <= last
            assert problem.what.strip()


@cases(0.1)
@given(content=st.binary(max_size=400))
def test_random_bytes_are_facts_or_problems(folder: Path, content: bytes) -> None:
    assert_facts_or_problems(folder, content)


@cases(0.1)
@given(content=st.text(max_size=200))
def test_random_text_is_facts_or_problems(folder: Path, content: str) -> None:
    assert_facts_or_problems(folder, content.encode("utf-8", "surrogatepass"))


@cases(0.2)
@given(parts=st.lists(st.sampled_from([*SYNTAX, *SECTIONS, *FIELDS, *WORDS]), max_size=60))
def test_what_looks_like_yaml_is_facts_or_problems(folder: Path, parts: list[str]) -> None:
    assert_facts_or_problems(folder, "".join(parts).encode())


@cases(0.2)
@given(tree=stores | grafted_stores(), style=st.sampled_from([True, False, None]))
def test_yaml_of_any_shape_is_facts_or_problems(
    folder: Path, tree: dict[str, object], *, style: bool | None
) -> None:
    content = yaml.dump(
        tree,
        Dumper=yaml.CSafeDumper,
        encoding="utf-8",
        allow_unicode=True,
        default_flow_style=style,
        sort_keys=False,
    )

    assert_facts_or_problems(folder, content)


@cases(0.4)
@given(content=broken_stores())
def test_a_store_with_slips_in_it_is_facts_or_problems(folder: Path, content: str) -> None:
    assert_facts_or_problems(folder, content.encode())
