"""Words of another language in a template: they say so in every format, or the build says why not."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml import html
from workspaces import EN, english, make_workspace, run

from reports.language import capitalised, load_language, quoted

HINT = "words can say their language alone, as in *ord*{: lang=nb }"
WRONG = {
    "no language tag": (
        "They call it *dialog*{: lang=norsk }.",
        "'norsk' is no language tag\n  hint: write a tag such as nb, en or en-GB\n",
    ),
    "an attribute that no format shows": (
        "They call it *dialog*{: .wide }.",
        f"unknown attribute 'class'\n  hint: {HINT}\n",
    ),
    "an attribute of a link": (
        '[here](https://example.org "a title")',
        f"unknown attribute 'title'\n  hint: {HINT}\n",
    ),
}


def test_words_and_titles_in_another_language_say_so_in_pdf_and_html(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path, english("They call it *styringsdialog*{: lang=nb }."))

    told = run(workspace, capsys, "build", "--lang", "en")

    assert told.code == 0, told.err
    page = html.document_fromstring((workspace / "out/channels/public.en.html").read_bytes())
    foreign = [each.text_content() for each in page.iter("span") if each.get("lang")]
    assert foreign == ["styringsdialog", "Årsmelding for Havneby"]  # the source's title, too
    with pikepdf.open(workspace / "out/channels/public.en.pdf") as pdf:
        languages = [
            str(each.Lang)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/Lang" in each
        ]
    assert languages == ["nb", "nb"]


@pytest.mark.parametrize(("line", "what"), WRONG.values(), ids=WRONG)
def test_what_words_say_of_themselves_is_known_or_refused_at_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, what: str
) -> None:
    workspace = make_workspace(tmp_path, english(line))

    told = run(workspace, capsys, "build", "--lang", "en")

    assert told.code == 1
    assert what in told.err
    assert EN in told.err


@pytest.mark.parametrize(
    ("text", "shown"),
    [("the survey", "The survey"), ("eGovernment Benchmark", "eGovernment Benchmark"), ("", "")],
)
def test_a_name_that_begins_in_lower_case_keeps_it_at_the_start_of_a_sentence(
    text: str, shown: str
) -> None:
    assert capitalised(text) == shown


@pytest.mark.parametrize(
    ("code", "shown"),
    [("nb", "«Hva skjedde på ‘Møte om IT’?»"), ("en", "‘Hva skjedde på “Møte om IT”?’")],
)
def test_a_title_that_quotes_has_the_inner_marks_of_the_language(code: str, shown: str) -> None:
    for title in ("Hva skjedde på “Møte om IT”?", 'Hva skjedde på "Møte om IT"?'):
        assert quoted(title, load_language(code)) == shown
