"""New audiences, briefs and workspaces: what is made builds at once, or nothing is made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from workspaces import (
    AUDIENCE,
    BRIEF,
    EN,
    PUBLIC,
    REPOSITORY,
    STORE,
    Told,
    changed,
    contents,
    make_workspace,
    run,
)

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
    "nb: Søknader på nett, ": "nb: Søknader på nett, da: Ansøgninger på nettet 2031, ",
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
        '{% block title %}\n# Ansøgninger på nettet {{ plain("2031", "part of the title") }}\n{% endblock %}\n\n'
        "{% block question %}\nSkriv her, hvad I har set på, og hvad svaret bygger på.\n"
        "{% endblock %}\n\n"
        "{# answer: the other edition also tells havneby.one-way-in #}\n"
        '{% block answer %}\n!!! summary "Kort sagt"\n\n'
        '    - {{ statement("havneby.web-share") }}\n{% endblock %}\n'
    )
    assert "af ansøgningerne kom på nettet" in told(danish, "channels/press.da")


def test_where_the_store_tells_nothing_in_the_language_a_draft_says_so_and_prints_no_ids(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / BRIEF_FILE).write_text(with_all(BRIEF, DA), "utf-8")
    (root / AUDIENCE).write_text(f"{PUBLIC}require: [conclusion, key_figures]\n", "utf-8")
    (root / EN.replace(".en.", ".nb.")).write_text(SECTIONS, "utf-8")
    (root / EN).write_text(SECTIONS, "utf-8")

    done = new(root, capsys, "audience", "press", "--from", "public", "--lang", "da")
    checked = run(root, capsys, "check", "--audience", "press")

    assert (done.code, checked.code) == (0, 0)
    assert done.err == (
        f"{DANISH}: warning: none of the facts that public.nb.md.j2 tells can be told in 'da' yet\n"
        "  hint: print one, and the build names each text to add to the fact store\n"
        "next: kildefast check --audience press\n"
    )
    text = (root / DANISH).read_text("utf-8")
    assert "the fact store lacks their texts" in text.replace("\n  ", " ")
    assert text[text.index("{% block question") :] == (
        "{% block question %}\nSkriv her, hvad I har set på, og hvad svaret bygger på.\n"
        "{% endblock %}\n\n"
        "{# basis: the other edition has “Grunnlaget” and tells havneby.web-share\n"
        "   {% block basis %} … {% endblock %} #}\n\n"
        "{# key_figures: the other edition has “Tallene” and tells havneby.staff #}\n"
        "{% block key_figures %}\n## Overskrift\n\nSkriv her.\n{% endblock %}\n\n"
        "{# advice: the other edition has “Råd”\n   {% block advice %} … {% endblock %} #}\n\n"
        "{% block conclusion %}\n## Overskrift\n\nSkriv her.\n{% endblock %}\n"
    )


SECTIONS = """\
{% block title %}
# Søknader
{% endblock %}

{% block contents %}
{{ contents() }}
{% endblock %}

{% block basis %}
## Grunnlaget

Av nettsøknadene kom {{ fact("havneby.web-share") }}.
{% endblock %}

{% block key_figures %}
## Tallene

{{ statement("havneby.staff") }}
{% endblock %}

{% block conclusion %}
{% block advice %}
## Råd

Vi vil ha ett sted.
{% endblock %}
{% endblock %}
"""


def test_the_blocks_of_an_outer_block_that_is_required_stay_within_it(
    danish: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (danish / AUDIENCE).write_text(f"{PUBLIC}require: [evidence]\n", "utf-8")
    text = (
        "# Søknader\n\n{% block evidence %}\n{% block web %}\n"
        '{{ statement("havneby.web-share") }}\n{% endblock %}\n{% block paper %}\n'
        '{{ statement("havneby.paper-share") }}\n{% endblock %}\n{% endblock %}\n'
    )
    for code in ("nb", "en"):
        (danish / EN.replace(".en.", f".{code}.")).write_text(text, "utf-8")

    done = new(danish, capsys, "audience", "press", "--from", "public", "--lang", "da")

    assert (done.code, done.err) == (0, "next: kildefast check --audience press\n")
    draft = (danish / DANISH).read_text("utf-8")
    assert draft[draft.index("{% block evidence") :] == (
        "{% block evidence %}\n{# web #}\n{% block web %}\n## Kanaler\n\n"
        '- {{ statement("havneby.web-share") }}\n{% endblock %}\n\n'
        "{# paper: the other edition tells havneby.paper-share\n"
        "   {% block paper %} … {% endblock %} #}\n{% endblock evidence %}\n"
    )


def before(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(root).items() if not name.startswith(".cache")}


def refused() -> Iterator[tuple[str, list[str], int, str]]:
    yield (
        "a name that exists",
        ["audience", "council", "--from", "public"],
        1,
        (
            "templates/audiences/council.yaml: an audience of this name exists already\n"
            "  hint: choose another name; to take it away, delete this file\n"
        ),
    )
    yield (
        "a name that exists and is written for",
        ["audience", "public", "--from", "public"],
        1,
        (
            "templates/audiences/public.yaml: an audience of this name exists already\n"
            "  hint: choose another name; to take it away, delete this file, "
            "its templates (public.*.md.j2) and its name in templates/channels/brief.yaml\n"
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
            "templates/channels: a brief of this name exists already\n"
            "  hint: choose another name; to take this brief away, delete the folder\n"
        ),
    )
    yield (
        "a brief in a language that a reader's file and the store lack",
        ["brief", "ferries", "--audience", "council", "--lang", "da"],
        1,
        (
            "templates/audiences/council.yaml:1:1: 'council' has no 'da' text for name, kind and to\n"
            "  hint: add 'da: …' there, or leave --lang da out\n"
            "facts: 8 of 8 facts have no 'da' statement\n"
            "  hint: write 'languages: [da]' in the audience's file: then only what it prints needs "
            "one\n"
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

    nothing = "nothing was written:\n" if code == 1 else ""
    assert done == Told(code, "", nothing + message)
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


def test_a_title_with_a_year_in_it_builds_at_once(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = new(root, capsys, "brief", "ferries-2032", "--lang", "en", "--audience", "public")

    assert done.code == 0
    assert "Ferries 2032" in told(root, "ferries-2032/public.en").splitlines()


@pytest.fixture(scope="module")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("shipped")
    for folder in ("facts", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    return root


@pytest.mark.parametrize(
    "audience", ["", "digital-leads", "executives", "political-leadership", "public"]
)
def test_a_new_brief_keeps_every_contract_of_the_shipped_audiences(
    shipped_copy: Path, capsys: pytest.CaptureFixture[str], audience: str
) -> None:
    brief = f"kindergartens-{audience or 'all'}"
    options = ("--audience", audience) if audience else ()

    done = new(shipped_copy, capsys, "brief", brief, *options)

    assert (done.code, done.err) == (0, f"next: kildefast build --brief {brief}\n")
    base = (shipped_copy / f"templates/{brief}/base.en.md.j2").read_text("utf-8")
    assert ("{% block decision %}" in base) == (audience in ("", "political-leadership"))
    settings = (shipped_copy / f"templates/{brief}/brief.yaml").read_text("utf-8")
    assert 'from: {nb: "Politisk rådgiver", en: "Policy adviser"}\n' in settings


def test_a_block_that_an_audience_requires_by_a_name_of_its_own_has_a_heading_to_write_over(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / AUDIENCE).write_text(f"{PUBLIC}require: [contents, key_figures]\n", "utf-8")

    done = new(root, capsys, "brief", "ferries", "--audience", "public", "--lang", "nb")

    assert done.code == 0
    base = (root / "templates/ferries/base.nb.md.j2").read_text("utf-8")
    assert "{% block key_figures %}\n## Overskrift\n\nSkriv her.\n{% endblock %}\n" in base
    assert "{% block contents %}\n{{ contents() }}\n{% endblock %}\n" in base


DANES = """\
name: {da: Borgere}
kind: {da: Kort og enkelt}
to: {da: Alle}
access: public
theme: default
layout: plain
languages: [da]
"""


def test_a_brief_for_those_with_a_language_of_their_own_is_in_that_alone(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates/audiences/danes.yaml").write_text(DANES, "utf-8")

    done = new(root, capsys, "brief", "ferries", "--audience", "danes", "--title", "Færger")

    folder = "templates/ferries"
    assert (done.code, done.out) == (
        0,
        f"{folder}/brief.yaml\n{folder}/base.da.md.j2\n{folder}/danes.da.md.j2\n",
    )
    settings = (root / folder / "brief.yaml").read_text("utf-8")
    assert 'title: {da: "Færger"}\nfrom: {da: "Rådgiver"}\n' in settings
    assert "languages: [nb, en]  # for audiences that have none of their own\n" in settings
    assert "Usikkerhed" in told(root, "ferries/danes.da")


def test_readers_of_other_languages_are_told_of_or_left_out_where_nobody_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "templates/audiences/danes.yaml").write_text(DANES, "utf-8")

    named = new(root, capsys, "brief", "ferries", "--audience", "danes", "--lang", "en")
    unnamed = new(root, capsys, "brief", "ferries", "--lang", "en")

    assert named == Told(
        1,
        "",
        "nothing was written:\ntemplates/audiences/danes.yaml:7:1: 'danes' reads da, the brief is "
        "to be in en\n  hint: leave --lang out, or write --lang da\n",
    )
    assert unnamed.code == 0
    assert load_workspace(root).briefs["ferries"].audiences == ("council", "public")


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
    what = f"{file.relative_to(root)}: can't be written: not a directory\n"
    assert done.err.startswith(f"nothing was written:\n{what}")
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
