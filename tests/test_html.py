"""Web pages: how they are built, and what they do on a screen, by keyboard, by pointer, on paper."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from pathlib import Path

import pytest
from browser import Browser
from lxml import html
from readers import letters, words
from shipped import NAMES, Shipped, every_edition

from reports.document import Heading, data_lines, heading_text, inline_text, note_mark

MEMO = "digital-public-services/political-leadership.nb"
REPORT = "digital-public-services/executives.en"
SHEETS = ["all", "print", "screen", "screen and (prefers-color-scheme: dark)"]
MARK = re.compile(r"\[\d+\]")
BESIDE = "document.querySelector('.beside')"
SHOWN = f"{BESIDE}.matches(':popover-open') ? {BESIDE}.textContent : ''"


def tree(shipped: Shipped, name: str) -> html.HtmlElement:
    return html.document_fromstring(shipped.file(name, "html").read_bytes())


# ---------------------------------------------------------------- how a page is built


@every_edition
def test_marks_and_notes_and_sources_lead_to_one_another(shipped: Shipped, name: str) -> None:
    document, page = shipped.documents[name], tree(shipped, name)

    marks = page.xpath("//a[@role='doc-noteref']")
    first = {mark.text: mark for mark in reversed(marks)}
    backs = page.xpath("//*[@role='doc-endnotes']//a[@role='doc-backlink']")
    labels = page.xpath("//*[@role='doc-bibliography']//a[@role='doc-backlink']")
    facts = {note_mark(note.number): note.fact for note in document.notes.notes}
    citing = {letter: note for note in reversed(document.notes.notes) for letter in note.sources}
    assert [mark for mark in marks if mark.get("id")] == sorted(first.values(), key=marks.index)
    assert {mark.get("href") for mark in marks} == {f"#fact-{facts[text]}" for text in first}
    assert {back.text: back.get("href") for back in backs} == {
        text: f"#{mark.get('id')}" for text, mark in first.items()
    }
    assert [(label.text, label.get("href")) for label in labels] == [
        (source.label, f"#fact-{citing[source.letter].fact}") for source in document.sources.entries
    ]
    for note in document.notes.notes:
        [entry] = page.xpath("//*[@id=$id]", id=f"fact-{note.fact}")
        links = [link.get("href") for link in entry.xpath(".//a[not(@role)]")]
        assert links == [f"#source-{letter}" for letter in note.sources]


@every_edition
def test_every_id_stands_once_and_every_link_within_the_page_ends_somewhere(
    shipped: Shipped, name: str
) -> None:
    page = tree(shipped, name)

    ids = [element.get("id") for element in page.iter() if element.get("id")]
    ends = {link.get("href")[1:] for link in page.iter("a") if link.get("href").startswith("#")}
    assert len(ids) == len(set(ids))
    assert ends <= set(ids)


@every_edition
def test_a_page_has_landmarks_with_names(shipped: Shipped, name: str) -> None:
    document, page = shipped.documents[name], tree(shipped, name)

    [body] = page.iter("body")
    parts = [(part.tag, part.get("role")) for part in body]
    named = [
        words(page.get_element_by_id(part.get("aria-labelledby")).text_content())
        for part in page.iterfind(".//main/section[@role]")
    ]
    ends = [document.data] if document.data else []
    assert parts == [("a", None), ("header", None), ("main", None), ("footer", None)]
    assert named == [
        words(heading_text(part.heading)) for part in (*ends, document.notes, document.sources)
    ]


@every_edition
def test_headings_stand_in_the_order_and_on_the_levels_of_the_document(
    shipped: Shipped, name: str
) -> None:
    document, page = shipped.documents[name], tree(shipped, name)

    seen = [
        (int(heading.tag[1]), heading.get("id")) for heading in page.xpath("//h2[@id] | //h3[@id]")
    ]
    own = [block for block in document.body if isinstance(block, Heading)]
    ends = [part.heading for part in (document.data, document.notes, document.sources) if part]
    assert len(page.xpath("//h1")) == 1
    assert seen == [(heading.level, heading.anchor) for heading in (*own, *ends)]


@every_edition
def test_the_data_behind_the_figures_is_folded(shipped: Shipped, name: str) -> None:
    document, page = shipped.documents[name], tree(shipped, name)

    folds = page.xpath("//details")
    anchors = [fold.xpath("./table/caption/@id") for fold in folds]
    assert [fold.get("open") for fold in folds] == [None] * len(folds)
    assert anchors == (
        [[table.caption and table.caption.anchor for table in document.data.tables]]
        if document.data
        else []
    )


@every_edition
def test_the_head_of_a_page_says_what_it_is(shipped: Shipped, name: str) -> None:
    cover, page = shipped.documents[name].cover, tree(shipped, name)

    named = {each.get("name"): each.get("content") for each in page.iterfind(".//meta[@name]")}
    assert page.findtext(".//title") == cover.short_title
    assert named.keys() == {
        "viewport", "generator", "author", "description", "color-scheme",
        "dcterms.created", "dcterms.modified",
    }  # fmt: skip
    assert named["author"] == cover.publisher
    assert len(named["description"]) > 20
    assert [sheet.get("media") for sheet in page.iter("style")] == SHEETS


def test_only_the_dark_sheet_names_dark_colours(shipped: Shipped) -> None:
    for name in NAMES:
        *others, dark = (sheet.text for sheet in tree(shipped, name).iter("style"))
        [edition] = (each for each in shipped.workspace.editions() if each.name == name)
        colour = shipped.workspace.theme(edition).text("dark.paper")

        assert colour in dark
        assert not any(colour in sheet for sheet in others)


# ---------------------------------------------------------------- by keyboard


def test_the_skip_link_shows_when_it_is_reached_and_leads_past_the_cover(
    browser: Browser, shipped: Shipped
) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=320, scheme="light")

    browser.press("Tab")
    shown = browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    browser.press("Enter")
    browser.press("Tab")

    assert shown
    assert browser.evaluate("location.hash") == "#main"
    assert browser.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", [MEMO, REPORT])
def test_a_mark_that_is_reached_shows_its_note_with_source_speaker_and_date(
    browser: Browser, shipped: Shipped, name: str
) -> None:
    document = shipped.documents[name]
    first = document.notes.notes[0]
    [source] = (each for each in document.sources.entries if each.letter == first.sources[0])
    browser.open(shipped.file(name, "html").as_uri(), width=320, scheme="light")

    browser.evaluate("document.querySelector('main').focus()")
    browser.press("Tab")
    shown = browser.evaluate(SHOWN)
    described = browser.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )

    assert browser.evaluate("document.activeElement.id") == "mark-1"
    for part in (first.what, first.speaker, first.as_of, first.standing, first.where):
        assert letters(part.rstrip(".")) in letters(described)
    assert letters(shown) == letters(described + source.label + inline_text(source.text))

    browser.press("Escape")
    assert browser.evaluate(SHOWN) == ""

    browser.press("Enter")  # shows it again
    browser.press("Enter")
    assert browser.evaluate(SHOWN) == ""
    assert browser.evaluate("document.querySelector(':target').id") == f"fact-{first.fact}"

    browser.press("Tab")
    browser.press("Enter")
    assert browser.evaluate("location.hash") == "#mark-1"


def test_what_the_keyboard_reaches_is_outlined(browser: Browser, shipped: Shipped) -> None:
    browser.open(shipped.file(REPORT, "html").as_uri(), width=1200, scheme="dark")

    for _ in range(12):  # skip link, marks, contents list
        browser.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        assert (
            browser.evaluate(f"{style}.outlineStyle + parseFloat({style}.outlineWidth)") == "solid2"
        )


# ---------------------------------------------------------------- by pointer


def test_a_note_shows_under_the_pointer_and_stays_while_that_is_on_it(
    browser: Browser, shipped: Shipped
) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=1200, scheme="light")

    point(browser, "#mark-2")
    on_mark = browser.evaluate(SHOWN)
    point(browser, ".beside")
    on_note = browser.evaluate(SHOWN)
    point(browser, "h1")

    assert on_mark.startswith("[2]")
    assert on_note == on_mark
    assert browser.evaluate(SHOWN) == ""


def test_a_mark_that_is_clicked_leads_to_its_note(browser: Browser, shipped: Shipped) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=1200, scheme="light")

    point(browser, "#mark-2", click=True)

    fact = shipped.documents[MEMO].notes.notes[1].fact
    assert browser.evaluate("decodeURIComponent(location.hash)") == f"#fact-{fact}"
    assert browser.evaluate(SHOWN) == ""


def test_a_mark_that_is_tapped_shows_its_note_and_leads_to_it_the_second_time(
    browser: Browser, shipped: Shipped
) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=320, scheme="light")

    browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
    tap(browser, "#mark-2")
    first = browser.evaluate(f"[location.hash, {SHOWN}]")
    tap(browser, "#mark-2")

    browser.call("Emulation.setTouchEmulationEnabled", enabled=False)
    assert first[0] == ""
    assert first[1].startswith("[2]")
    assert browser.evaluate("location.hash").startswith("#fact-")


def point(browser: Browser, selector: str, *, click: bool = False) -> None:
    """Move the mouse to the middle of the element, and click there."""
    x, y = middle(browser, selector)
    kinds = ["mouseMoved", *(["mousePressed", "mouseReleased"] if click else [])]
    for kind in kinds:
        given = {"type": kind, "x": x, "y": y, "button": "left" if click else "none"}
        browser.call("Input.dispatchMouseEvent", clickCount=1 if click else 0, **given)


def tap(browser: Browser, selector: str) -> None:
    """Touch the middle of the element and let go; returns once the page has been told."""
    browser.evaluate(
        "told = new Promise((tell) => addEventListener('click', tell, {once: true}));0"
    )
    x, y = middle(browser, selector)
    browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
    browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    browser.evaluate("told.then(() => 0)")


def middle(browser: Browser, selector: str) -> tuple[float, float]:
    """Where the middle of the element is in the window, once it has been scrolled there."""
    x, y = browser.evaluate(
        f"(() => {{ const found = document.querySelector({json.dumps(selector)});"
        "found.scrollIntoView({block: 'nearest', behavior: 'instant'});"
        "const {x, y, width, height} = found.getBoundingClientRect();"
        "return [x + width / 2, y + height / 2] })()"
    )
    return x, y


# ---------------------------------------------------------------- on screens and on paper


@pytest.mark.parametrize("script", [True, False])
def test_tables_stay_tables_on_narrow_screens(
    browser: Browser, shipped: Shipped, *, script: bool
) -> None:
    page = tree(shipped, REPORT)
    browser.call("Emulation.setScriptExecutionDisabled", value=not script)

    browser.open(shipped.file(REPORT, "html").as_uri(), width=320, scheme="light")
    browser.evaluate("document.querySelector('details').open = true")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    browser.call("Emulation.setScriptExecutionDisabled", value=False)

    bare = browser.evaluate("document.querySelectorAll(':is(th, td, tr):not([role])').length")
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    assert (bare == 0) is script
    for role, where in {
        "table": "//table",
        "columnheader": "//th[@scope='col']",
        "rowheader": "//th[@scope='row']",
        "cell": "//td",
    }.items():
        assert (role, roles.count(role)) == (role, len(page.xpath(where)))


def test_a_printed_page_shows_what_a_screen_folds(
    browser: Browser, shipped: Shipped, pdftotext: Path, tmp_path: Path
) -> None:
    document = shipped.documents[REPORT]
    browser.open(shipped.file(REPORT, "html").as_uri(), width=1200, scheme="dark")

    printed = browser.call("Page.printToPDF", preferCSSPageSize=True)["data"]

    file = tmp_path / "printed.pdf"
    file.write_bytes(base64.b64decode(printed))
    read = subprocess.run([pdftotext, "-layout", file, "-"], capture_output=True, check=True)
    text = read.stdout.decode()
    told = MARK.sub(" ", "\n".join(data_lines(document.data)))
    assert document.data
    assert {*told.split()} - {*MARK.sub(" ", text).split()} == set()
    assert tree(shipped, REPORT).findtext(".//summary") not in words(text)


def test_the_readers_own_text_size_counts(browser: Browser, shipped: Shipped) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=1200, scheme="light")
    sizes = "['body', '.notes'].map((each) => parseFloat(getComputedStyle(document.querySelector(each)).fontSize))"

    usual = browser.evaluate(sizes)
    browser.call("Page.setFontSizes", fontSizes={"standard": 32})
    doubled = browser.evaluate(sizes)
    browser.call("Page.setFontSizes", fontSizes={"standard": 16})

    assert min(usual) >= 12
    assert doubled == pytest.approx([2 * size for size in usual])


@pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_glides_for_those_who_ask_for_less_motion(
    browser: Browser, shipped: Shipped, wish: str, behaviour: str
) -> None:
    browser.open(shipped.file(MEMO, "html").as_uri(), width=1200, scheme="light")

    browser.show("light", width=1200, reduced_motion=wish)

    shown = browser.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert shown == behaviour
