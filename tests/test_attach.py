"""`attach`, as its user types it: what it asks for, what it writes, and what it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from workspaces import contents, make_workspace

from reports.cli import main

BRIEF_FILE = "templates/channels/brief.yaml"


WRONG = {
    "no such brief": (
        ["chanels", "--case", "2026/1234"],
        "--brief: 'chanels' is unknown\n  hint: did you mean 'channels'?\n",
    ),
    "no case": (
        ["channels", "--audience", "public"],
        "--case: brief 'channels' names no case\n"
        "  hint: add --case 2026/1234, or 'case: 2026/1234' to its brief.yaml\n",
    ),
    "a case number that is none": (
        ["channels", "--audience", "public", "--case", "../../etc"],
        "--case: '../../etc' can't be used\n"
        "  hint: write year and sequence number, as in 2026/1234\n",
    ),
    "an empty case number": (
        ["channels", "--audience", "public", "--case", ""],
        "--case: '' can't be used\n  hint: write year and sequence number, as in 2026/1234\n",
    ),
    "a key that is none": (
        ["channels", "--audience", "public", "--case-key", "4711"],
        "--case-key: '4711' can't be used\n  hint: write SYSTEM=KEY, as in Fagsystem=4711\n",
    ),
    "an id that is none": (
        ["channels", "--audience", "public", "--case-id", "4711\n"],
        "--case-id: '4711\\n' can't be used\n"
        "  hint: write a UUID, as in 0f8fad5b-d9cb-469f-a165-70867728950e\n",
    ),
    "no edition named": (
        ["channels", "--case", "2026/1234"],
        "--audience: brief 'channels' doesn't say what is attached\n"
        "  hint: add 'editions: [public.nb]' to 'case' in brief.yaml, or give --audience\n",
    ),
    "no such audience": (
        ["channels", "--case", "2026/1234", "--audience", "publik"],
        "--audience: 'publik' is unknown\n  hint: did you mean 'public'?\n",
    ),
    "no such language": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--lang", "da"],
        "--lang: 'da' is unknown\n  hint: known: en, nb\n",
    ),
    "a subject of no series": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--subject", "oslo"],
        "--subject: brief 'channels' is no series\n  hint: leave --subject out\n",
    ),
    "an approver of a draft": (
        ["channels", "--case", "2026/1234", "--audience", "public", "--approved-by", "Ida Holm"],
        "--approved-by: only a final document has it\n  hint: add --final, or leave it out\n",
    ),
    "half a screening": (
        [
            "channels",
            "--case",
            "2026/1",
            "--audience",
            "public",
            "--screening-ground",
            "offl. § 14",
        ],
        "--screening-code: a screening has a code and a legal ground\n"
        "  hint: add --screening-code\n",
    ),
    "a number that is no agency's": (
        ["channels", "--case", "2026/1", "--audience", "public", "--to", "1234", "--to-name", "X"],
        "--to: '1234' can't be used\n"
        "  hint: an organisation number has nine digits, as in 974 760 673\n",
    ),
    "an agency without a name": (
        ["channels", "--case", "2026/1", "--audience", "public", "--to", "974760673"],
        "--to-name: an agency has a number and a name\n  hint: add --to-name\n",
    ),
}


@pytest.mark.parametrize(("words", "shown"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_command_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], shown: str
) -> None:
    root = make_workspace(tmp_path)
    before = contents(root)

    with pytest.raises(SystemExit) as raised:
        main(["attach", *words, "--workspace", str(root)])

    assert (raised.value.code, capsys.readouterr().err) == (2, shown)
    after = contents(root)
    assert {name: after[name] for name in after if not name.startswith(".cache/")} == before
