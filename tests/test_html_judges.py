"""Judges of web pages: Chromium shows them, axe-core looks who is kept out, Nu reads their code.

All editions and the index, on narrow and wide screens, light and dark.  Each judge is shown
broken pages too.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from browser import Browser, Message
from case_records import case_record, screened, sent
from full_report import full_page
from shipped import NAMES, ROOT, Shipped, every_edition

from reports.casefile.filing import filing_page

MEMO = "digital-public-services/political-leadership.nb"
PROBE = (ROOT / "tests/probe.js").read_text("utf-8")
AXE = """axe.run(document, GIVEN).then(({violations, incomplete}) =>
  [violations, incomplete].map((found) => found.flatMap(({id, nodes}) =>
    nodes.map(({target, element}) => `${id} at ${element?.closest("svg") ? "svg" : target}`))))"""
# Each screen with the rules of axe-core that may be broken there alone; None is all of them.
BY_LOOK = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
SCREENS = {(320, "light"): None, (1200, "dark"): BY_LOOK, (320, "dark"): (), (1200, "light"): ()}
# The checker asks for a large stack; a run of seconds is over before optimising pays, or
# collecting garbage on all cores.
JAVA = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


# ---------------------------------------------------------------- Chromium and axe-core


@every_edition
def test_a_page_shows_without_fault_and_keeps_nobody_out(
    browser: Browser, axe: str, shipped: Shipped, name: str
) -> None:
    assert screens(browser, axe, shipped.file(name, "html")) == []


def test_the_index_shows_without_fault_and_keeps_nobody_out(
    browser: Browser, axe: str, shipped: Shipped
) -> None:
    found = screens(browser, axe, shipped.out / "index.html")

    assert found == [f"{width} {scheme}: brings no fonts" for width, scheme in SCREENS]


def screens(browser: Browser, axe: str, page: Path) -> list[str]:
    """What Chromium finds on each screen, and axe-core on two; each fault once a screen.

    axe-core takes seconds for a long page.  Most of its rules are on the code alone, and two
    screens between them have both widths and both schemes.
    """
    browser.open(page.as_uri(), width=320, scheme="light")
    browser.evaluate(f"{axe};0")
    faults = []
    for (width, scheme), rules in SCREENS.items():
        browser.show(scheme, width=width)
        found = page_faults(browser, page)
        found += axe_faults(browser, rules) if rules != () else []
        faults += [f"{width} {scheme}: {fault}" for fault in found]
    return faults


def page_faults(browser: Browser, page: Path) -> list[str]:
    """What is wrong with the open page as it shows now, in words; each fault once."""
    seen = browser.evaluate(PROBE)  # it waits for fonts, so events come after
    told = [fault for event in browser.events for fault in event_faults(event, page.as_uri())]
    return list(dict.fromkeys([*told, *seen]))


def axe_faults(browser: Browser, rules: Sequence[str] | None) -> list[str]:
    """What axe-core finds on the open page, by these rules or all; where it can't tell, too.

    It never can for text in a drawing, whose colours the theme answers for.
    """
    given = {"preload": False, "elementRef": True, "resultTypes": ["violations", "incomplete"]}
    more = {"runOnly": list(rules)} if rules else {"rules": {"target-size": {"enabled": True}}}
    sure, unsure = browser.evaluate(AXE.replace("GIVEN", json.dumps({**given, **more})))
    unknown = [fault for fault in unsure if fault != "color-contrast at svg"]
    return [*sure, *(f"can't tell {fault}" for fault in unknown)]


def event_faults(event: Message, address: str) -> Iterator[str]:
    """What an event says of requests that leave the page, and of errors and warnings."""
    given = event["params"]
    match event["method"]:
        case "Network.requestWillBeSent":
            asked = given["request"]["url"]
            if asked != address and not asked.startswith("data:"):
                yield f"asks for {asked}"
        case "Log.entryAdded":
            yield f"logs {given['entry']['text']}"
        case "Runtime.consoleAPICalled":
            yield f"says {given['args'][0]['value']}"
        case "Runtime.exceptionThrown":
            yield f"throws {given['exceptionDetails']['exception']['description'].splitlines()[0]}"
        case _:
            pass


PLANTED = {
    "a picture from elsewhere": (
        '<img alt="" src="http://kildefast.invalid/x.png">',
        [
            "asks for http://kildefast.invalid/x.png",
            "logs Failed to load resource: net::ERR_NAME_NOT_RESOLVED",
        ],
    ),
    "a message": ("<script>console.error('oh')</script>", ["says oh"]),
    "an error": ("<script>throw Error('oh')</script>", ["throws Error: oh"]),
    "too wide": (
        '<div style="width: 400px">x</div>',
        ["is wider than the window: DIV ends at 420 of 320"],
    ),
    "a broken font": (
        "<style>@font-face { font-family: Planted; src: url(data:font/ttf;base64,AAAA) }</style>",
        [
            "logs Failed to decode downloaded font: data:font/ttf;base64,AAAA",
            "logs OTS parsing error: file less than 4 bytes",
            "can't load Planted normal normal",
        ],
    ),
    "no font": (
        "<script>for (const each of document.querySelectorAll('style')) each.textContent = each.textContent.replace(/@font-face [^}]*}/g, '')</script>",
        ["brings no fonts"],
    ),
    "a link to nowhere": ('<a href="#nowhere">x</a>', ["links to #nowhere, which is not there"]),
    "dark on dark": ('<p style="color: #333">x</p>', ["has contrast 1.4 at P: x"]),
}


@pytest.mark.parametrize(("planted", "wanted"), PLANTED.values(), ids=list(PLANTED))
def test_chromium_sees_what_is_wrong_with_a_page(
    browser: Browser, shipped: Shipped, tmp_path: Path, planted: str, wanted: Sequence[str]
) -> None:
    page = with_planted(shipped, tmp_path, planted, policy=False)

    browser.open(page.as_uri(), width=320, scheme="dark")

    assert page_faults(browser, page) == wanted


@pytest.mark.parametrize(
    ("planted", "refused"),
    [
        ("<script>console.error('oh')</script>", "Executing inline script violates"),
        ('<img alt="" src="http://kildefast.invalid/x.png">', "Loading the image"),
        ("<style>@import 'http://kildefast.invalid/x.css'</style>", "Loading the stylesheet"),
    ],
)
def test_a_page_lets_nothing_in_that_it_did_not_bring(
    browser: Browser, shipped: Shipped, tmp_path: Path, planted: str, refused: str
) -> None:
    page = with_planted(shipped, tmp_path, planted, policy=True)

    browser.open(page.as_uri(), width=320, scheme="light")

    told = [fault for fault in page_faults(browser, page) if fault.startswith("logs ")]
    assert [fault[: len(refused) + 5] for fault in told] == [f"logs {refused}"]
    assert "The action has been blocked." in told[0]


AXE_PLANTED = {
    "a picture without a text": ("<img src='data:,'>", "image-alt at img"),
    "pale on white": (
        "<p style='color: #999' id='pale'>pale on white</p>",
        "color-contrast at #pale",
    ),
    "a level left out": ("<h4 id='deep'>x</h4>", "heading-order at #deep"),
    "text outside of all landmarks": ("<p id='lost'>x</p>", "region at #lost"),
    "a second main part": ("<main id='other'>x</main>", "landmark-no-duplicate-main at #main"),
    "a link without words": ("<a id='mute' href='#main'></a>", "link-name at #mute"),
    "two of one name": (
        "<b id='same'>x</b><b id='same'>y</b><a href='#main' aria-labelledby='same'>z</a>",
        "can't tell duplicate-id-aria at b:nth-child(5)",
    ),
    "a part of a list on its own": ("<li id='alone'>x</li>", "listitem at #alone"),
}


@pytest.mark.parametrize(("planted", "wanted"), AXE_PLANTED.values(), ids=list(AXE_PLANTED))
def test_axe_sees_who_is_kept_out(
    browser: Browser, axe: str, shipped: Shipped, tmp_path: Path, planted: str, wanted: str
) -> None:
    page = with_planted(shipped, tmp_path, planted, policy=True)

    browser.open(page.as_uri(), width=320, scheme="light")
    browser.evaluate(f"{axe};0")

    rule = wanted.partition(" at ")[0].removeprefix("can't tell ")
    assert wanted in axe_faults(browser, [rule])


def with_planted(shipped: Shipped, folder: Path, planted: str, *, policy: bool) -> Path:
    """A page with something more at its end, which its policy may refuse."""
    whole = shipped.file(MEMO, "html").read_text("utf-8")
    kept = whole if policy else POLICY.sub("", whole)
    page = folder / "broken.html"
    page.write_text(kept.replace("</body>", f"{planted}</body>"), "utf-8")
    return page


# ---------------------------------------------------------------- the Nu HTML checker


def nu_faults(java: Path, nu: Path, pages: Iterable[Path]) -> list[str]:
    """Every error and warning on the pages, style sheets included, by the page's name."""
    given = [*JAVA, "-jar", nu, "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run([java, *given, *pages], capture_output=True, check=True, timeout=120)
    found = json.loads(done.stdout)["messages"]
    return [f"{Path(each['url']).name}: {each['message']}" for each in found]


def test_nu_finds_nothing_on_any_page(
    java: Path, nu: Path, shipped: Shipped, tmp_path: Path
) -> None:
    filing = tmp_path / "filing.html"
    filing.write_bytes(filing_page(sent(screened(case_record(redacted=True))), "nb"))
    report = tmp_path / "report.html"
    report.write_text(full_page(), "utf-8")
    pages = [
        report,
        shipped.out / "index.html",
        *(shipped.file(name, "html") for name in NAMES),
        filing,
    ]

    assert nu_faults(java, nu, pages) == []


NU_PLANTED = {
    "alt": ('<img src="data:,">', "An “img” element must have an “alt” attribute"),
    "css": ("<p style='colour: red'>x</p>", "CSS: “colour”: Property “colour” doesn't exist"),
    "id": ('<p id="main">x</p>', "Duplicate ID “main”"),
    "nested": ("<ul><p>x</p></ul>", "Element “p” not allowed as child of element “ul”"),
    "unclosed": ("<p><em>x</p>", "End tag “p” seen, but there were open elements"),
    "unknown": ("<sparkle>x</sparkle>", "Element “sparkle” not allowed"),
    "role": ('<a href="#main" role="link">x</a>', "The “link” role is unnecessary"),
    "level": ("<h4>x</h4>", "The heading “h4” (with computed level 4) follows"),
}


def test_nu_sees_what_is_wrong_with_pages(
    java: Path, nu: Path, shipped: Shipped, tmp_path: Path
) -> None:
    for name, (planted, _) in NU_PLANTED.items():
        page = with_planted(shipped, tmp_path, planted, policy=True)
        page.rename(tmp_path / f"{name}.html")

    found = nu_faults(java, nu, sorted(tmp_path.glob("*.html")))

    first = {fault.partition(".html: ")[0]: fault for fault in reversed(found)}
    assert first.keys() == NU_PLANTED.keys()
    wanted = {name: f"{name}.html: {start}" for name, (_, start) in NU_PLANTED.items()}
    assert {name: first[name][: len(start)] for name, start in wanted.items()} == wanted
