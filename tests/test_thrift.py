"""Tests of what WeasyPrint is kept from doing in vain, and of the collector's pause."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import weasyprint
from tinyhtml5 import inputstream
from weasyprint import css
from weasyprint.html import UA_STYLESHEET

from reports.collector import collector_paused
from reports.problems import Place, Problem, ReportError
from reports.write.pdf import engine, write_pdf

PLACE = Place(Path("page.md"))
PAGE = """\
<!doctype html><html lang="en"><head><title>A page</title>
<style>@page { size: 80mm 60mm; margin: 8mm; @bottom-right { content: counter(page) } }
ol { list-style: lower-roman inside; text-transform: uppercase }
ol > li::marker { font-weight: bold } td { border: 1pt solid } svg { max-width: 100% }</style></head>
<body class=plain><h1 id='top'>One</h1><p>He said <q>no &amp; <em>yes</em></q>.<br>Then:</p>
<ol><li>first</li><li>second<ul><li>inner</li></ul></li></ol>
<table><tr><th scope="col">A</th></tr><tr><td>1</td></tr></table>
<svg xmlns="http://www.w3.org/2000/svg" width="900" height="20"><path d="M0 0h9v9z"/></svg>
<p><a href="#top">Up</a></p></body></html>
"""


def test_what_is_left_out_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = [write_pdf(PAGE, {}, PLACE).data for _ in range(2)]  # the second from kept sheets

    monkeypatch.setattr(engine, "own_sheet", lambda: UA_STYLESHEET)
    monkeypatch.setattr(engine, "keep_sheets", lambda: None)
    monkeypatch.setattr(engine, "keep_patterns", lambda: None)
    monkeypatch.setattr(css, "CSS", weasyprint.CSS)
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    assert ours == [write_pdf(PAGE, {}, PLACE).data] * 2


def test_each_page_is_told_what_is_wrong_with_a_sheet_that_several_share() -> None:
    page = "<html lang=en><title>A page</title><style>p { colour: red }</style><p>A</p></html>"
    found = []

    for name in ("one.md", "two.md"):
        with pytest.raises(ReportError) as caught:
            write_pdf(page, {}, Place(Path(name)))
        found += caught.value.problems

    what = "the page can't be set as it is: Ignored `colour: red ` at 1:5, unknown property."
    assert found == [Problem(Place(Path(name)), what) for name in ("one.md", "two.md")]


def test_the_collector_goes_on_after_a_pause_if_it_did_before() -> None:
    with collector_paused():
        within = gc.isenabled()
        with collector_paused():
            pass
        still = gc.isenabled()

    assert (within, still, gc.isenabled()) == (False, False, True)
