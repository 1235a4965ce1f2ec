"""Tables of facts: what a cell becomes, what a person is told of a wrong one, and where it links."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree, html
from workspaces import STORE, changed, english, make_workspace, run, write

from reports.cli import main
from reports.facts.load import load_facts
from reports.facts.load.table.rows import MAX_CELL, MAX_ROWS
from reports.facts.model import Facts
from reports.facts.quantities import Number, Qualifier, When
from reports.facts.wording import statement_text
from reports.language import load_language
from reports.problems import Place, ReportError

LANGUAGES = ("nb", "en")
S = "\N{NO-BREAK SPACE}"
PLACES = """\
places:
  sandvik: {name: {nb: Sandvik, en: Sandwick}, in: norway}
"""
TOWNS = """\
Sted;År;Ansatte;Merke;På nett;Merknad
Havneby;2029;4 200;ca.;62,50;=A1
Sandvik;2029-06;310;;–;

I alt;2029;4510;;62;
"""
SIDECAR = """\
delimiter: semicolon
decimal: comma
thousands: space
missing: ["–"]
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
    statement:
      nb: "{subject} hadde {figure} ansatte i {as_of}."
      en: "{subject} had {figure} staff in {as_of}."
    figure: {measure: head-count, among: employees, qualifier: {column: Merke, values: {ca.: about}}}
  web:
    column: På nett
    theme: channels
    statement: {nb: "{figure} kom på nett.", en: "{figure} came in on the web."}
    figure: {measure: web-share, among: applications}
"""


def folder_with(root: Path, towns: str = TOWNS, sidecar: str = SIDECAR) -> Path:
    """The fact files of the tiny store with a table of towns, in a folder."""
    write(root / "havneby.yaml", STORE)
    write(root / "sandvik.yaml", PLACES)
    write(root / "tables/towns.csv", towns)
    write(root / "tables/towns.table.yaml", sidecar)
    return root


def of_table(store: Facts) -> dict[str, str]:
    """The sentence of each fact of the table."""
    english = load_language("en")
    return {
        id_: statement_text(fact, store, english).replace(S, " ")
        for id_, fact in store.facts.items()
        if "@" in id_
    }


def line_of(text: str) -> int:
    """The number of that line of the tiny store."""
    return STORE.splitlines().index(text) + 1


def told(folder: Path) -> str:
    """The problems of a store as a person sees them."""
    with pytest.raises(ReportError) as caught:
        load_facts(folder, LANGUAGES)
    return "".join(f"{problem.shown(folder)}\n" for problem in caught.value.problems)


def test_each_figure_of_a_table_is_a_fact_of_its_own(tmp_path: Path) -> None:
    store = load_facts(folder_with(tmp_path), LANGUAGES)

    facts = of_table(store)

    assert facts == {
        "towns.staff@havneby": "Havneby had about 4,200 staff in 2029.",
        "towns.web@havneby": "62.50% came in on the web.",
        "towns.staff@sandvik": "Sandwick had 310 staff in June 2029.",
    }


def test_a_fact_of_a_table_has_all_that_a_fact_has(tmp_path: Path) -> None:
    store = load_facts(folder_with(tmp_path), LANGUAGES)

    fact = store.facts["towns.web@havneby"]

    assert fact.figure
    assert fact.figure.value == Number(Decimal("62.50"))
    assert (fact.figure.measure, fact.figure.among) == ("web-share", "applications")
    assert (fact.theme, fact.place, fact.said_by) == ("channels", "havneby", "digital-head")
    assert (fact.as_of.when, fact.recorded) == (When(2029), date(2031, 4, 2))
    assert fact.declared == Place(tmp_path / "tables/towns.csv", 2, 5)


def test_a_table_that_is_the_source_itself_is_cited_by_line_and_cell(tmp_path: Path) -> None:
    towns = changed(TOWNS, "Havneby;2029", "\n;;;;;\nHavneby;2029")
    store = load_facts(folder_with(tmp_path, towns), LANGUAGES)

    cited = {id_: store.facts[id_].at for id_ in of_table(store)}

    assert [(at.paragraph, at.printed) for at in cited.values()] == [
        (3, "4 200"),
        (3, "62,50"),
        (4, "310"),
    ]


SHAPES = {
    "ids in the column of subjects": (
        [("Havneby;2029", "havneby;2029")],
        [],
        ["towns.staff@havneby", "towns.web@havneby", "towns.staff@sandvik"],
    ),
    "words that stand for ids": (
        [("Sandvik;", "1106;")],
        [("column: Sted,", "column: Sted, values: {1106: sandvik},")],
        ["towns.staff@havneby", "towns.web@havneby", "towns.staff@sandvik"],
    ),
    "a row for each year": (
        [("Sandvik;2029-06", "Havneby;2030")],
        [("column: Sted,", "column: Sted, per: År,")],
        ["towns.staff@havneby-2029", "towns.web@havneby-2029", "towns.staff@havneby-2030"],
    ),
    "subjects that are no places": (
        [("Havneby;2029", "nettskjema;2029"), (";–;\n", ";–;Sandwick\n")],
        [
            ("column: Sted,", "column: Sted, name: {nb: Sted, en: Merknad},"),
            ("ignore: [Merknad]\nshared:\n", "shared:\n  place: norway\n"),
            ('nb: "{figure} kom på nett."', 'nb: "{figure} kom på {subject}."'),
        ],
        ["towns.staff@nettskjema", "towns.web@nettskjema", "towns.staff@sandvik"],
    ),
    "an empty cell that says that there is no figure": (
        [("310;", ";")],
        [('["–"]', '["–", ""]')],
        ["towns.staff@havneby", "towns.web@havneby"],
    ),
    "figures that are dates": (
        [("62,50", "2030-04-11"), (";62;", ";;")],
        [
            ("{measure: web-share, among: applications}", "{measure: opened}"),
            ('"{figure} came in on the web."', '"It opened on {figure}."'),
        ],
        ["towns.staff@havneby", "towns.web@havneby", "towns.staff@sandvik"],
    ),
}


@pytest.mark.parametrize(("towns", "sidecar", "ids"), SHAPES.values(), ids=SHAPES.keys())
def test_a_table_may_have_many_shapes(
    tmp_path: Path, towns: list[tuple[str, str]], sidecar: list[tuple[str, str]], ids: list[str]
) -> None:
    table, beside = TOWNS.replace("=A1", "web form"), SIDECAR
    for old, new in towns:
        table = changed(table, old, new)
    for old, new in sidecar:
        beside = changed(beside, old, new)

    store = load_facts(folder_with(tmp_path, table, beside), LANGUAGES)

    assert list(of_table(store)) == ids


NUMBERS = {
    "a point": ("62.5", "point", "none", "62.5"),
    "a comma": ("62,5", "comma", "none", "62.5"),
    "its own zeros": ("62,500", "comma", "none", "62.500"),
    "spaces": ("1 234 567", "comma", "space", "1234567"),
    "narrow spaces": ("1\u202f234", "comma", "space", "1234"),
    "unbroken spaces and decimals": ("1\u00a0234,5", "comma", "space", "1234.5"),
    "points and a comma": ("1.234,5", "comma", "point", "1234.5"),
    "commas and a point": ("1,234.5", "point", "comma", "1234.5"),
    "apostrophes": ("1'234", "point", "apostrophe", "1234"),
    "below nought": ("-3", "point", "none", "-3"),
    "with a true minus": ("\N{MINUS SIGN}3,5", "comma", "none", "-3.5"),
    "ungrouped where groups are": ("1234", "comma", "space", "1234"),
}


@pytest.mark.parametrize(
    ("cell", "decimal", "thousands", "value"), NUMBERS.values(), ids=NUMBERS.keys()
)
def test_a_number_is_read_as_the_table_writes_them(
    tmp_path: Path, cell: str, decimal: str, thousands: str, value: str
) -> None:
    sidecar = changed(SIDECAR, "decimal: comma", f"decimal: {decimal}")
    sidecar = changed(sidecar, "thousands: space", f"thousands: {thousands}")
    towns = changed(TOWNS.replace("62,50", "62").replace("4 200", "4200"), "310", cell)

    store = load_facts(folder_with(tmp_path, towns, sidecar), LANGUAGES)

    figure = store.facts["towns.staff@sandvik"].figure
    assert figure
    assert str(figure.value.value) == value
    assert figure.qualifier is Qualifier.EXACT


NO_NUMBERS = ("1.234", "12,34,5", "1 2345", "62 %", "tre", "+5", "1e3", ",5", "5,", "٣", "1–2")


@pytest.mark.parametrize("cell", NO_NUMBERS)
def test_what_is_no_number_as_the_table_writes_them_is_refused(tmp_path: Path, cell: str) -> None:
    folder = folder_with(tmp_path, changed(TOWNS, "310", cell))

    assert told(folder).splitlines()[0] == (
        f"tables/towns.csv:3:3: '{cell}' is no number as the table writes them"
    )


IN_SIDECAR = "towns.table.yaml"
WRONG_TABLES = {
    "a number in another way": (
        ("310", "1.234"),
        (
            "tables/towns.csv:3:3: '1.234' is no number as the table writes them\n"
            f"  hint: write it as in 1234,5, or mend 'decimal' and 'thousands' in {IN_SIDECAR}\n"
        ),
    ),
    "a sign that isn't listed": (
        ("310", ":"),
        (
            "tables/towns.csv:3:3: ':' is no number as the table writes them\n"
            "  hint: if it says that there is no figure, add 'missing: [\":\"]' to "
            f"{IN_SIDECAR}\n"
        ),
    ),
    "an empty cell": (
        ("310", ""),
        (
            "tables/towns.csv:3:3: the cell is empty\n"
            "  hint: if it says that there is no figure, add 'missing: [\"\"]' to "
            f"{IN_SIDECAR}\n"
        ),
    ),
    "a formula": (
        ("310", "=C2*2"),
        (
            "tables/towns.csv:3:3: '=C2*2' is a formula\n"
            "  hint: save the table with its values in place of formulas\n"
        ),
    ),
    "a formula that begins with a sign": (
        ("Sandvik;", "+SUM(A1);"),
        (
            "tables/towns.csv:3:1: '+SUM(A1)' is a formula\n"
            "  hint: save the table with its values in place of formulas\n"
        ),
    ),
    "a place that isn't declared": (
        ("Sandvik;", "Sandvikk;"),
        "tables/towns.csv:3:1: unknown subject 'Sandvikk'\n  hint: did you mean 'Sandvik'?\n",
    ),
    "a place that is like no other": (
        ("Sandvik;", "Ytre By;"),
        (
            "tables/towns.csv:3:1: unknown subject 'Ytre By'\n"
            "  hint: declare a place of that name, say 'values: {Ytre By: ID}', or 'skip: [Ytre By]'\n"
        ),
    ),
    "an id of a place that isn't declared": (
        ("Sandvik;", "sandvika;"),
        "tables/towns.csv:3:1: unknown place 'sandvika'\n  hint: did you mean 'sandvik'?\n",
    ),
    "a subject that stands twice": (
        ("Sandvik;", "havneby;"),
        (
            "tables/towns.csv:3:1: subject 'havneby' stands twice\n"
            "  hint: the first is on line 2; if each has its own year, add 'per: HEADING'\n"
        ),
    ),
    "a date that can't be read": (
        ("2029-06", "juni"),
        (
            "tables/towns.csv:3:2: 'as_of' of fact 'towns.staff@sandvik' is 'juni'\n"
            "  hint: write a date such as 2016, 2019-06, 2020-03-12, 2012-21 (spring) or XXXX-04-11\n"
        ),
    ),
    "no date": (
        ("2029-06", ""),
        (
            "tables/towns.csv:3:3: fact 'towns.staff@sandvik' has no 'as_of'\n"
            "  hint: add 'as_of: 2016', or 'as_of: not stated'\n"
        ),
    ),
    "a hedge that isn't on the list": (
        ("ca.", "cirka"),
        (
            "tables/towns.csv:2:4: 'qualifier' of the figure of fact 'towns.staff@havneby' is 'cirka'\n"
            "  hint: one of: exact, about, nearly, over, under, at-least, at-most, up-to, record\n"
        ),
    ),
    "a row that is too short": (
        ("310;;–;\n", "310;;–\n"),
        (
            "tables/towns.csv:3: the row has 5 cells, the head 6\n"
            "  hint: put a cell that holds the delimiter in quotation marks\n"
        ),
    ),
    "a row that is too long": (
        ("310;;–;\n", "310;;–;;;\n"),
        (
            "tables/towns.csv:3: the row has 8 cells, the head 6\n"
            "  hint: put a cell that holds the delimiter in quotation marks\n"
        ),
    ),
    "a mark that nothing closes": (
        ("Sandvik;", '"Sandvik;'),
        (
            "tables/towns.csv:3: not valid CSV: unexpected end of data\n"
            '  hint: put a cell with a mark " in quotation marks, and write the mark twice in it\n'
        ),
    ),
    "a mark in the middle": (
        ("Sandvik;", '"Sand"vik;'),
        (
            "tables/towns.csv:3: not valid CSV: ';' expected after '\"'\n"
            '  hint: put a cell with a mark " in quotation marks, and write the mark twice in it\n'
        ),
    ),
    "a heading that stands twice": (
        ("Merke;", "År;"),
        (
            "tables/towns.csv:1:4: heading 'År' stands twice\n"
            "  hint: the first is column 2; rename one\n"
        ),
    ),
    "a column without a heading": (
        ("Merke;", ";"),
        "tables/towns.csv:1:4: column 4 has no heading\n  hint: name it, or delete it\n",
    ),
    "a column that the sidecar doesn't name": (
        ("Merknad\n", "Kilde\n"),
        (
            f"tables/towns.csv:1:6: {IN_SIDECAR} says nothing of column 'Kilde'\n"
            "  hint: add it under 'columns', or to 'ignore: [Kilde]'\n"
            f"tables/{IN_SIDECAR}:6:10: the table has no column 'Merknad'\n"
            "  hint: did you mean 'Merke'?\n"
        ),
    ),
    "a cell without end": (
        ("310;;", f"310;{'x' * (MAX_CELL + 1)};"),
        (
            f"tables/towns.csv:3:4: the cell has {MAX_CELL + 1} characters; at most {MAX_CELL}\n"
            "  hint: is a quotation mark missing?\n"
        ),
    ),
    "a character that turns the text around": (
        ("310;;", "310;\u202e;"),
        (
            "tables/towns.csv:3:21: character #x202e (right-to-left override) is not allowed\n"
            "  hint: delete it, or type what is meant\n"
        ),
    ),
    "a mark of the tool's own": (
        ("310;;", "310;\ue000;"),
        (
            "tables/towns.csv:3:21: character #xe000 (private use) is not allowed\n"
            "  hint: delete it, or type what is meant\n"
        ),
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG_TABLES.values(), ids=WRONG_TABLES.keys())
def test_a_fault_in_a_table_is_told_at_its_cell(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    folder = folder_with(tmp_path, changed(TOWNS, *change))

    assert told(folder) == message


WRONG_SIDECARS = {
    "an unknown key": (
        ("delimiter:", "delimeter:"),
        (
            "tables/towns.table.yaml:1:1: unknown key 'delimeter' in table 'towns'\n"
            "  hint: did you mean 'delimiter'?\n"
        ),
    ),
    "a delimiter that isn't on the list": (
        ("semicolon", "';'"),
        (
            "tables/towns.table.yaml:1:1: 'delimiter' of table 'towns' is ';'\n"
            "  hint: one of: comma, semicolon, tab, bar\n"
        ),
    ),
    "one sign for two things": (
        ("thousands: space", "thousands: comma"),
        (
            "tables/towns.table.yaml:3:1: 'decimal' and 'thousands' of table 'towns' are the same sign\n"
            "  hint: mend one of them\n"
        ),
    ),
    "no subject": (
        ("subject: {column: Sted, skip: [I alt]}\n", ""),
        (
            "tables/towns.table.yaml:1:1: table 'towns' has no subject\n"
            "  hint: say which column tells what a row is about: 'subject: {column: HEADING}'\n"
        ),
    ),
    "a column that the table lacks": (
        ("column: År", "column: Aar"),
        (
            "tables/towns.csv:1:2: towns.table.yaml says nothing of column 'År'\n"
            "  hint: add it under 'columns', or to 'ignore: [År]'\n"
            "tables/towns.table.yaml:12:19: the table has no column 'Aar'\n"
            "  hint: known: Ansatte, Merke, Merknad, På nett, Sted, År\n"
        ),
    ),
    "no theme for one of the columns": (
        ("shared:\n  theme: staff\n", "shared:\n"),
        (
            "tables/towns.table.yaml:14:3: column 'staff' of table 'towns' has no 'theme'\n"
            "  hint: add 'theme: …' there, or under 'shared' for all columns\n"
        ),
    ),
    "a value of its own": (
        ("{measure: web-share,", "{value: 3, measure: web-share,"),
        (
            "tables/towns.table.yaml:25:14: column 'web' of table 'towns' has a 'value'\n"
            "  hint: leave it out: the cell is the value\n"
        ),
    ),
    "a figure that is a cell": (
        ("{measure: web-share, among: applications}", "{column: På nett}"),
        (
            "tables/towns.table.yaml:25:13: 'figure' of column 'web' of table 'towns' can't be read\n"
            "  hint: write 'figure: {measure: …, among: …}'; the cell is the value\n"
        ),
    ),
    "a key that is still to be written": (
        ("  theme: staff\n", "  theme:\n"),
        (
            "tables/towns.table.yaml:8:9: 'theme' is still to be written\n"
            "  hint: write it, or delete it\n"
        ),
    ),
    "an id in capitals": (
        ("  web:\n", "  Web:\n"),
        (
            "tables/towns.table.yaml:21:3: 'Web' can't be part of an id\n"
            "  hint: small letters, digits and hyphens\n"
        ),
    ),
    "no columns": (
        (SIDECAR[SIDECAR.index("columns:") :], ""),
        (
            "tables/towns.table.yaml:1:1: table 'towns' has no columns of figures\n"
            "  hint: add 'columns: {ID: {column: HEADING, …}}'\n"
        ),
    ),
    "a missing sign that is no list": (
        ('["–"]', "–"),
        (
            "tables/towns.table.yaml:4:10: 'missing' of table 'towns' must be a list\n"
            '  hint: list the signs, "" for an empty cell: \'missing: ["", "–"]\'\n'
        ),
    ),
    "a speaker who isn't declared": (
        ("said_by: digital-head", "said_by: digital-heads"),
        (
            "tables/towns.table.yaml:9:3: unknown speaker 'digital-heads'\n"
            "  hint: did you mean 'digital-head'?\n"
        ),
    ),
    "a statement that doesn't print its figure": (
        ('"{subject} had {figure} staff in {as_of}."', '"{subject} had some staff."'),
        (
            "tables/towns.table.yaml:17:5: statement of fact 'towns.staff@havneby' in 'en' doesn't "
            "print its figure, and so for 1 more\n"
            "  hint: write {figure} where it goes\n"
        ),
    ),
    "an id that is too long": (
        ("  web:\n", f"  {'w' * 40}:\n"),
        (
            f"tables/towns.csv:2:5: the id 'towns.{'w' * 40}@havneby' has 54 characters; at most 48\n"
            "  hint: shorten it; in a table, its name or the id of the column or subject\n"
        ),
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG_SIDECARS.values(), ids=WRONG_SIDECARS.keys())
def test_a_fault_in_a_sidecar_is_told_once_and_there(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    folder = folder_with(tmp_path, sidecar=changed(SIDECAR, *change))

    assert told(folder) == message


def test_all_faults_of_cells_are_told_at_once_with_those_of_fact_files(tmp_path: Path) -> None:
    towns = changed(changed(TOWNS, "4 200", "mange"), "310", "få")
    folder = folder_with(tmp_path, towns)
    write(folder / "havneby.yaml", changed(STORE, "as_of: 2028", "as_of: i fjor"))

    places = [line.split(": ")[0] for line in told(folder).splitlines()[::2]]

    assert places == [
        f"havneby.yaml:{line_of('    as_of: 2028')}:5",
        "tables/towns.csv:2:3",
        "tables/towns.csv:3:3",
    ]


def test_a_subject_that_is_no_place_needs_a_name_where_a_statement_has_it(tmp_path: Path) -> None:
    towns = changed(TOWNS, "Sandvik;", "nettskjema;")
    folder = folder_with(
        tmp_path, towns, changed(SIDECAR, "shared:\n", "shared:\n  place: norway\n")
    )

    assert told(folder) == (
        "tables/towns.csv:3:1: subject 'nettskjema' has no name in 'en' for {subject}\n"
        "  hint: name the columns that tell it: 'subject: {…, name: {en: HEADING}}'\n"
        "tables/towns.csv:3:1: subject 'nettskjema' has no name in 'nb' for {subject}\n"
        "  hint: name the columns that tell it: 'subject: {…, name: {nb: HEADING}}'\n"
    )


def test_a_name_that_two_places_share_is_not_guessed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    more = "  sandvik-north: {name: {nb: Sandvik, en: North Sandwick}, in: norway}\n"
    write(folder / "sandvik.yaml", PLACES + more)

    assert told(folder) == (
        "tables/towns.csv:3:1: 'Sandvik' is the name of several places: sandvik, sandvik-north\n"
        "  hint: say which: 'subject: {…, values: {Sandvik: sandvik}}'\n"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "tables/roads.csv",
            (
                "tables/roads.csv: the table has no sidecar\n"
                "  hint: say in roads.table.yaml, beside it, what its columns mean\n"
            ),
        ),
        (
            "tables/roads.table.yaml",
            "tables/roads.csv: can't be read: no such file or directory\n",
        ),
        (
            "tables/Roads.csv",
            (
                "tables/Roads.csv: 'Roads' can't be an id\n"
                "  hint: small letters, digits and hyphens, beginning with a letter: "
                "its facts have that id\n"
            ),
        ),
    ],
    ids=["a table alone", "a sidecar alone", "a name in capitals"],
)
def test_a_table_and_its_sidecar_belong_together(tmp_path: Path, name: str, message: str) -> None:
    folder = folder_with(tmp_path)
    write(folder / name, SIDECAR if name.endswith("yaml") else TOWNS)

    assert told(folder) == message


def test_an_empty_table_and_one_without_end_are_refused(tmp_path: Path) -> None:
    empty, endless = folder_with(tmp_path / "a", "\n"), tmp_path / "b"
    folder_with(endless, TOWNS + ";;;;;x\n" * MAX_ROWS)

    assert told(empty) == (
        "tables/towns.csv: the table is empty\n  hint: its first line names the columns\n"
    )
    assert told(endless) == (
        f"tables/towns.csv:{MAX_ROWS + 3}: the table has more than {MAX_ROWS} rows\n"
        "  hint: split it into several tables\n"
    )


def test_a_table_may_come_from_any_machine(tmp_path: Path) -> None:
    whole = load_facts(folder_with(tmp_path / "plain"), LANGUAGES)
    quoted = changed(TOWNS, "Sandvik;", '"Sandvik";').replace("\n", "\r\n")
    folder = folder_with(tmp_path / "other")
    (folder / "tables/towns.csv").write_bytes(b"\xef\xbb\xbf" + quoted.encode())

    assert of_table(load_facts(folder, LANGUAGES)) == of_table(whole)


def test_a_table_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "tables/towns.csv").write_bytes(TOWNS.replace("–", "-").encode("latin-1"))

    assert told(folder) == (
        "tables/towns.csv:1: byte 0xc5 is not UTF-8\n"
        "  hint: save the file as UTF-8 in your editor\n"
    )


def test_facts_of_a_table_are_computed_with_and_compared_like_others(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, changed(TOWNS, "2029-06", "2029"))
    derived = """\
facts:
  towns.all-staff:
    derived: {sum: [towns.staff@havneby, towns.staff@sandvik]}
    recorded: 2031-04-02
"""
    write(folder / "sum.yaml", derived)

    store = load_facts(folder, LANGUAGES)

    figure = store.facts["towns.all-staff"].figure
    assert figure
    assert figure.value == Number(Decimal(4510))
    assert [fact.id for fact in store.where(place="sandvik")] == ["towns.staff@sandvik"]


def test_a_figure_of_a_table_that_another_fact_denies_is_a_conflict(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, changed(TOWNS, "62,50", "61"))
    same = changed(STORE, "    as_of: 2028\n", "    as_of: 2029\n")
    write(folder / "havneby.yaml", same)

    assert told(folder) == (
        f"havneby.yaml:{line_of('  havneby.web-share-before:') + 1}:5: facts 'havneby.web-share-before' and 'towns.web@havneby' have the same "
        "measure, population, place and date, and different values\n"
        "  hint: rank the more reliable one: 'outranks: {towns.web@havneby: {…}}', with the reason\n"
    )


# ---------------------------------------------------------------- in a brief

CITED = """\
In Havneby it was {{ fact("towns.staff@havneby") }}, in Sandwick {{ fact("towns.staff@sandvik") }}.

{{ chart("bars", ["towns.staff@havneby", "towns.staff@sandvik"], caption="Staff") }}
"""
IDS = ("towns.staff@havneby", "towns.staff@sandvik")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the English edition of a brief that cites a table, in all formats."""
    root = make_workspace(
        tmp_path_factory.mktemp("table"),
        {
            **english(CITED),
            "facts/sandvik.yaml": PLACES,
            "facts/tables/towns.csv": TOWNS.replace("2029-06", "2029"),
            "facts/tables/towns.table.yaml": SIDECAR,
        },
    )
    assert main(["build", "--lang", "en", "--workspace", str(root)]) == 0
    return root / "out/channels"


def test_a_page_links_each_fact_of_a_table_to_its_note(outputs: Path) -> None:
    page = html.parse(str(outputs / "public.en.html")).getroot()

    targets = {link.get("href") for link in page.iter("a")}
    anchors = [element.get("id") for element in page.iter() if element.get("id")]

    assert {f"#fact-{id_}" for id_ in IDS} <= targets
    assert all(anchors.count(f"fact-{id_}") == 1 for id_ in IDS)


def test_a_pdf_links_each_fact_of_a_table_to_its_note(outputs: Path) -> None:
    with pikepdf.open(outputs / "public.en.pdf") as pdf:
        named = dict(pikepdf.NameTree(pdf.Root.Names.Dests))
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        targets = [str(link.get("/Dest") or link.A.get("/D", "")) for link in links]

    assert {f"fact-{id_}" for id_ in IDS} <= set(targets)
    assert {f"fact-{id_}" for id_ in IDS} <= set(named)


def test_a_word_file_links_each_fact_of_a_table_to_its_note(outputs: Path) -> None:
    with ZipFile(outputs / "public.en.docx") as package:
        root = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

    tags = [tag.get(f"{w}val") for tag in root.iter(f"{w}tag")]
    bookmarks = {mark.get(f"{w}name") for mark in root.iter(f"{w}bookmarkStart")}
    links = {link.get(f"{w}anchor") for link in root.iter(f"{w}hyperlink")} - {None}

    printed = {tag for tag in tags if "@" in tag and tag.endswith(";figure")}
    assert printed == {f"fact:{id_};figure" for id_ in IDS}
    assert {f"note_{id_.replace('.', '__').replace('@', '___')}" for id_ in IDS} <= links
    assert links <= bookmarks
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in bookmarks)


def test_a_fact_of_a_table_is_shown_and_found_by_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_workspace(tmp_path)
    folder_with(root / "facts")

    shown = run(root, capsys, "facts", "show", "towns.staff@sandvik")
    found = run(root, capsys, "facts", "search", "towns.staff@sandvik")

    assert (shown.code, found.code) == (0, 0)
    assert "facts/tables/towns.csv:3:3" in shown.out
    assert found.out.startswith("towns.staff@sandvik")
