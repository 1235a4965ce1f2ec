"""case.json of both countries against its published schema, and the numbers that stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from case_records import case_record, danish_record, screened, second_version, sent
from jsonschema import Draft202012Validator

from reports.casefile.record import CaseRecord, EntryKind, read_record, record_json
from reports.cases.kle import Kle, parse_kle
from reports.cases.organisation_number import check_cvr_number, check_organisation_number
from reports.cases.reference import CaseNumber, CaseReference, ExternalKey, SystemId
from reports.cases.stamp import State

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs" / "case.schema.json").read_text(encoding="utf-8")
)
JUDGE = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("entry", EntryKind)
@pytest.mark.parametrize("state", State)
def test_each_norwegian_record_is_as_the_schema_says(state: State, entry: EntryKind) -> None:
    cases: tuple[CaseReference, ...] = (
        CaseNumber("2026/1234", 2026, 1234),
        ExternalKey("Fagsystem", "4711"),
        SystemId("0f8fad5b-d9cb-469f-a165-70867728950e"),
    )
    for case, change in product(cases, (screened, sent, second_version)):
        record = replace(change(case_record(state, entry, redacted=True)), case=case)

        assert _faults(record_json(record)) == []


def test_a_danish_record_has_kle_number_and_facet_sagsnummer_date_type_and_confidentiality() -> (
    None
):
    data = record_json(danish_record())

    said = json.loads(data)

    assert _faults(data) == []
    assert read_record(data, Path("case.json")) == danish_record()
    assert {
        key: said[key] for key in ("country", "case", "classification", "screening", "date")
    } == {
        "country": "denmark",
        "case": {"written": "13.05.00-G01-3-26", "year": 0, "sequence": 0},
        "classification": {"number": "13.05.00", "facet": "G01"},
        "screening": {"code": "fortrolig", "ground": "forvaltningsloven § 27"},
        "date": "2026-11-20",
    }
    assert [document["type"] for document in said["documents"]] == ["Notat", "Bilag"]


def test_the_schema_describes_each_key_of_a_record() -> None:
    described = set(SCHEMA["properties"]) - {"format", "format_version"}

    assert (
        described
        == {field.name for field in fields(CaseRecord)}
        == set(SCHEMA["required"]) - {"format", "format_version"}
    )
    assert all("description" in each or "const" in each for each in SCHEMA["properties"].values())


def _without(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda said: said.pop(key)


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda said: said.update(format="case"),
    "a key more": lambda said: said.update(note="x"),
    "no key": _without("key"),
    "no title": lambda said: said.update(title=""),
    "a time without zone": lambda said: said.update(made="2026-11-20T14:05:30"),
    "a day that never comes": lambda said: said.update(date="2026-02-30"),
    "a case in two ways": lambda said: said["case"].update(id="x"),
    "a number without its year": lambda said: said["case"].update(year=0),
    "a final document that nobody approved": lambda said: said.update(decision=None),
    "an approved draft": lambda said: said.update(state="draft"),
    "a KLE number in Norway": lambda said: said.update(
        classification={"number": "13.05.00", "facet": "G01"}
    ),
    "screening without ground": lambda said: said["screening"].pop("ground"),
    "an empty ground": lambda said: said["screening"].update(ground=""),
    "two main documents": lambda said: said["documents"][1].update(role="main"),
    "no main document": lambda said: said["documents"][0].update(role="attachment"),
    "a path as file": lambda said: said["documents"][0]["files"][0].update(file="../x"),
    "an unknown variant": lambda said: said["documents"][0]["files"][0].update(variant="S"),
    "a hash of nonsense": lambda said: said["documents"][0]["files"][0].update(sha256="x"),
    "a document without files": lambda said: said["documents"][0].update(files=[]),
    "version nought": lambda said: said.update(version=0),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_the_schema_refuses(fault: Callable[[dict[str, Any]], Any]) -> None:
    said = json.loads(record_json(screened(case_record())))
    fault(said)

    assert _faults(json.dumps(said).encode())


@pytest.mark.parametrize("number", ["85.1.05", "851105", "85.11", "85.11.05 ", "８5.11.05", ""])
def test_the_schema_and_the_program_refuse_the_same_kle_numbers(number: str) -> None:
    said = json.loads(record_json(danish_record()))
    said["classification"]["number"] = number

    assert _faults(json.dumps(said).encode())
    with pytest.raises(ValueError, match="three times two digits"):
        parse_kle(number, "G01")


def _faults(data: bytes) -> list[str]:
    return [error.message for error in JUDGE.iter_errors(json.loads(data))]


@pytest.mark.parametrize(("number", "facet"), [("85.11.05", "G01"), ("00.22.02", "P35")])
def test_a_kle_number_and_facet_are_read(number: str, facet: str) -> None:
    assert parse_kle(number, facet) == Kle(number, facet)


def test_both_parts_of_a_wrong_kle_key_are_told() -> None:
    said = (
        "write the KLE number as three times two digits, as in 85.11.05; "
        "write the KLE facet as a capital letter and two digits, as in G01"
    )

    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        parse_kle("85.11", "g1")


@pytest.mark.parametrize("facet", ["A00", "G01", "K02", "P35", "Ø54", "Å00"])
def test_facets_are_a_letter_and_two_digits(facet: str) -> None:
    assert parse_kle("85.11.05", facet).facet == facet


@pytest.mark.parametrize("facet", ["", "G1", "G001", "g01", "01G", "GG1", "G01\n", "Ɠ01"])
def test_other_facets_are_refused(facet: str) -> None:
    with pytest.raises(ValueError, match="capital letter and two digits"):
        parse_kle("85.11.05", facet)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("974760673", "974760673"),
        ("974 760 673", "974760673"),
        ("974\u00a0760\u00a0673", "974760673"),
        ("971526920", "971526920"),
    ],
)
def test_an_organisation_number_is_taken_with_spaces(written: str, number: str) -> None:
    assert check_organisation_number(written) == number


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "an organisation number has nine digits, as in 974 760 673"),
        ("97476067", "an organisation number has nine digits, as in 974 760 673"),
        ("NO974760673", "an organisation number has nine digits, as in 974 760 673"),
        ("974760673\n", "an organisation number has nine digits, as in 974 760 673"),
        ("٩74760673", "an organisation number has nine digits, as in 974 760 673"),
        ("000000000", "an organisation number has nine digits, as in 974 760 673"),
        ("974760674", "the last digit of an organisation number follows from the others"),
        ("794760673", "the last digit of an organisation number follows from the others"),
    ],
)
def test_another_organisation_number_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        check_organisation_number(written)


@pytest.mark.parametrize("written", ["29189846", "29 18 98 46", "13748136", "24256790"])
def test_a_cvr_number_is_taken_with_spaces(written: str) -> None:
    assert check_cvr_number(written) == written.replace(" ", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("DK29189846", "a CVR number has eight digits, as in 62 76 11 13"),
        ("974760673", "a CVR number has eight digits, as in 62 76 11 13"),
        ("24256791", "the last digit of a CVR number follows from the others"),
    ],
)
def test_another_cvr_number_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        check_cvr_number(written)
