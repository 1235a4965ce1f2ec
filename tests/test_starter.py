"""New audiences, briefs and workspaces: what is made builds at once, or nothing is made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from workspaces import BRIEF, EN, PUBLIC, STORE, Told, changed, contents, make_workspace, run

from reports.briefs import load_workspace
from reports.build import resolve_all

BRIEF_FILE = "templates/channels/brief.yaml"
DANISH = "templates/channels/press.da.md.j2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "town")


def new(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Told:
    return run(root, capsys, "new", *words)


def told(root: Path, name: str) -> str:
    """What the edition of that name says."""
    workspace = load_workspace(root)
    chosen = [edition for edition in workspace.editions() if edition.name == name]
    (item,), _ = resolve_all(chosen, workspace)
    return item.document.plain_text()


# ---------------------------------------------------------------- an audience


def test_a_new_audience_says_the_same_as_the_one_it_is_made_from(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = new(root, capsys, "audience", "press", "--from", "public")

    assert done == Told(
        0,
        "templates/audiences/press.yaml\ntemplates/channels/press.nb.md.j2\n"
        "templates/channels/press.en.md.j2\ntemplates/channels/brief.yaml\n",
        "next: kildefast check --audience press\n",
    )
    own = told(root, "channels/press.en")
    other = told(root, "channels/public.en")
    words = ("Short and simple", "Everyone who lives here", "The public")
    for word in words:
        other = other.replace(word, "Press")
    assert own == other


def test_a_new_audience_takes_the_contract_of_the_other(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates/audiences/public.yaml").write_text(
        f"{PUBLIC}expired: refuse\ncitations: apa\nnotes: footnotes\nformats: [pdf]\n"
        "jargon: {en: {utilise: use}, nb: {implementere: innføre}}\n"
        "forbid: {speakers: [union], charts: [bars, line]}\n",
        "utf-8",
    )

    done = new(root, capsys, "audience", "press", "--from", "public")

    assert done.code == 0
    audiences = load_workspace(root).audiences
    for key in (*("access", "theme", "layout", "languages", "formats", "citations", "notes"),
                *("expired", "budget", "jargon", "require", "forbid")):  # fmt: skip
        assert getattr(audiences["press"], key) == getattr(audiences["public"], key), key
    assert audiences["press"].name == {"nb": "Press", "en": "Press"}


def test_a_new_audience_reads_in_the_languages_of_the_other(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates/audiences/public.yaml").write_text(f"{PUBLIC}languages: [en]\n", "utf-8")

    done = new(root, capsys, "audience", "press", "--from", "public")

    assert done.out == (
        "templates/audiences/press.yaml\ntemplates/channels/press.en.md.j2\n"
        "templates/channels/brief.yaml\n"
    )
    assert load_workspace(root).audiences["press"].languages == ("en",)


@pytest.mark.parametrize(
    ("old", "listed", "expected"),
    [
        ("audiences: [public]", "audiences: [public]  # who reads", "[public, press]  # who reads"),
        (
            "audiences: [public]",
            "audiences:\n  - 'public'   # all",
            "- 'public'\n  - press   # all",
        ),
        ("audiences: [public]", 'audiences: [council,\n  "public"]', '"public", press]'),
    ],
)
def test_the_brief_names_a_new_audience_and_stays_as_it_was_else(
    root: Path, capsys: pytest.CaptureFixture[str], old: str, listed: str, expected: str
) -> None:
    file = root / BRIEF_FILE
    file.write_text(changed(BRIEF, old, listed), "utf-8")
    for code in ("nb", "en"):
        public = root / f"templates/channels/public.{code}.md.j2"
        (root / f"templates/channels/council.{code}.md.j2").write_bytes(public.read_bytes())

    done = new(root, capsys, "audience", "press", "--from", "public")

    assert done.code == 0
    text = file.read_text("utf-8")
    assert expected in text
    assert load_workspace(root).briefs["channels"].audiences[-1] == "press"
    assert [line for line in text.splitlines() if "press" not in line and "public" not in line] == [
        line for line in changed(BRIEF, old, listed).splitlines() if "public" not in line
    ]


DA = {
    "nb: Søknader på nett, ": "nb: Søknader på nett, da: Ansøgninger på nettet, ",
    "nb: Rådgiver, ": "nb: Rådgiver, da: Rådgiver, ",
}
DANISH_FACT = {
    'en: "{figure} of applications came in on the web in {as_of}."\n': (
        'en: "{figure} of applications came in on the web in {as_of}."\n'
        '      da: "{figure} af ansøgningerne kom på nettet i {as_of}."\n'
    ),
    "channels: {nb: kanaler, ": "channels: {nb: kanaler, da: kanaler, ",
    "name: {nb: andel på nett, ": "name: {nb: andel på nett, da: andel på nettet, ",
    "applications: {nb: søknader om barnehageplass, ": (
        "applications: {nb: søknader om barnehageplass, da: ansøgninger om børnehaveplads, "
    ),
    "nature: {nb: kommunens egen årsmelding, ": (
        "nature: {nb: kommunens egen årsmelding, da: kommunens egen årsberetning, "
    ),
    "interest: {nb: kommunen vil vise framgang, ": (
        "interest: {nb: kommunen vil vise framgang, da: kommunen vil vise fremgang, "
    ),
    "role: {nb: digitaliseringssjef, ": "role: {nb: digitaliseringssjef, da: digitaliseringschef, ",
    "year-before: {nb: rapporten dekker året før, ": (
        "year-before: {nb: rapporten dekker året før, da: rapporten dækker året før, "
    ),
}


def with_all(text: str, changes: dict[str, str]) -> str:
    for old, new_text in changes.items():
        text = changed(text, old, new_text)
    return text


@pytest.fixture
def danish(tmp_path: Path) -> Path:
    """The town with what one fact needs to be told in Danish."""
    files = {
        "facts/havneby.yaml": with_all(STORE, DANISH_FACT),
        BRIEF_FILE: with_all(BRIEF, DA),
        EN.replace(".en.", ".nb."): (
            "# {% block title %}Søknadene{% endblock %}\n\n{% block answer %}\nFor foreldre: "
            '{{ fact("havneby.web-share") }}. {{ statement("havneby.one-way-in") }}\n{% endblock %}\n'
        ),
    }
    return make_workspace(tmp_path / "town", files)


def test_in_a_new_language_it_is_a_draft_of_what_the_store_can_tell(
    danish: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("press", "--from", "public", "--lang", "da", "--name", "Presse")
    done = new(danish, capsys, "audience", *words)

    assert done.code == 0
    text = (danish / DANISH).read_text("utf-8")
    assert text[text.index("{% block title") :] == (
        "{% block title %}\n# Ansøgninger på nettet\n{% endblock %}\n\n"
        "{% block question %}\nSkriv her, hvad I har undersøgt, og hvad svaret bygger på.\n"
        "{% endblock %}\n\n"
        "{# answer: the other edition also tells havneby.one-way-in #}\n"
        '{% block answer %}\n!!! summary "Kort sagt"\n\n'
        '    - {{ statement("havneby.web-share") }}\n{% endblock %}\n'
    )
    assert "af ansøgningerne kom på nettet" in told(danish, "channels/press.da")


def before(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(root).items() if not name.startswith(".cache")}


def refused() -> Iterator[tuple[str, list[str], int, str]]:
    yield (
        "a name that exists",
        ["audience", "council", "--from", "public"],
        1,
        (
            "templates/audiences/council.yaml: this file exists already\n"
            "  hint: choose another name, or delete it\n"
        ),
    )
    yield (
        "an audience that nothing is written for",
        ["audience", "press", "--from", "council"],
        1,
        (
            "templates/audiences/council.yaml:1:1: no brief is written for 'council'\n"
            "  hint: start from an audience that a brief names\n"
        ),
    )
    yield (
        "a name that can't be",
        ["audience", "Press office", "--from", "public"],
        1,
        (
            "templates/audiences/Press office.yaml: 'Press office' can't be the id of an audience\n"
            "  hint: small letters, digits and hyphens; not themes, shared or audiences\n"
        ),
    )
    yield (
        "an unknown audience to start from",
        ["audience", "press", "--from", "publik"],
        2,
        "--from: 'publik' is unknown\n  hint: did you mean 'public'?\n",
    )
    yield (
        "an unknown language",
        ["audience", "press", "--from", "public", "--lang", "dk"],
        2,
        "--lang: 'dk' is unknown\n  hint: known: da, en, nb, nn\n",
    )
    yield (
        "a brief without texts in the language",
        ["audience", "press", "--from", "public", "--lang", "da"],
        1,
        (
            "templates/channels/brief.yaml:1:8: 'title' of brief 'channels' has no 'da' text\n"
            "  hint: add 'da: …'\n"
            "templates/channels/brief.yaml:2:7: 'from' of brief 'channels' has no 'da' text\n"
            "  hint: add 'da: …'\n"
        ),
    )
    yield (
        "a brief that exists",
        ["brief", "channels"],
        1,
        (
            "templates/channels/brief.yaml: this file exists already\n"
            "  hint: choose another name, or delete it\n"
            "templates/channels/public.nb.md.j2: this file exists already\n"
            "  hint: choose another name, or delete it\n"
            "templates/channels/public.en.md.j2: this file exists already\n"
            "  hint: choose another name, or delete it\n"
        ),
    )
    yield (
        "a brief with a reserved name",
        ["brief", "themes"],
        1,
        (
            "templates/themes: 'themes' can't be the id of a brief\n"
            "  hint: small letters, digits and hyphens; not themes, shared or audiences\n"
        ),
    )


REFUSED = {name: case for name, *case in refused()}


@pytest.mark.parametrize(("words", "code", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_made_leaves_the_workspace_as_it_was(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    message: str,
) -> None:
    was = before(root)

    try:
        done = new(root, capsys, *words)
    except SystemExit as stopped:
        done = Told(int(str(stopped.code)), *capsys.readouterr())

    assert done == Told(code, "", message)
    assert before(root) == was


# ---------------------------------------------------------------- a brief


def test_a_new_brief_has_a_base_and_a_file_an_audience_and_builds(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("ferries", "--title", "The ferries", "--audience", "council", "--lang", "en")

    done = new(root, capsys, "brief", *words)

    folder = "templates/ferries"
    assert done == Told(
        0,
        f"{folder}/brief.yaml\n{folder}/base.en.md.j2\n{folder}/council.en.md.j2\n",
        "next: kildefast build --brief ferries\n",
    )
    said = told(root, "ferries/council.en")
    assert [line for line in said.splitlines() if line in ("The ferries", "What is uncertain")] == [
        "The ferries",
        "What is uncertain",
    ]


# ---------------------------------------------------------------- a workspace


@pytest.mark.parametrize("languages", [(), ("da",), ("nn", "en")])
def test_a_new_workspace_is_without_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], languages: tuple[str, ...]
) -> None:
    folder = tmp_path / "new" / "briefs"
    options = [word for code in languages for word in ("--lang", code)]

    done = run(tmp_path, capsys, "new", "workspace", str(folder), *options)
    checked = run(folder, capsys, "check")

    codes = languages or ("nb", "en")
    assert done.code == 0
    assert (checked.code, checked.err) == (
        0,
        f"{2 * len(codes)} editions and 3 facts without fault\n",
    )
    assert [file for file in folder.rglob("*.py") if ".cache" not in file.parts] == []


def test_a_folder_that_cannot_be_made_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    was = before(root)

    done = run(root, capsys, "new", "workspace", str(root / "facts/havneby.yaml/briefs"))

    file = root / "facts/havneby.yaml/briefs/templates/applications/brief.yaml"
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{file.relative_to(root)}: can't be written: not a directory\n")
    assert before(root) == was


def test_a_folder_that_holds_something_is_left_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    was = before(root)

    done = run(root, capsys, "new", "workspace", str(root))

    what = "this is no empty folder\n  hint: name a folder that isn't there yet\n"
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith(what)
    assert before(root) == was
