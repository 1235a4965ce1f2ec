"""What comes in from spreadsheets: what is taken of a sheet, what is refused, and what is drafted."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from workspaces import (
    Told,
    changed,
    contents,
    make_workspace,
    run,
    write,
)

from reports.briefs import load_workspace
from reports.facts.exchange.package import MAX_UNZIPPED
from reports.facts.exchange.separated import number_style
from reports.facts.exchange.shown import HiddenError, shown_date, shown_number
from reports.facts.exchange.texts import as_id

LANGUAGES = ("nb", "en")
BY_LIBREOFFICE = Path(__file__).parent / "towns-libreoffice.xlsx"  # by LibreOffice 7.4 Calc
NOON, APRIL = datetime.fromisoformat("2029-04-01T12:30"), datetime.fromisoformat("2031-04-11")
SIDECAR = """\
missing: [""]
subject: {column: Sted, skip: [I alt]}
ignore: [Merknad]
shared:
  theme: staff
  said_by: digital-head
  standing: established
  source: havneby-2031
  as_of: {column: År}
  recorded: 2031-04-02
columns:
  staff:
    column: Ansatte
    statement: {nb: "{subject} hadde {figure} ansatte.", en: "{subject} had {figure} staff."}
    figure: {measure: head-count, among: employees}
  web:
    column: På nett
    theme: channels
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {measure: web-share, among: applications}
"""
HEAD = ("Sted", "År", "Ansatte", "På nett", "Merknad")
ROWS = (
    ("Havneby", 2029, 4200, 0.625, "ok"),
    ("Danmark", 2029, 310, 0.5, None),
)


def with_sidecar(root: Path, sidecar: str = SIDECAR) -> Path:
    """The tiny workspace with a sidecar for towns, and no table yet."""
    return make_workspace(root / "workspace", {"facts/tables/towns.table.yaml": sidecar})


def book(file: Path, *rows: tuple[object, ...], sheet: str = "Tabell") -> Worksheet:
    """A sheet with these rows, saved as that file; it may be changed and saved again."""
    workbook = Workbook()
    worksheet = workbook.active
    assert isinstance(worksheet, Worksheet)
    worksheet.title = sheet
    for row in rows:
        worksheet.append(row)
    save(worksheet, file)
    return worksheet


def save(worksheet: Worksheet, file: Path) -> None:
    assert worksheet.parent
    worksheet.parent.save(file)


def towns_book(file: Path) -> Worksheet:
    """The towns as a workbook, their shares in per cent."""
    worksheet = book(file, HEAD, *ROWS)
    for row in (2, 3):
        worksheet.cell(row, 4).number_format = "0.0%"
    save(worksheet, file)
    return worksheet


def take(workspace: Path, capsys: pytest.CaptureFixture[str], *words: object) -> Told:
    """What `facts import` tells."""
    return run(workspace, capsys, "facts", "import", *map(str, words))


def table(workspace: Path, name: str = "towns") -> str:
    """The text of a table in the store."""
    return (workspace / "facts/tables" / f"{name}.csv").read_text("utf-8")


# ---------------------------------------------------------------- workbooks


def test_a_workbook_becomes_a_table_of_facts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    towns_book(tmp_path / "Towns.xlsx")

    told = take(workspace, capsys, tmp_path / "Towns.xlsx")

    assert told == Told(
        0,
        "column 'På nett': the number before the sign % was taken (62 for 0.62) in 2 cells\n"
        "facts/tables/towns.csv written\n",
        "2 rows taken, 0 refused\n",
    )
    assert table(workspace) == (
        "Sted,År,Ansatte,På nett,Merknad\nHavneby,2029,4200,62.5,ok\nDanmark,2029,310,50.0,\n"
    )
    store = load_workspace(workspace).facts
    assert [id_ for id_ in store.facts if "@" in id_] == [
        "towns.staff@havneby",
        "towns.web@havneby",
        "towns.staff@denmark",
        "towns.web@denmark",
    ]


def test_every_row_is_taken_refused_or_left_out_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    sheet = book(
        tmp_path / "towns.xlsx",
        ("Tabell 1: Ansatte i kommunene",),
        (),
        HEAD,
        *ROWS,
        ("Norge", 2029, "#DIV/0!", "=1/2", NOON),
        ("Skjult", 2029, 1, 2, None),
        ("Slått", 2029, 1, 2, None),
        ("sammen", 2029, 1, 2, None),
        ("Ukjent", 2029, 1, 2, None),
        ("Havneby", 2030, 1, 2, None),
        ("Norge", 2029, "mange", 2, None),
        ("Norge", 2029, 12, timedelta(hours=3), None),
        ("I alt", 2029, 4510, 60, None),
        ("Kilde: kommunen selv",),
    )
    sheet.row_dimensions[7].hidden = True
    sheet.merge_cells("A8:A9")
    save(sheet, tmp_path / "towns.xlsx")

    told = take(workspace, capsys, tmp_path / "towns.xlsx")

    assert told.out == (
        "row 1 left out: is above the head in row 3\n"
        "row 6 refused: C6 is the error #DIV/0!; D6 is a formula without a saved value; "
        "E6 has a time of day\n"
        "row 7 refused: is hidden\n"
        "row 8 refused: lies in the merged cells A8:A9\n"
        "row 9 refused: lies in the merged cells A8:A9\n"
        "row 10 refused: unknown subject 'Ukjent' (declare a place of that name, "
        "say 'values: {Ukjent: ID}', or 'skip: [Ukjent]')\n"
        "row 11 refused: subject 'havneby' stands twice (the first is in row 4; "
        "if each has its own year, add 'per: HEADING')\n"
        "row 12 refused: 'mange' is no number as the table writes them "
        "(if it says that there is no figure, add 'missing: [\"mange\"]' to towns.table.yaml)\n"
        "row 13 refused: D13 is a time or a duration\n"
        "row 15 left out: has nothing beside its one cell\n"
        "facts/tables/towns.csv written\n"
    )
    assert (told.code, told.err) == (1, "3 rows taken, 8 refused\n")
    assert table(workspace) == (
        "Sted,År,Ansatte,På nett,Merknad\n"
        "Havneby,2029,4200,0.625,ok\nDanmark,2029,310,0.5,\nI alt,2029,4510,60,\n"
    )


def test_the_saved_value_of_a_formula_is_taken_and_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, file = with_sidecar(tmp_path), tmp_path / "towns.xlsx"
    towns_book(file)
    rewritten(
        file, "xl/worksheets/sheet1.xml", 'r="C2" t="n"><v>', 'r="C2" t="n"><f>4000+200</f><v>'
    )

    told = take(workspace, capsys, file)

    assert "column 'Ansatte': the saved value of a formula was taken in 1 cell\n" in told.out
    assert "Havneby,2029,4200," in table(workspace)


def rewritten(file: Path, part: str, old: str, new: str) -> None:
    """Change what stands once in a part of a package."""
    with ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = changed(parts[part].decode(), old, new).encode()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_what_is_said_of_cells_is_said_of_rows_that_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    sheet = book(tmp_path / "towns.xlsx", HEAD, ("Norge", 2029, "#N/A", 0.5, None), *ROWS)
    for row in (2, 3):
        sheet.cell(row, 4).number_format = "0.0%"
    save(sheet, tmp_path / "towns.xlsx")

    told = take(workspace, capsys, tmp_path / "towns.xlsx")

    assert told.out == (
        "row 2 refused: C2 is the error #N/A\n"
        "column 'På nett': the number before the sign % was taken (62 for 0.62) in 1 cell\n"
        "facts/tables/towns.csv written\n"
    )


def test_a_hidden_column_stays_outside_and_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path, changed(SIDECAR, "ignore: [Merknad]\n", ""))
    sheet = towns_book(tmp_path / "towns.xlsx")
    sheet.column_dimensions["E"].hidden = True
    save(sheet, tmp_path / "towns.xlsx")

    told = take(workspace, capsys, tmp_path / "towns.xlsx")

    assert "column E is hidden and was left out\n" in told.out
    assert table(workspace).startswith("Sted,År,Ansatte,På nett\nHavneby,2029,4200,62.5\n")


def test_the_report_of_an_import_as_json_has_all_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    towns_book(tmp_path / "towns.xlsx")

    told = take(workspace, capsys, tmp_path / "towns.xlsx", "--json")

    assert json.loads(told.out) == {
        "file": str(tmp_path / "towns.xlsx"),
        "sheet": "Tabell",
        "table": "towns",
        "head_row": 1,
        "columns": list(HEAD),
        "taken": [2, 3],
        "refused": [],
        "left_out": [],
        "notes": [
            "column 'På nett': the number before the sign % was taken (62 for 0.62) in 2 cells"
        ],
        "changes": None,
        "faults": [],
        "blanks": [],
        "written": ["facts/tables/towns.csv"],
    }


def test_a_table_is_written_over_only_when_asked_and_its_changes_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace, file = with_sidecar(tmp_path), tmp_path / "towns.xlsx"
    towns_book(file)
    take(workspace, capsys, file)
    before = table(workspace)
    book(file, HEAD, ("Havneby", 2029, 4300, 0.5, None), ("Norge", 2029, 5, 1, None))

    first = take(workspace, capsys, file)
    kept = table(workspace)
    second = take(workspace, capsys, file, "--replace")
    third = take(workspace, capsys, file)

    changes = (
        "+ Norge\n"
        "- Danmark\n"
        "~ Havneby, Ansatte: 4200 → 4300\n"
        "~ Havneby, På nett: 62.5 → 0.5\n"
        "~ Havneby, Merknad: ok → (empty)\n"
    )
    assert first == Told(
        1,
        changes,
        "nothing was written\n  hint: to write it, add --replace\n2 rows taken, 0 refused\n",
    )
    assert kept == before
    written = f"{changes}facts/tables/towns.csv written\n"
    assert second == Told(0, written, "2 rows taken, 0 refused\n")
    assert third == Told(0, "", "2 rows taken, 0 refused\n")


def test_a_table_without_a_sidecar_gets_a_draft_that_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    towns_book(tmp_path / "Nye tall.xlsx")

    told = take(workspace, capsys, tmp_path / "Nye tall.xlsx")
    checked = run(workspace, capsys, "facts", "list")

    draft = (workspace / "facts/tables/nye-tall.table.yaml").read_text("utf-8")
    today = date.today().isoformat()  # noqa: DTZ011 - the day of the import
    assert draft == DRAFT.replace("TODAY", today)
    blanks = [line for line in told.out.splitlines() if line.endswith(" is still to be written")]
    assert [blank.split("'")[1] for blank in blanks] == [
        *("theme", "said_by", "standing", "source"),
        *("nb", "en", "measure", "among", "nb", "en", "measure", "among"),
    ]
    assert (told.code, checked.code) == (0, 1)
    assert checked.err.splitlines()[::2] == blanks


DRAFT = """\
# What the columns of nye-tall.csv mean, which was made from Nye tall.xlsx.
# Write what is missing after each colon; 'check' says what is.
subject: {column: "Sted"}
ignore: ["Merknad"]
shared:
  theme:  # the id of a theme
  said_by:  # the id of who says it
  standing:  # established, reported, opinion, forecast, plan, wish, hearsay
  source:  # the id of the source
  as_of: {column: "År"}
  recorded: TODAY
columns:
  ansatte:
    column: "Ansatte"
    statement:  # a sentence with {subject} and {figure}
      nb:
      en:
    figure:
      measure:  # the id of what is counted
      among:  # the id of the population
  pa-nett:
    column: "På nett"
    statement:  # a sentence with {subject} and {figure}
      nb:
      en:
    figure:
      measure:  # the id of what is counted
      among:  # the id of the population
"""


def test_a_draft_that_is_filled_in_loads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    towns_book(tmp_path / "towns.xlsx")
    take(workspace, capsys, tmp_path / "towns.xlsx")
    draft = workspace / "facts/tables/towns.table.yaml"
    text = draft.read_text("utf-8")
    for key, word in (
        ("theme", "staff"),
        ("said_by", "union"),
        ("standing", "reported"),
        ("source", "havneby-2031"),
        ("nb", '"{subject}: {figure}."'),
        ("en", '"{subject}: {figure}."'),
        ("among", "employees"),
    ):
        text = text.replace(f" {key}:", f" {key}: {word}")
    text = text.replace(" measure:", " measure: head-count", 1)
    write(draft, text.replace(" measure:  #", " measure: web-share  #"))

    listed = run(workspace, capsys, "facts", "list")

    assert listed.err == "12 facts\n"
    assert "towns.pa-nett@havneby     Havneby: 62.5%." in listed.out


def test_a_draft_of_a_column_a_year_dates_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    rows = (("Sted", 2029, 2030), ("Havneby", 1, ":"), ("Danmark", 2, 3))
    book(tmp_path / "t.xlsx", *rows)

    take(workspace, capsys, tmp_path / "t.xlsx", "--table", "people")

    draft = (workspace / "facts/tables/people.table.yaml").read_text("utf-8")
    assert 'missing: [":"]\n' in draft
    assert "\n  as_of:" not in draft
    assert "  y2029:\n    column: 2029\n    as_of: 2029\n" in draft
    assert "  y2030:\n    column: 2030\n    as_of: 2030\n" in draft


BLOCKING = {
    "a fault elsewhere in the store": (
        {"facts/more.yaml": "themes: {Staff: {nb: a, en: b}}\n"},
        (
            "facts/more.yaml:1:10: 'Staff' can't be an id\n"
            "  hint: small letters, digits and hyphens, at most 48 characters\n"
        ),
    ),
    "a fault in the sidecar": (
        {"facts/tables/towns.table.yaml": changed(SIDECAR, "theme: staff", "theme: stuff")},
        "facts/tables/towns.table.yaml:5:3: unknown theme 'stuff'\n  hint: did you mean 'staff'?\n",
    ),
    "a column that the sidecar doesn't name": (
        {"facts/tables/towns.table.yaml": changed(SIDECAR, "ignore: [Merknad]\n", "")},
        (
            "facts/tables/towns.csv:1:5: towns.table.yaml says nothing of column 'Merknad'\n"
            "  hint: add it under 'columns', or to 'ignore: [Merknad]'\n"
        ),
    ),
}


@pytest.mark.parametrize(("files", "message"), BLOCKING.values(), ids=BLOCKING.keys())
def test_nothing_is_written_that_would_not_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], message: str
) -> None:
    workspace = with_sidecar(tmp_path)
    for name, text in files.items():
        write(workspace / name, text)
    towns_book(tmp_path / "towns.xlsx")
    before = contents(workspace / "facts")

    told = take(workspace, capsys, tmp_path / "towns.xlsx")

    assert (told.code, told.err) == (1, f"{message}2 rows taken, 0 refused\n")
    assert contents(workspace / "facts") == before


def zipped(file: Path, **parts: bytes) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def bad_book(kind: str, file: Path) -> None:
    """A file that is no good workbook, of that kind."""
    match kind:
        case "a text":
            file.write_text("Sted;Ansatte\n")
        case "another package":
            zipped(file, readme=b"hello")
        case "an old workbook":
            file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        case "a package that swells":
            zipped(file, **{"xl/workbook.xml": b"\0" * (MAX_UNZIPPED + 1)})
        case "a document type":
            towns_book(file)
            rewritten(
                file, "xl/styles.xml", "<styleSheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><styleSheet"
            )
        case "a damaged sheet":
            towns_book(file)
            rewritten(file, "xl/worksheets/sheet1.xml", "</sheetData>", "</sheet")
        case "a cut file":
            towns_book(file)
            file.write_bytes(file.read_bytes()[:2000])
        case "two sheets":
            sheet = towns_book(file)
            assert sheet.parent
            sheet.parent.create_sheet("Ark 2").append(HEAD)
            save(sheet, file)
        case "one hidden sheet":
            sheet = towns_book(file)
            assert sheet.parent
            sheet.parent.create_sheet("Ark 2")
            sheet.sheet_state = "hidden"
            sheet.parent.active = 1
            sheet.parent["Ark 2"].sheet_state = "veryHidden"
            save(sheet, file)
        case "no table":
            book(file, ("bare",), ("ett ord",))
        case "a column without a heading":
            book(file, ("Sted", None, "Ansatte"), ("Havneby", 1, 2))
        case "a heading that stands twice":
            book(file, ("Sted", "Ansatte", "Ansatte"), ("Havneby", 1, 2))
        case "a head in merged cells":
            sheet = book(file, ("Sted", "År", "Ansatte"), ("Havneby", 1, 2))
            sheet.merge_cells("B1:C1")
            save(sheet, file)
            sheet["B1"] = "År"


BAD_BOOKS = {
    "a text": ": is not an Excel workbook\n  hint: save the table as .xlsx or .csv\n",
    "another package": ": is not an Excel workbook\n  hint: save the table as .xlsx or .csv\n",
    "an old workbook": (
        ": is an old Excel file, or one with a password\n"
        "  hint: save it as .xlsx, without a password\n"
    ),
    "a package that swells": (
        f": unzips to {MAX_UNZIPPED + 1} bytes; at most {MAX_UNZIPPED}\n"
        "  hint: delete what the table doesn't need, or save it as .csv\n"
    ),
    "a document type": ": has a document type in xl/styles.xml\n  hint: save it anew\n",
    "a damaged sheet": ": is not an Excel workbook\n  hint: save the table as .xlsx or .csv\n",
    "a cut file": ": is not an Excel workbook\n  hint: save the table as .xlsx or .csv\n",
    "two sheets": ": has 2 sheets\n  hint: say which with --sheet: 'Tabell', 'Ark 2'\n",
    "no table": (
        ": no head was found\n  hint: the first row with two words or more names the columns\n"
    ),
    "a column without a heading": (
        ":1:2: column B has no heading\n  hint: name it in row 1, or empty it\n"
    ),
    "a heading that stands twice": (
        ":1:3: heading 'Ansatte' stands twice\n  hint: the first is column B; rename one\n"
    ),
}


@pytest.mark.parametrize(("kind", "message"), BAD_BOOKS.items(), ids=BAD_BOOKS.keys())
def test_what_is_no_table_in_a_workbook_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, message: str
) -> None:
    workspace = with_sidecar(tmp_path)
    bad_book(kind, tmp_path / "towns.xlsx")

    told = take(workspace, capsys, tmp_path / "towns.xlsx")

    assert told == Told(1, "", f"{tmp_path / 'towns.xlsx'}{message}")


def test_a_table_of_which_no_row_can_be_taken_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    towns_book(tmp_path / "towns.xlsx")
    take(workspace, capsys, tmp_path / "towns.xlsx")
    before = table(workspace)
    book(tmp_path / "towns.xlsx", HEAD, ("Norge", "i fjor", 1, 2, None))

    told = take(workspace, capsys, tmp_path / "towns.xlsx", "--replace")

    assert told.code == 1
    assert told.err == f"{tmp_path / 'towns.xlsx'}: no row can be taken\n0 rows taken, 1 refused\n"
    assert table(workspace) == before


def test_the_sheet_to_take_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = with_sidecar(tmp_path)
    bad_book("two sheets", tmp_path / "towns.xlsx")

    named = take(workspace, capsys, tmp_path / "towns.xlsx", "--sheet", "Tabell")
    wrong = take(workspace, capsys, tmp_path / "towns.xlsx", "--sheet", "Tabel")

    assert named.code == 0
    assert wrong == Told(
        1, "", f"{tmp_path / 'towns.xlsx'}: has no sheet 'Tabel'\n  hint: did you mean 'Tabell'?\n"
    )


NUMBERS = {
    "without a format": (0.1 + 0.2, "General", "0.3"),
    "a whole number": (4200, "General", "4200"),
    "a large one": (1234567890123456, "0", "1234567890123460"),
    "rounded": (12.3456, "0.0", "12.3"),
    "rounded as people do": (2.5, "0", "3"),
    "its zeros": (62.5, "0.00", "62.50"),
    "zeros only if needed": (62.5, "0.##", "62.5"),
    "no decimals if none is needed": (62, "0.##", "62"),
    "in thousands with a space": (4200, "#,##0", "4200"),
    "per cent": (0.625, "0%", "63"),
    "per cent with a decimal": (0.625, "0.0%", "62.5"),
    "money": (1200.5, "[$kr-414] #,##0.00;[Red]-[$kr-414] #,##0.00", "1200.50"),
    "below nought, in brackets": (-3.25, "0.0_);(0.0)", "-3.3"),
    "scientific": (123456, "0.00E+00", "123456"),
    "a fraction": (0.5, "# ?/?", "0.5"),
    "as text": (62, "@", "62"),
    "with a word": (62, '0" stk"', "62"),
}


@pytest.mark.parametrize(("value", "shape", "shown"), NUMBERS.values(), ids=NUMBERS.keys())
def test_a_number_is_taken_as_the_sheet_shows_it(value: float, shape: str, shown: str) -> None:
    assert f"{shown_number(value, shape):f}" == shown


@pytest.mark.parametrize(
    ("value", "shape", "why"),
    [
        (1_200_000, "0.0,,", "is shown in thousands or millions by its number format"),
        (62, '"n/a"', "is shown as text by its number format"),
        (62, ";;;", "is hidden by its number format"),
        (float("inf"), "General", "is not a number"),
    ],
    ids=["scaled", "a text", "hidden", "infinite"],
)
def test_a_number_that_the_sheet_shows_as_something_else_is_refused(
    value: float, shape: str, why: str
) -> None:
    with pytest.raises(HiddenError, match=f"^{why}$"):
        shown_number(value, shape)


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ("yyyy\\-mm\\-dd", "2031-04-11"),
        ("dd.mm.yyyy", "2031-04-11"),
        ("mmm yyyy", "2031-04"),
        ("yyyy", "2031"),
        ("d. mmmm", "XXXX-04-11"),
        ("mmmm", "XXXX-04"),
        ("[$-414]d. mmmm yyyy;@", "2031-04-11"),
    ],
)
def test_a_date_is_taken_with_the_parts_that_the_sheet_shows(shape: str, shown: str) -> None:
    assert shown_date(APRIL, shape) == shown


def test_a_workbook_by_libreoffice_tells_its_formulas_merged_cells_and_hidden_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)

    told = take(workspace, capsys, BY_LIBREOFFICE, "--table", "towns")

    assert told == Told(
        1,
        "row 1 left out: is above the head in row 3\n"
        "row 6 refused: C6 is the error #DIV/0!\n"
        "row 7 refused: is hidden\n"
        "row 8 left out: has nothing beside its one cell\n"
        "column 'Ansatte': the saved value of a formula was taken in 1 cell\n"
        "column 'På nett': the saved value of a formula was taken in 1 cell\n"
        "column 'På nett': the number before the sign % was taken (62 for 0.62) in 2 cells\n"
        "facts/tables/towns.csv written\n",
        "2 rows taken, 2 refused\n",
    )
    assert table(workspace) == (
        "Sted,År,Ansatte,På nett,Merknad\nHavneby,2029,4200,62.5,ok\nDanmark,2029,310,50.0,\n"
    )


# ---------------------------------------------------------------- CSV files

STYLES = {
    "nothing to tell": (["12", "x", ""], "point", "none"),
    "a decimal comma": (["62,5"], "comma", "none"),
    "a decimal point": (["62.5"], "point", "none"),
    "a leading nought": (["0,125"], "comma", "none"),
    "spaces between thousands": (["4 200", "62,5"], "comma", "space"),
    "spaces alone": (["4\u00a0200"], "point", "space"),
    "points between thousands": (["1.234,5"], "comma", "point"),
    "commas between thousands": (["1,234.5"], "point", "comma"),
    "commas that come twice": (["1,234,567"], "point", "comma"),
    "points that come twice": (["1.234.567"], "comma", "point"),
    "three digits beside a decimal comma": (["1,234", "62,5"], "comma", "none"),
    "three digits beside a decimal point": (["1,234", "62.5"], "point", "comma"),
    "three digits alone": (["1,234", "12"], None, None),
    "two ways at once": (["62,5", "62.5"], None, None),
}


@pytest.mark.parametrize(("cells", "decimal", "thousands"), STYLES.values(), ids=STYLES.keys())
def test_the_way_a_file_writes_numbers_is_found_out_or_asked(
    cells: list[str], decimal: str | None, thousands: str | None
) -> None:
    found = number_style(cells)

    assert [sign.value if sign else None for sign in found] == [decimal, thousands]


COMING = "Sted;Ansatte\nHavneby;4 200\nDanmark;310,5\n\nKilde: SSB;\n"
ENCODINGS = {
    "UTF-8": ("utf-8", ""),
    "UTF-8 with a mark": ("utf-8-sig", ""),
    "UTF-16": ("utf-16", "the file was read as UTF-16\n"),
    "Windows": ("cp1252", "the file was read as Windows-1252\n"),
}


@pytest.mark.parametrize(("codec", "note"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_csv_file_keeps_its_cells_and_its_draft_says_how_they_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], codec: str, note: str
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    (tmp_path / "towns.csv").write_bytes(COMING.replace("SSB", "Sør").encode(codec))

    told = take(workspace, capsys, tmp_path / "towns.csv")

    draft = (workspace / "facts/tables/towns.table.yaml").read_text("utf-8")
    assert "\ndelimiter: semicolon\ndecimal: comma\nthousands: space\nsubject:" in draft
    assert table(workspace) == "Sted;Ansatte\nHavneby;4 200\nDanmark;310,5\n"
    assert told.out.startswith(f"row 5 left out: has nothing beside its one cell\n{note}facts/")


def test_a_csv_file_is_taken_under_the_sidecar_that_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = with_sidecar(tmp_path)
    text = "Sted\tÅr\tAnsatte\tPå nett\tMerknad\nHavneby\t2029\t4200\t62,5\tx\nNorge\t2029\t1\t2\t\nKort\t1\n"
    write(tmp_path / "towns.tsv", text)

    told = take(workspace, capsys, tmp_path / "towns.tsv")

    assert told.out == (
        "row 2 refused: '62,5' is no number as the table writes them (write it as in 1234.5, "
        "or mend 'decimal' and 'thousands' in towns.table.yaml)\n"
        "row 4 refused: has 2 cells, the head 5\n"
        "facts/tables/towns.csv written\n"
    )
    assert table(workspace) == "Sted,År,Ansatte,På nett,Merknad\nNorge,2029,1,2,\n"


def test_numbers_that_can_be_read_in_two_ways_are_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    write(tmp_path / "towns.csv", "Sted;Ansatte\nHavneby;4,200\n")

    told = take(workspace, capsys, tmp_path / "towns.csv")

    assert "towns.table.yaml:4:9: 'decimal' is still to be written\n" in told.out
    assert "towns.table.yaml:5:11: 'thousands' is still to be written\n" in told.out


WRONG_FILES = {
    "not there": ("towns.csv", None, ": can't be read: no such file or directory\n"),
    "of another kind": (
        "towns.docx",
        b"x",
        (
            ": '.docx' is no kind of file that can be taken in\n"
            "  hint: save the table as .xlsx or .csv\n"
        ),
    ),
    "no text": (
        "towns.csv",
        b"\x81\x8d\xff",
        ": is not a text file\n  hint: save the table as CSV in UTF-8\n",
    ),
    "a mark that nothing closes": (
        "towns.csv",
        b'Sted;Ansatte\n"Havneby;1\n',
        ":2: not valid CSV: unexpected end of data\n  hint: save it anew as CSV\n",
    ),
    "no table": (
        "towns.csv",
        b"Sted\nHavneby\n",
        ": no head was found\n  hint: the first row with two words or more names the columns\n",
    ),
    "a text beside the columns": (
        "towns.csv",
        b"Sted;;Ansatte\nHavneby;x;1\n",
        ":1:2: column B has no heading\n  hint: name it in row 1, or empty it\n",
    ),
}


@pytest.mark.parametrize(("name", "data", "message"), WRONG_FILES.values(), ids=WRONG_FILES.keys())
def test_a_file_that_is_no_table_is_refused_in_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes | None,
    message: str,
) -> None:
    workspace = with_sidecar(tmp_path)
    if data is not None:
        (tmp_path / name).write_bytes(data)

    told = take(workspace, capsys, tmp_path / name)

    assert told == Told(1, "", f"{tmp_path / name}{message}")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("towns.csv", "--sheet", "Tabell"),
            "--sheet is for workbooks\n  hint: leave it out\n",
        ),
        (
            ("towns.json", "--replace"),
            "--table and --replace are for tables\n  hint: leave them out\n",
        ),
        (
            ("towns.xlsx", "--table", "Å 1"),
            (
                "--table: 'Å 1' can't be an id\n"
                "  hint: small letters, digits and hyphens, beginning with a letter\n"
            ),
        ),
    ],
    ids=["a sheet of a text", "sources that replace", "an id in capitals"],
)
def test_options_that_don_t_go_together_are_a_wrong_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    workspace = with_sidecar(tmp_path)
    towns_book(tmp_path / "towns.xlsx")

    with pytest.raises(SystemExit) as end:
        take(workspace, capsys, tmp_path / words[0], *words[1:])

    assert (end.value.code, capsys.readouterr().err) == (2, message)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Ansatte i kommunene 2029", "ansatte-i-kommunene-2029"),
        ("Blåbærsyltetøy (kg)", "blabaersyltetoy-kg"),
        ("2029 Tall", "tall"),
        ("Čeština", "cestina"),
        ("2029", "other"),
        ("!", "other"),
    ],
)
def test_a_word_from_elsewhere_becomes_an_id(text: str, id_: str) -> None:
    assert as_id(text, 48, "other") == id_
