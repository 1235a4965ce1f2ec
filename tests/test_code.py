"""The code's own rules: formatted, typed, and imports that go down only."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The architecture: a room of `reports` imports from rooms further down only.
LAYERS = (
    "cli",
    "watch",
    "casefile",
    "trace",
    "starter",
    "build",
    "budgets",
    "write",
    "charts",
    "resolve",
    "read",
    "compose",
    "document",
    "fonts",
    "briefs",
    "audiences",
    "cases",
    "themes",
    "citations",
    "facts",
    "language",
    "locale",
    "fields",
    "typed",
    "yaml",
    "cache",
    "versions",
    "hashes",
    "collector",
    "files",
    "git",
    "pictures",
    "lock",
    "problems",
    "machine",
)
HOMES = {  # a library, and the one room that may import it
    "babel": "reports.language",
    "bagit": "reports.casefile.bag",
    "cattrs": "reports.typed",
    "citeproc": "reports.citations",
    "dask": "reports.build.cluster",
    "distributed": "reports.build.cluster",
    "docx": "reports.write.docx",
    "httpx": "reports.casefile.delivery",
    "jinja2": "reports.compose",
    "keyring": "reports.casefile.delivery.credentials",
    "markdown": "reports.read",
    "num2words": "reports.facts.evidence",
    "orjson": "reports.cache",
    "openpyxl": "reports.facts.exchange",
    "PIL": "reports.pictures",
    "pdfminer": "reports.casefile.verify",
    "pdfplumber": "reports.casefile.verify.pdf",
    "pint": "reports.facts.derive.operands",
    "pydyf": "reports.write.pdf",
    "pygfried": "reports.casefile.pronom",
    "rapidfuzz": "reports.facts.ask.search",
    "rich": "reports.cli.live",
    "tinycss2": "reports.themes",
    "truststore": "reports.casefile.delivery.client",
    "uharfbuzz": "reports.fonts",
    "vl_convert": "reports.charts",
    "watchfiles": "reports.watch",
    "weasyprint": "reports.write.pdf",
    "xlsxwriter": "reports.write.docx.charts",
    "yaml": "reports.yaml",
}


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_tools_find_nothing(command: Sequence[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_go_down_only() -> None:
    assert list(layer_faults(imports_of(ROOT))) == []


def test_each_heavy_library_has_one_home() -> None:
    assert list(home_faults(imports_of(ROOT))) == []


def test_the_machine_room_and_build_py_stand_on_the_standard_library_alone() -> None:
    imports = imports_of(ROOT)
    before_install = {
        *imports["reports"],
        *(name for each in imports if each.startswith("reports.machine") for name in imports[each]),
        *imported(ast.parse((ROOT / "build.py").read_text("utf-8")), "build", {"reports.machine"}),
    }

    foreign = {name for name in before_install if top(name) not in sys.stdlib_module_names}

    assert {name for name in foreign if not name.startswith("reports.machine")} == set()


def test_every_folder_with_code_is_installed_by_pip() -> None:
    folders = {file.parent for file in ROOT.glob("reports/**/*.py")}

    # setuptools leaves out what is not a package, without a word.
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


PLANTED = {
    "up": (
        {"facts/load.py": "from reports.write import html", "write/html.py": ""},
        ["reports.facts.load imports reports.write.html, which is not below it"],
    ),
    "up, for types only": (
        {
            "yaml.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
            "    from reports.document import Document",
            "document.py": "",
        },
        ["reports.yaml imports reports.document, which is not below it"],
    ),
    "up, inside a function, by a relative name": (
        {"facts/load.py": "def f():\n    from ..read import read", "read.py": ""},
        ["reports.facts.load imports reports.read, which is not below it"],
    ),
    "between rooms that are not in the list": (
        {"cellar.py": "import reports.problems", "problems.py": ""},
        ["reports.cellar is not in the list of layers"],
    ),
    "a circle within one room": (
        {"facts/a.py": "from reports.facts import b", "facts/b.py": "import reports.facts.a"},
        ["circle: reports.facts.a, reports.facts.b, reports.facts.a"],
    ),
    "down, and within a room": (
        {
            "cli.py": "from reports import __version__, machine\nfrom reports.facts.a import x",
            "facts/a.py": "from reports.facts.b import x\nimport json",
            "facts/b.py": "x = 1",
            "machine.py": "",
        },
        [],
    ),
}


@pytest.mark.parametrize(("files", "faults"), PLANTED.values(), ids=PLANTED.keys())
def test_the_layer_check_sees_an_import(
    tmp_path: Path, files: Mapping[str, str], faults: Sequence[str]
) -> None:
    plant(tmp_path, files)

    assert list(layer_faults(imports_of(tmp_path))) == faults


def test_the_home_check_sees_a_library_abroad(tmp_path: Path) -> None:
    plant(tmp_path, {"read.py": "import markdown", "cli.py": "def f():\n    import jinja2.ext"})

    found = list(home_faults(imports_of(tmp_path)))

    assert found == ["reports.cli imports jinja2, whose home is reports.compose"]


def plant(root: Path, files: Mapping[str, str]) -> None:
    """Write modules of a `reports` package under `root`, with the packages' own files."""
    for name, text in {"__init__.py": "", **files}.items():
        file = root / "reports" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text, "utf-8")


def imports_of(root: Path) -> dict[str, set[str]]:
    """For each module of `reports` under `root`, the names of the modules that it imports."""
    files = {module_name(file.relative_to(root)): file for file in root.glob("reports/**/*.py")}
    trees = {name: ast.parse(file.read_text("utf-8")) for name, file in files.items()}
    packages = {name for name, file in files.items() if file.name == "__init__.py"}
    return {
        name: set(imported(tree, f"{name}." if name in packages else name, files.keys()))
        for name, tree in trees.items()
    }


def module_name(file: Path) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, importer: str, modules: Sequence[str] | set[str]) -> Iterator[str]:
    """The modules imported anywhere in `tree`; a name out of one of `modules` counts as it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = importer.rsplit(".", node.level)[0] if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            for alias in node.names:
                inside = f"{base}.{alias.name}"
                yield inside if inside in modules else base


def layer_faults(imports: Mapping[str, set[str]]) -> Iterator[str]:
    """What in `imports` breaks the order of LAYERS, in words; then a circle, if there is one."""
    for name in sorted(imports.keys() - {"reports"}):
        if room(name) not in LAYERS:
            yield f"{name} is not in the list of layers"
            continue
        for other in sorted(other for other in imports[name] if room(other)):
            below = LAYERS[LAYERS.index(room(name)) + 1 :]
            if room(other) != room(name) and room(other) not in below:
                yield f"{name} imports {other}, which is not below it"
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        yield f"circle: {', '.join(sorted_circle(error.args[1]))}"


def sorted_circle(names: Sequence[str]) -> list[str]:
    """The circle, which ends where it begins, begun at its first name by the alphabet."""
    once = names[:-1]
    start = once.index(min(once))
    turned = [*once[start:], *once[:start]]
    return [*turned, turned[0]]


def home_faults(imports: Mapping[str, set[str]]) -> Iterator[str]:
    """What in `imports` takes a library of HOMES outside its home, in words."""
    for name in sorted(imports):
        for library in sorted({top(other) for other in imports[name]} & HOMES.keys()):
            home = HOMES[library]
            if not f"{name}.".startswith(f"{home}."):
                yield f"{name} imports {library}, whose home is {home}"


def top(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def room(name: str) -> str:
    """The first name below `reports`; empty for other packages and for `reports` itself."""
    package, _, inside = name.partition(".")
    return top(inside) if package == "reports" else ""
