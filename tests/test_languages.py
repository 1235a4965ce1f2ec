"""Words of another language in a template: they say so in every format, or the build says why not."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from lxml import html
from workspaces import EN, english, make_workspace, run

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
