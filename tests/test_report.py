"""The report of a build, `index.html`: what was made, what changed, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Browser
from full_report import SUBJECTS, full_page
from lxml import html
from shipped import NAMES, Shipped
from test_html_judges import screens
from workspaces import (
    AUDIENCE,
    EN,
    PUBLIC,
    STORE,
    changed,
    english,
    make_workspace,
    run,
    write,
)

from reports.audiences import Format

S = "\N{NO-BREAK SPACE}"
HTML = ("build", "--format", "html", "--jobs", "1")


def page_of(root: Path) -> html.HtmlElement:
    return html.document_fromstring((root / "out/index.html").read_bytes())


def rows_of(page: html.HtmlElement, table: str) -> list[list[str]]:
    """The texts of a table's cells, by row, without those that head its columns."""
    rows = page.iterfind(f".//table[@{table}]/tbody/tr")
    return [[words(" ".join(map(str, cell.itertext()))) for cell in row] for row in rows]


def words(text: str) -> str:
    """The text with one space wherever it has any."""
    return " ".join(text.split())


def section(page: html.HtmlElement, head: str) -> str:
    """What stands under a heading, as text."""
    (start,) = page.xpath(f'//h2[.="{head}"]')
    found = []
    for each in start.itersiblings():
        if each.tag == "h2":
            break
        found.append(each.text_content())
    return "\n".join(found)


# ---------------------------------------------------------------- real builds


def test_the_report_links_every_output_once(shipped: Shipped) -> None:
    page = html.document_fromstring((shipped.out / "index.html").read_bytes())

    links = [link.get("href") or "" for link in page.iter("a")]
    outputs = [link for link in links if not link.startswith("#")]
    rows = rows_of(page, "class='editions'")
    assert sorted(outputs) == sorted(f"{name}.{kind.value}" for name in NAMES for kind in Format)
    assert all((shipped.out / link).stat().st_size for link in outputs)
    assert [link for link in links if link not in outputs] == [f"#{name}" for name in NAMES]
    for row, document in zip(rows, shipped.documents.values(), strict=True):
        assert row[0].startswith(document.cover.short_title)


def test_the_report_has_a_row_of_figures_for_each_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = {
        "facts/havneby.yaml": changed(
            STORE, "recorded: 2031-04-03", "recorded: 2031-04-03\n    review_by: 2031-05-01"
        )
    }
    body = "They say so.{{ cite('havneby.one-way-in') }}"
    root = make_workspace(tmp_path, {**late, **english(body)})

    run(root, capsys, *HTML, "--at", "2031-06-01")

    page = page_of(root)
    sizes = [
        (root / f"out/channels/public.{code}.html").stat().st_size // 1000 for code in ("nb", "en")
    ]
    rows = rows_of(page, "class='editions'")
    times = [row.pop(7) for row in rows]
    assert page.xpath("string(//table[@class='editions']/caption)") == "channels 2 editions"
    assert rows == [
        [
            "Søknadene kommer på nett public, nb · draft",
            f"HTML {sizes[0]} kB",
            "11",
            "18",
            "1",
            "none",
            "kept",
            "written: it was never built here",
        ],
        [
            "Applications come in on the web public, en · draft",
            f"HTML {sizes[1]} kB",
            "16",
            "13",
            "2",
            "havneby. one-way-in",
            "kept",
            "written: it was never built here",
        ],
    ]
    assert [each.removesuffix(" s").replace(".", "").isdecimal() for each in times] == [True, True]
    assert "There is none to compare with." in section(page, "Since the last build")
    (warning,) = page.xpath("//details[summary/h2]//li")
    assert warning.text_content().startswith(
        "facts/havneby.yaml:98:5: fact 'havneby.one-way-in' was to be reviewed by 2031-05-01"
    )


def test_the_report_says_what_has_changed_and_what_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path, english("Staff: {{ fact('havneby.staff') }}."))
    run(root, capsys, *HTML)
    write(root / "facts/havneby.yaml", changed(STORE, "value: 4200", "value: 4300"))

    run(root, capsys, *HTML)

    page = page_of(root)
    rows = rows_of(page, "class='editions'")
    texts = [cell.get("lang") for cell in page.iterfind(".//table[@class='changes']/tbody/tr/td")]
    assert [row[-1] for row in rows] == ["kept", "written: fact havneby.staff changed"]
    assert rows[0][7] == "–"
    assert rows_of(page, "class='changes'") == [
        ["havneby. staff", "4,200", "4,300", "channels/ public. en"]
    ]
    assert texts == ["en", "en", None]
    assert section(page, "Since the last build").startswith("Facts: 1 with other words")


def test_a_build_that_changes_no_word_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    run(root, capsys, *HTML, "--lang", "en")

    run(root, capsys, *HTML, "--lang", "en", "--force")

    told = section(page_of(root), "Since the last build")
    assert told.strip() == "No edition says anything else than it did."


def test_the_report_shows_every_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "\n\n".join(["The town has staff."] * 35)
    terms = "budget: {pages: 1, long_words: 50}\nlanguages: [en]\nformats: [pdf]\n"
    audience = changed(PUBLIC, "budget: {pages: 2}\n", terms)
    root = make_workspace(tmp_path, {AUDIENCE: audience, **english(long)})

    told = run(root, capsys, "build", "--jobs", "1")

    page = page_of(root)
    (row,) = rows_of(page, "class='editions'")
    (item,) = page.xpath("//details[summary/h2]//li")
    assert told.code == 1
    assert (row[1], row[6], row[8]) == ("none", "1 breached", "PDF failed")
    assert item.text_content().startswith(f"{EN}: the body takes 2 pages; 'public' allows 1hint: ")
    assert page.findtext(".//table[@class='contract']/caption") == "channels: public, en"
    assert rows_of(page, "class='contract'") == [
        ["pages of body", "1", "2", "breached"],
        ["words", "–", "153", "no limit"],
        ["words in a sentence", "–", "6", "no limit"],
        ["LIX", "–", "5", "no limit"],
        ["long words", "50 %", "1 %", "kept"],
        ["expired facts", "warn", "0", "kept"],
    ]


def test_the_report_says_where_no_pages_were_laid_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audience = changed(PUBLIC, "budget: {pages: 2}\n", "budget: {pages: 1}\nlanguages: [en]\n")
    root = make_workspace(tmp_path, {AUDIENCE: audience})

    run(root, capsys, *HTML)

    first, *_ = rows_of(page_of(root), "class='contract'")
    assert first == ["pages of body", "1", "–", "not laid out"]


# ---------------------------------------------------------------- all that there can be


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of a build in which all happened that can."""
    page = tmp_path_factory.mktemp("full") / "index.html"
    page.write_text(full_page(), "utf-8")
    return page


def test_the_report_begins_with_what_a_build_came_to(full: Path) -> None:
    page = html.document_fromstring(full.read_bytes())

    first = page.find(".//dl")
    assert first is not None
    assert {div[0].text: str(div[1].xpath("string()")) for div in first} == {
        "Built": "2031-04-02 09:30",
        "Outputs": "42",
        "Written anew": "40",
        "Kept": "2",
        "Failed": "1",
        "Time": f"61.5{S}s",
        "Workers": "2",
        "Memory of one": f"190{S}MB",
        "Facts judged as of": "2031-04-03",
    }
    assert [each.xpath("string()") for each in page.iter("h2", "li")] == [
        "1 problem",
        f"{EN}:3: the body takes 3 pages; '<b>' allows 2hint: cut the text",
        "1 warning",
        "facts/a.yaml:9: fact 'a.b' is past its day",
        "Editions",
        "Since the last build",
        *sorted(f"towns/{each}/public.nb" for each in SUBJECTS[12:]),
        "towns/gone/public.nb",
        "weasyprint: 69.0 → 70.0",
        "In detail",
    ]


def test_a_change_that_many_editions_share_is_told_once(full: Path) -> None:
    page = html.document_fromstring(full.read_bytes())

    ((fact, before, now, editions),) = rows_of(page, "class='changes'")
    assert (fact, before, now) == ("town. share", "61 %", "62 %")
    assert editions.endswith("towns/ town-3/ public. nb and 6 more")


def test_the_report_with_all_there_can_be_keeps_nobody_out(
    browser: Browser, axe: str, full: Path
) -> None:
    found = screens(browser, axe, full)

    assert {fault.partition(": ")[2] for fault in found} == {"brings no fonts"}


FOUND = {
    "": 21,
    "TOWN-2 failed": 0,
    "town-0 failed": 1,
    "overview kept": 0,
    "alle  byer": 1,
}


def test_the_box_shows_the_rows_that_have_all_words(browser: Browser, full: Path) -> None:
    browser.open(full.as_uri(), width=1200, scheme="light")
    box = "document.getElementById('wanted')"
    rows = "[...document.querySelectorAll('.editions tbody tr')]"

    found = {}
    for typed in FOUND:
        browser.evaluate(f"{box}.value = {typed!r}; {box}.dispatchEvent(new Event('input'))")
        found[typed] = browser.evaluate(f"{rows}.filter((row) => row.checkVisibility()).length")
        told = browser.evaluate("document.querySelector('output').textContent")
        assert told == f"{found[typed]} of 21"

    assert found == FOUND


def test_a_link_to_an_edition_opens_what_there_is_of_it(browser: Browser, full: Path) -> None:
    browser.open(full.as_uri(), width=1200, scheme="light")
    browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = false")

    browser.evaluate("document.querySelector('a[href=\"#towns/town-7/public.nb\"]').click()")

    opened = "[...document.querySelectorAll('details[open]')].map((each) => each.innerText)"
    (text,) = browser.evaluate(opened)
    assert text.startswith("towns: town-7, public, nb")
