"""The settings of case files: the organisation's `archive`, and each brief's `case`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from reports.cases.kle import Kle, parse_kle
from reports.cases.organisation_number import check_cvr_number, check_organisation_number
from reports.cases.reference import Country, parse_case_number
from reports.fields import Fields
from reports.problems import Problem
from reports.yaml import Node, Scalar


class FormatCodes(Enum):
    """What a message calls a file's format, as no code is agreed on."""

    PRONOM = "pronom"
    RA_PDF = "ra-pdf"
    EXTENSION = "extension"


@dataclass(frozen=True)
class Archive:
    """How the organisation keeps its case files.

    `organisation_number`, `unit` (who the case work belongs to) and `accepted_formats` (a file
    of its own list of formats, as seen from the workspace) are "" where nothing is set.
    `system` is what records systems are told that the files come from.
    """

    country: Country = Country.NORWAY
    organisation_number: str = ""
    system: str = "Kildefast"
    unit: str = ""
    format_codes: FormatCodes = FormatCodes.PRONOM
    accepted_formats: str = ""


@dataclass(frozen=True)
class Screening:
    """Why a document is kept from the public: the code of its access, and the legal ground."""

    code: str
    ground: str


@dataclass(frozen=True)
class CaseSettings:
    """What a brief says of its case; texts are "" and tuples empty where it says nothing.

    `editions` are those attached unless others are asked for, as "<audience>.<lang>".
    `document_type` is the records system's word or code for what kind of document it is.
    """

    number: str = ""
    editions: tuple[str, ...] = ()
    public_title: dict[str, str] | None = None
    responsible: str = ""
    document_type: str = ""
    screening: Screening | None = None
    classification: Kle | None = None


def read_archive(node: Node | None, problems: list[Problem]) -> Archive:
    """The `archive` settings of a workspace; the defaults where there are none."""
    if node is None:
        return Archive()
    fields = Fields(node, "the archive settings", problems)
    country = fields.choice("country", Country, Country.NORWAY)
    check = {
        Country.NORWAY: check_organisation_number,
        Country.DENMARK: check_cvr_number,
    }[country]
    archive = Archive(
        country=country,
        organisation_number=_checked(fields, "organisation_number", check),
        system=fields.text("system", required=False) or Archive.system,
        unit=fields.text("unit", required=False),
        format_codes=fields.choice("format_codes", FormatCodes, FormatCodes.PRONOM),
        accepted_formats=fields.text("accepted_formats", required=False),
    )
    fields.done()
    return archive


def read_case(
    node: Node | None, what: str, codes: tuple[str, ...], country: Country, problems: list[Problem]
) -> CaseSettings:
    """The `case` of a brief, which `what` names; a plain text there is the number alone."""
    if node is None:
        return CaseSettings()
    if isinstance(node, Scalar):
        return CaseSettings(number=_number(node, what, country, problems))
    fields = Fields(node, f"the case of {what}", problems)
    number = fields.node("number")
    case = CaseSettings(
        number=_number(number, what, country, problems),
        editions=fields.words_once("editions"),
        public_title=fields.texts("public_title", codes) if fields.node("public_title") else None,
        responsible=fields.text("responsible", required=False),
        document_type=fields.text("document_type", required=False),
        screening=_screening(fields, problems),
        classification=_classification(fields, problems),
    )
    fields.done()
    return case


def _number(node: Node | None, what: str, country: Country, problems: list[Problem]) -> str:
    match node:
        case None:
            return ""
        case Scalar(text):
            try:
                return parse_case_number(text.strip(), country).written
            except ValueError as error:
                problem = f"the case number of {what} is '{text}'"
                problems.append(Problem(node.place, problem, str(error)))
        case _:
            problem = f"the case number of {what} must be a text"
            problems.append(Problem(node.place, problem, "as in 2026/1234"))
    return ""


def _screening(fields: Fields, problems: list[Problem]) -> Screening | None:
    """Both or nothing: a code without its ground is no screening."""
    node = fields.node("screening")
    if node is None:
        return None
    inner = Fields(node, f"the screening of {fields.what}", problems)
    found = Screening(inner.text("code"), inner.text("ground"))
    inner.done()
    return found


def _classification(fields: Fields, problems: list[Problem]) -> Kle | None:
    node = fields.node("kle")
    if node is None:
        return None
    inner = Fields(node, f"the KLE number of {fields.what}", problems)
    number, facet = inner.text("number"), inner.text("facet")
    inner.done()
    if not (number and facet):
        return None
    try:
        return parse_kle(number, facet)
    except ValueError as error:
        what = f"'{number}' and '{facet}' are no KLE number and facet"
        problems.append(Problem(node.place, what, str(error)))
        return None


def _checked(fields: Fields, key: str, check: Callable[[str], str]) -> str:
    """The text of a key as `check` gives it back; what that refuses is a problem."""
    text = fields.text(key, required=False)
    if not text:
        return ""
    try:
        return check(text)
    except ValueError as error:
        fields.problem(fields.place_of(key), f"'{key}' of {fields.what} is '{text}'", str(error))
        return ""
