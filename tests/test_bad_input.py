"""What a person is told about wrong facts and settings, and that earlier outputs stay as they are."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import (
    AUDIENCE,
    BRIEF,
    EN,
    EN_HEAD,
    NB,
    NB_TEXT,
    PUBLIC,
    STORE,
    Told,
    changed,
    contents,
    english,
    make_workspace,
    run,
    write,
)

FACT = """\
facts:
  havneby.letters:
    theme: channels
    place: havneby
    statement: {nb: "Det kom {figure} brev.", en: "{figure} letters came."}
    figure: {value: 3, measure: head-count, among: applications}
    as_of: 2030
    said_by: union
    standing: reported
    source: havneby-2031
    at: {paragraph: 12, printed: tre brev}
    recorded: 2031-04-02
"""
A_DATE = "a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11"
A_NUMBER = "a number, 'n of m', '28 million' or a range [10, 15]"
WORDS_HINT = "write {figure} or {as_of}, make it a fact of its own, or a name in names.yaml"

WRONG_FACTS = {
    "no source": (
        ("    source: havneby-2031\n", ""),
        "facts/more.yaml:3:5: fact 'havneby.letters' has no 'source'\n  hint: add 'source: …'\n",
    ),
    "a figure without its population": (
        (", among: applications", ""),
        (
            "facts/more.yaml:6:13: the figure of fact 'havneby.letters' has no population\n"
            "  hint: say among whom: 'among: POPULATION', declared under 'populations:'\n"
        ),
    ),
    "a figure without its value": (
        ("value: 3, ", ""),
        (
            "facts/more.yaml:6:13: the figure of fact 'havneby.letters' has no 'value'\n"
            f"  hint: {A_NUMBER}\n"
        ),
    ),
    "a value in words": (
        ("value: 3", "value: three"),
        (
            "facts/more.yaml:6:14: 'value' of the figure of fact 'havneby.letters' is 'three'\n"
            f"  hint: write {A_NUMBER}\n"
        ),
    ),
    "a part greater than the whole": (
        ("value: 3", "value: 9 of 8"),
        (
            "facts/more.yaml:6:14: 'value' of the figure of fact 'havneby.letters' is '9 of 8'\n"
            f"  hint: write {A_NUMBER}\n"
        ),
    ),
    "a range that falls": (
        ("value: 3", "value: [3, 2]"),
        (
            "facts/more.yaml:6:21: range of the figure of fact 'havneby.letters' doesn't rise\n"
            "  hint: write the lower first\n"
        ),
    ),
    "a month that no year has": (
        ("as_of: 2030", "as_of: 2020-13-01"),
        (
            "facts/more.yaml:7:5: 'as_of' of fact 'havneby.letters' is '2020-13-01'\n"
            f"  hint: write {A_DATE}\n"
        ),
    ),
    "a day that the month doesn't have": (
        ("as_of: 2030", "as_of: 2020-02-30"),
        (
            "facts/more.yaml:7:5: 'as_of' of fact 'havneby.letters' is '2020-02-30'\n"
            f"  hint: write {A_DATE}\n"
        ),
    ),
    "a season of no year": (
        ("as_of: 2030", "as_of: XXXX-21"),
        (
            "facts/more.yaml:7:5: 'as_of' of fact 'havneby.letters' is 'XXXX-21'\n"
            f"  hint: write {A_DATE}\n"
        ),
    ),
    "no date": (
        ("    as_of: 2030\n", ""),
        (
            "facts/more.yaml:3:5: fact 'havneby.letters' has no 'as_of'\n"
            "  hint: add 'as_of: 2016', or 'as_of: not stated'\n"
        ),
    ),
    "a date inferred for an unknown reason": (
        ("as_of: 2030", "as_of: {date: 2030, inferred: year-befor}"),
        (
            "facts/more.yaml:7:25: unknown inference 'year-befor'\n"
            "  hint: did you mean 'year-before'?\n"
        ),
    ),
    "a wrong day of recording": (
        ("recorded: 2031-04-02", "recorded: 2031-04-31"),
        (
            "facts/more.yaml:12:5: 'recorded' of fact 'havneby.letters' is '2031-04-31'\n"
            "  hint: write a date such as 2031-04-02\n"
        ),
    ),
    "a key spelled wrong": (
        ("recorded: 2031-04-02", "recorde: 2031-04-02"),
        (
            "facts/more.yaml:3:5: fact 'havneby.letters' has no 'recorded'\n"
            "  hint: add the day it entered the store: 'recorded: 2031-04-02'\n"
            "facts/more.yaml:12:5: unknown key 'recorde' in fact 'havneby.letters'\n"
            "  hint: did you mean 'recorded'?\n"
        ),
    ),
    "no paragraph": (
        ("paragraph: 12, ", ""),
        (
            "facts/more.yaml:11:9: 'at' of fact 'havneby.letters' has no 'paragraph'\n"
            "  hint: add 'paragraph: …'\n"
        ),
    ),
    "paragraph zero": (
        ("paragraph: 12", "paragraph: 0"),
        (
            "facts/more.yaml:11:10: 'paragraph' of 'at' of fact 'havneby.letters' is '0'\n"
            "  hint: write a paragraph number from 1\n"
        ),
    ),
    "an unknown theme": (
        ("theme: channels", "theme: chanels"),
        "facts/more.yaml:3:5: unknown theme 'chanels'\n  hint: did you mean 'channels'?\n",
    ),
    "an unknown place": (
        ("place: havneby", "place: oslo"),
        "facts/more.yaml:4:5: unknown place 'oslo'\n  hint: known: denmark, havneby, norway\n",
    ),
    "an unknown measure": (
        ("measure: head-count", "measure: head-cont"),
        "facts/more.yaml:6:24: unknown measure 'head-cont'\n  hint: did you mean 'head-count'?\n",
    ),
    "an unknown population": (
        ("among: applications", "among: aplications"),
        (
            "facts/more.yaml:6:45: unknown population 'aplications'\n"
            "  hint: did you mean 'applications'?\n"
        ),
    ),
    "an unknown speaker": (
        ("said_by: union", "said_by: unions"),
        "facts/more.yaml:8:5: unknown speaker 'unions'\n  hint: did you mean 'union'?\n",
    ),
    "an unknown source": (
        ("source: havneby-2031", "source: havneby-2013"),
        (
            "facts/more.yaml:10:5: unknown source 'havneby-2013'\n"
            "  hint: did you mean 'havneby-2031'?\n"
        ),
    ),
    "an unknown standing": (
        ("standing: reported", "standing: repoted"),
        (
            "facts/more.yaml:9:5: 'standing' of fact 'havneby.letters' is 'repoted'\n"
            "  hint: one of: established, reported, opinion, forecast, plan, wish, hearsay\n"
        ),
    ),
    "an unknown fact that it contradicts": (
        ("    as_of: 2030\n", "    as_of: 2030\n    contradicts: [havneby.staf]\n"),
        (
            "facts/more.yaml:8:19: unknown fact 'havneby.staf'\n"
            "  hint: did you mean 'havneby.staff'?\n"
        ),
    ),
    "a list with more than words in it": (
        ("    as_of: 2030\n", "    as_of: 2030\n    contradicts: [[havneby.staff]]\n"),
        "facts/more.yaml:8:18: 'contradicts' of fact 'havneby.letters' must be a list: [a, b]\n",
    ),
    "a missing translation": (
        (', en: "{figure} letters came."', ""),
        (
            "facts/more.yaml:5:16: 'statement' of fact 'havneby.letters' has no 'en' text\n"
            "  hint: add 'en: …'\n"
        ),
    ),
    "a digit in the statement": (
        ("{figure} letters", "On 3 days {figure} letters"),
        (
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'en' has a literal '3'\n"
            f"  hint: {WORDS_HINT}\n"
        ),
    ),
    "the value as a word in the statement": (
        ("{figure} brev", "{figure} brev, altså tre,"),
        (
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'nb' writes its value as 'tre'\n"
            "  hint: write {figure}\n"
        ),
    ),
    "a statement without its figure": (
        ("{figure} letters", "Letters"),
        (
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'en' doesn't print its figure\n"
            "  hint: write {figure} where it goes\n"
        ),
    ),
    "a statement with a figure that there isn't": (
        ("    figure: {value: 3, measure: head-count, among: applications}\n", ""),
        (
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'en' has {figure}, but the fact has none\n"
            "  hint: add 'figure: …'\n"
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'nb' has {figure}, but the fact has none\n"
            "  hint: add 'figure: …'\n"
        ),
    ),
    "a placeholder that nothing fills": (
        ("{figure} letters", "{figure} letters from {who}"),
        (
            "facts/more.yaml:5:5: statement of fact 'havneby.letters' in 'en' holds '{who}'\n"
            "  hint: only {figure} and {as_of} are filled in\n"
        ),
    ),
    "an id in capitals": (
        ("  havneby.letters:", "  Havneby.letters:"),
        (
            "facts/more.yaml:2:3: 'Havneby.letters' can't be an id\n"
            "  hint: small letters, digits and hyphens, at most 48 characters\n"
        ),
    ),
    "an id of another file": (
        ("  havneby.letters:", "  havneby.web-share:"),
        (
            "facts/more.yaml:2:3: 'havneby.web-share' is declared twice in facts\n"
            "  hint: the first is at havneby.yaml:29; rename or delete one\n"
        ),
    ),
    "an id of the same file": (
        ("    theme: channels\n", "    theme: channels\n    theme: staff\n"),
        (
            "facts/more.yaml:4:5: key 'theme' stands twice\n"
            "  hint: the first is on line 3; rename or delete one\n"
        ),
    ),
    "an unknown section": (
        ("facts:\n", "fact:\n"),
        "facts/more.yaml:1:1: unknown key 'fact' in the file\n  hint: did you mean 'facts'?\n",
    ),
    "a tab that indents": (
        ("    theme: channels", "\ttheme: channels"),
        "facts/more.yaml:3:1: a tab is not allowed\n  hint: indent with spaces\n",
    ),
    "a tab after a key": (
        ("theme: channels", "theme:\tchannels"),
        "facts/more.yaml:3:11: a tab is not allowed\n  hint: indent with spaces\n",
    ),
    "an alias": (
        ("theme: channels", "theme: *theme"),
        "facts/more.yaml:3:12: alias '*theme' is not allowed\n  hint: write the value out again\n",
    ),
    "an anchor": (
        ("theme: channels", "theme: &theme channels"),
        (
            "facts/more.yaml:3:12: anchor '&theme' is not allowed\n"
            "  hint: write the value out where used\n"
        ),
    ),
    "a tag": (
        ("theme: channels", "theme: !!python/name:os.system channels"),
        (
            "facts/more.yaml:3:12: tag 'tag:yaml.org,2002:python/name:os.system' is not allowed\n"
            "  hint: leave it out; values are typed by key\n"
        ),
    ),
    "nesting that would overrun the parser": (
        ("theme: channels", f"theme: {'[' * 200_000}"),
        "facts/more.yaml:3:29: more than 20 levels is not allowed\n  hint: flatten the structure\n",
    ),
    "more than a file may hold": (
        ("theme: channels", f"theme: {'x' * 4_000_000}"),
        "facts/more.yaml: is larger than 4000000 bytes\n  hint: split it into several files\n",
    ),
    "a text that needs quotes": (
        ("theme: channels", "theme: channels: web"),
        (
            "facts/more.yaml:3:20: not valid YAML: mapping values are not allowed in this context\n"
            "  hint: quote a text that holds ': ' or ' #', or that begins with a sign\n"
        ),
    ),
    "a control character": (
        ("theme: channels", "theme: \x00channels"),
        "facts/more.yaml:3:12: character #x0000 is not allowed\n  hint: delete it\n",
    ),
    "a list at the top": (
        ("facts:\n", "- facts:\n"),
        "facts/more.yaml:1:1: expected 'key: value' pairs at the top level\n",
    ),
    "a list where entries belong": (
        (FACT, "facts: [a, b]\n"),
        "facts/more.yaml:1:8: 'facts' of the file must hold 'id: …' entries\n",
    ),
}

WRONG_SETTINGS = {
    "an unknown audience": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[public]", "[publik]")},
        (
            "templates/channels/brief.yaml:4:1: unknown audience 'publik'\n"
            "  hint: did you mean 'public'?\n"
        ),
    ),
    "no audience": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[public]", "[]")},
        "templates/channels/brief.yaml:4:1: no audiences\n  hint: add 'audiences: [name, …]'\n",
    ),
    "an unknown key of a brief": (
        {"templates/channels/brief.yaml": f"{BRIEF}adience: public\n"},
        (
            "templates/channels/brief.yaml:7:1: unknown key 'adience' in brief 'channels'\n"
            "  hint: did you mean 'audiences'?\n"
        ),
    ),
    "an unknown format": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[pdf, docx,", "[pdf, doc,")},
        (
            "templates/channels/brief.yaml:6:1: unknown word 'doc' in 'formats'\n"
            "  hint: did you mean 'docx'?\n"
        ),
    ),
    "an unknown language": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[nb, en]", "[nb, en, fr]")},
        (
            "templates/channels/brief.yaml:5:1: unknown word 'fr' in 'languages'\n"
            "  hint: known: da, en, nb, nn\n"
        ),
    ),
    "no language": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[nb, en]", "[]")},
        (
            "templates/channels/brief.yaml:5:1: brief 'channels' has no 'languages'\n"
            "  hint: add 'languages: [nb, nn, da, en]'\n"
        ),
    ),
    "no format": (
        {"templates/channels/brief.yaml": changed(BRIEF, "[pdf, docx, html]", "[]")},
        (
            "templates/channels/brief.yaml:6:1: brief 'channels' has no 'formats'\n"
            "  hint: add 'formats: [html, pdf, docx]'\n"
        ),
    ),
    "an audience, a language and a format twice": (
        {
            "templates/channels/brief.yaml": changed(BRIEF, "[public]", "[public, public]")
            .replace("[nb, en]", "[nb, en, nb]")
            .replace("[pdf, docx,", "[pdf, pdf,")
        },
        (
            "templates/channels/brief.yaml:4:1: 'public' stands twice in 'audiences' of brief "
            "'channels'\n  hint: delete one\n"
            "templates/channels/brief.yaml:5:1: 'nb' stands twice in 'languages' of brief "
            "'channels'\n  hint: delete one\n"
            "templates/channels/brief.yaml:6:1: 'pdf' stands twice in 'formats' of brief "
            "'channels'\n  hint: delete one\n"
        ),
    ),
    "an audience that nobody writes for, without a name": (
        {"templates/audiences/press.yaml": PUBLIC.replace("name:", "# name:")},
        (
            "templates/audiences/press.yaml:2:1: audience 'press' has no 'name'\n"
            "  hint: add 'name: {en: …}'\n"
        ),
    ),
    "an audience's file that is no YAML": (
        {AUDIENCE: changed(PUBLIC, "theme: default", "theme: default: wide")},
        (
            "templates/audiences/public.yaml:5:15: not valid YAML: mapping values are not allowed "
            "in this context\n"
            "  hint: quote a text that holds ': ' or ' #', or that begins with a sign\n"
        ),
    ),
    "a brief's wrong date": (
        {"templates/channels/brief.yaml": changed(BRIEF, "2031-04-10", "10.04.2031")},
        (
            "templates/channels/brief.yaml:3:1: 'date' of brief 'channels' is '10.04.2031'\n"
            "  hint: write a date such as 2031-04-02\n"
        ),
    ),
    "a brief's title in one language": (
        {"templates/channels/brief.yaml": changed(BRIEF, ", en: Applications on the web", "")},
        (
            "templates/channels/brief.yaml:1:8: 'title' of brief 'channels' has no 'en' text\n"
            "  hint: add 'en: …'\n"
        ),
    ),
    "an unknown look": (
        {AUDIENCE: changed(PUBLIC, "theme: default\nlayout: memo\n", "theme: defalt\n")},
        (
            "templates/audiences/public.yaml:1:1: audience 'public' has no 'layout'\n"
            "  hint: one of: memo, report, plain\n"
            "templates/audiences/public.yaml:5:1: unknown theme 'defalt'\n"
            "  hint: did you mean 'default'?\n"
        ),
    ),
    "an unknown key of an audience": (
        {AUDIENCE: changed(PUBLIC, "budget: {pages: 2}", "pages: 2")},
        (
            "templates/audiences/public.yaml:7:1: unknown key 'pages' in audience 'public'\n"
            "  hint: known: access, budget, citations, expired, forbid, formats, jargon, kind …\n"
        ),
    ),
    "a limit in words": (
        {AUDIENCE: changed(PUBLIC, "{pages: 2}", "{pages: two}")},
        (
            "templates/audiences/public.yaml:7:10: 'pages' of the budget of audience 'public' is "
            "'two'\n  hint: write a whole number above 0\n"
        ),
    ),
    "languages of an audience that are no list": (
        {AUDIENCE: f"{PUBLIC}languages: da\n"},
        (
            "templates/audiences/public.yaml:8:12: 'languages' of audience 'public' must be a list: "
            "[a, b]\n"
        ),
    ),
    "an unknown language of an audience": (
        {AUDIENCE: f"{PUBLIC}languages: [dk]\n"},
        (
            "templates/audiences/public.yaml:8:1: unknown word 'dk' in 'languages'\n"
            "  hint: known: da, en, nb, nn\n"
        ),
    ),
    "a file with another ending": (
        {"templates/audiences/press.yml": PUBLIC, "facts/more.yml": "facts: {}\n"},
        (
            "facts/more.yml: 'more.yml' ends in '.yml': it is not read\n"
            "  hint: rename it to 'more.yaml'\n"
            "templates/audiences/press.yml: 'press.yml' ends in '.yml': it is not read\n"
            "  hint: rename it to 'press.yaml'\n"
        ),
    ),
    "a reserved id": (
        {"templates/audiences/themes.yaml": PUBLIC},
        (
            "templates/audiences/themes.yaml:1:1: 'themes' can't be the id of an audience\n"
            "  hint: small letters, digits and hyphens; not themes, shared or audiences\n"
        ),
    ),
    "names that are no list": (
        {"templates/names.yaml": "names: Skjema 2.0\n"},
        "templates/names.yaml:1:8: 'names' of the names with digits must be a list: [a, b]\n",
    ),
    "a source whose author is no list": (
        {
            "facts/havneby.yaml": changed(
                STORE, "    type: report\n", "    type: report\n    author: Ida Holm\n"
            )
        },
        (
            "facts/havneby.yaml:22:13: 'author' of source 'havneby-2031' must be a list\n"
            "  hint: write 'author: [{family: …, given: …}]'\n"
        ),
    ),
    "a source without its interest": (
        {
            "facts/havneby.yaml": changed(
                STORE,
                "    interest: {nb: kommunen vil vise framgang, en: the municipality wants to show progress}\n",
                "",
            )
        },
        (
            "facts/havneby.yaml:21:5: source 'havneby-2031' has no 'interest'\n"
            "  hint: add 'interest: {nb: …, en: …}'\n"
        ),
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its outputs."""
    workspace = make_workspace(tmp_path_factory.mktemp("built"))
    done = subprocess.run(
        [sys.executable, "-m", "reports.cli", "build", "--workspace", str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return workspace


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace, for one test to break."""
    return Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize(("edit", "message"), WRONG_FACTS.values(), ids=WRONG_FACTS.keys())
def test_a_wrong_fact_stops_the_build_and_says_where(
    workspace: Path, capsys: pytest.CaptureFixture[str], edit: tuple[str, str], message: str
) -> None:
    before = contents(workspace / "out")
    write(workspace / "facts/more.yaml", changed(FACT, *edit))

    told = run(workspace, capsys, "build")

    assert told == Told(1, "", message)
    assert contents(workspace / "out") == before


@pytest.mark.parametrize(("files", "message"), WRONG_SETTINGS.values(), ids=WRONG_SETTINGS.keys())
def test_a_wrong_setting_stops_the_build_and_says_where(
    workspace: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], message: str
) -> None:
    before = contents(workspace / "out")
    for name, text in files.items():
        write(workspace / name, text)

    told = run(workspace, capsys, "build")

    assert told == Told(1, "", message)
    assert contents(workspace / "out") == before


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("facts/more.yaml", 2),
        ("templates/names.yaml", 2),
        ("templates/workspace.yaml", 2),
        ("templates/themes/default/tokens.yaml", 2),
        (EN, 2),
        (NB, 2),
    ],
)
def test_a_file_that_is_not_utf_8_is_named_with_the_line(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str, line: int
) -> None:
    before = contents(workspace / "out")
    (workspace / name).parent.mkdir(parents=True, exist_ok=True)
    (workspace / name).write_bytes("# A comment\n# blåbær\n".encode("latin-1"))

    told = run(workspace, capsys, "build")

    assert told == Told(
        1,
        "",
        f"{name}:{line}: byte 0xe5 is not UTF-8\n  hint: save the file as UTF-8 in your editor\n",
    )
    assert contents(workspace / "out") == before


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "facts/havneby.yaml",
            (
                "facts: no fact files found\n"
                "  hint: put at least one .yaml file with sources and facts there\n"
            ),
        ),
        (
            AUDIENCE,
            (
                "templates/channels/brief.yaml:4:1: unknown audience 'public'\n"
                "  hint: known: council\n"
            ),
        ),
        (
            "templates/channels/brief.yaml",
            (
                "templates: no brief found\n"
                "  hint: a brief is a folder with a brief.yaml and its templates\n"
            ),
        ),
        (
            NB,
            (
                "templates/channels/public.nb.md.j2: template is missing\n"
                "  hint: the edition for 'public' in 'nb' is written there\n"
            ),
        ),
    ],
)
def test_a_missing_file_stops_the_build(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    before = contents(workspace / "out")
    (workspace / name).unlink()

    told = run(workspace, capsys, "build")

    assert told == Told(1, "", message)
    assert contents(workspace / "out") == before


def test_problems_of_all_fact_and_settings_files_are_told_at_once_in_order(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(workspace / "out")
    write(workspace / "facts/b.yaml", changed(FACT, "place: havneby", "place: havnby"))
    write(workspace / "facts/a.yaml", "places:\n  oslo: {name: {nb: Oslo}}\n")
    write(workspace / AUDIENCE, changed(PUBLIC, "{pages: 2}", "{pages: x}"))
    write(workspace / "templates/workspace.yaml", "organization: Havneby kommune\n")

    told = run(workspace, capsys, "build")

    assert told == Told(
        1,
        "",
        "facts/a.yaml:2:16: 'name' of place 'oslo' has no 'en' text\n"
        "  hint: add 'en: …'\n"
        "facts/b.yaml:4:5: unknown place 'havnby'\n"
        "  hint: did you mean 'havneby'?\n"
        "templates/audiences/public.yaml:7:10: 'pages' of the budget of audience 'public' is 'x'\n"
        "  hint: write a whole number above 0\n"
        "templates/workspace.yaml:1:1: the workspace's settings has no 'organisation'\n"
        "  hint: add 'organisation: {nb: …, en: …}'\n"
        "templates/workspace.yaml:1:1: unknown key 'organization' in the workspace's settings\n"
        "  hint: did you mean 'organisation'?\n",
    )
    assert contents(workspace / "out") == before


def test_a_fact_file_that_can_not_be_read_makes_no_word_of_others_unknown(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(workspace / "facts/more.yaml", FACT)
    write(workspace / "facts/havneby.yaml", changed(STORE, "themes:\n", "themes: &all\n"))

    told = run(workspace, capsys, "build")

    assert told == Told(
        1,
        "",
        "facts/havneby.yaml:1:9: anchor '&all' is not allowed\n"
        "  hint: write the value out where used\n",
    )


def test_problems_of_all_templates_are_told_at_once_in_order(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(workspace / "out")
    write(workspace / EN, f"{EN_HEAD}\nIn 2030.\n\n{{{{ cite('havneby.staf') }}}}\n")
    write(workspace / NB, f"{NB_TEXT}\n#### For dypt\n")

    told = run(workspace, capsys, "build")

    assert told == Told(
        1,
        "",
        "templates/channels/public.en.md.j2:5: the number '2030' has no source\n"
        "  hint: print it with fact(…), or plain('…', 'why') if it is no fact\n"
        "templates/channels/public.en.md.j2:7: unknown fact 'havneby.staf'\n"
        "  hint: did you mean 'havneby.staff'?\n"
        "templates/channels/public.nb.md.j2:5: a heading below level 3\n"
        "  hint: use at most ###\n",
    )
    assert contents(workspace / "out") == before


def test_outputs_can_not_be_written_below_a_file(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(workspace / "letter", "a file\n")

    told = run(workspace, capsys, "build", "--out", str(workspace / "letter/out"))

    assert told == Told(
        1,
        "",
        "letter/out: can't write here: not a directory\n"
        "  hint: choose another folder with --out, or change its permissions\n",
    )


def test_outputs_can_not_be_written_where_the_system_takes_no_files(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(workspace / "out")

    told = run(workspace, capsys, "build", "--out", "/proc/out")  # closed to root as well

    assert told == Told(
        1,
        "",
        "/proc/out: can't write here: no such file or directory\n"
        "  hint: choose another folder with --out, or change its permissions\n",
    )
    assert contents(workspace / "out") == before


def test_an_output_that_can_not_be_replaced_leaves_nothing_half_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = workspace / "out/channels/public.en.html"
    page.unlink()
    (page / "kept").mkdir(parents=True)
    names = {*(workspace / "out").rglob("*")}

    told = run(workspace, capsys, "build", "--lang", "en")

    assert told.code == 1
    assert told.err.splitlines()[:3] == [
        "[1/1] channels/public.en",
        "out/channels/public.en.html: can't be written: is a directory",
        "  hint: close the program that holds it open, or choose another folder with --out",
    ]
    assert {*(workspace / "out").rglob("*")} == names


def test_a_letter_that_no_page_can_be_set_in_is_told_at_its_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(workspace / "out")
    write(
        workspace / EN,
        english("The town answers \N{GRINNING FACE} in \N{HIRAGANA LETTER A}.\n")[EN],
    )

    told = run(workspace, capsys, "build", "--lang", "en")

    after = contents(workspace / "out")
    assert told.code == 1
    assert told.err.splitlines()[1:3] == [
        f"{EN}:5: the fonts of the theme lack U+3042 (hiragana letter a), U+1F600 (grinning face)",
        "  hint: write it in other letters, or take fonts that have them",
    ]
    assert after["channels/public.en.pdf"] == before["channels/public.en.pdf"]
    assert after["channels/public.en.html"] != before["channels/public.en.html"]


def test_a_body_over_its_page_limit_keeps_the_old_pdf_and_writes_the_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(workspace / "out")
    paragraph = "Parents apply on the web, and the town answers them there. " * 6
    write(workspace / EN, english(f"{paragraph}\n\n" * 30)[EN])

    told = run(workspace, capsys, "build", "--lang", "en")

    after = contents(workspace / "out")
    pages = told.err.partition("the body takes ")[2].partition(" pages")[0]
    assert told.code == 1
    assert told.err.startswith(
        "[1/1] channels/public.en\n"
        f"templates/channels/public.en.md.j2: the body takes {pages} pages; 'public' allows 2\n"
        "  hint: cut the text (notes, annex and sources are not counted); "
        "see .cache/too-long/channels/public.en.pdf\n"
        f"2 outputs in {workspace / 'out'} ("
    )
    assert int(pages) > 2
    assert (workspace / ".cache/too-long/channels/public.en.pdf").read_bytes()[:5] == b"%PDF-"
    assert {name for name in after if after[name] != before[name]} == {
        "channels/public.en.docx",
        "channels/public.en.html",
        "index.html",
        "manifest.json",
    }


def test_a_person_who_runs_the_program_sees_the_problem_and_no_traceback(workspace: Path) -> None:
    write(workspace / EN, "{{ }")

    done = subprocess.run(
        [sys.executable, "-m", "reports.cli", "check", "--workspace", str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        (
            "templates/channels/public.en.md.j2:1: unexpected '}'\n"
            "  hint: a call stands in {{ … }}, with two braces at each end\n"
        ),
    )


def test_a_workspace_named_by_a_relative_path_is_told_of_in_the_same_words(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace / EN, english("In 2030.")[EN])
    monkeypatch.chdir(workspace.parent)

    told = run(Path(workspace.name), capsys, "check")

    assert told == Told(
        1,
        "",
        "templates/channels/public.en.md.j2:5: the number '2030' has no source\n"
        "  hint: print it with fact(…), or plain('…', 'why') if it is no fact\n",
    )
