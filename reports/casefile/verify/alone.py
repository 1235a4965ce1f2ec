"""The checks of one file by itself: a PDF, a Word file, a message, or a case record."""

from __future__ import annotations

from pathlib import Path

from reports.casefile.messages.semantics import message_problems
from reports.casefile.pronom import identity
from reports.casefile.record import read_record
from reports.casefile.verify.bundle import Against, is_small, record_of
from reports.casefile.verify.document import marks_text, read_marks
from reports.casefile.verify.documents import (
    claims_of,
    for_handing_over,
    format_problems,
    list_for,
    list_problems,
    packages_of,
    shown_identity,
    too_large,
)
from reports.casefile.verify.messages import message_by_schema
from reports.casefile.verify.report import Finding, judged, passed, unchecked
from reports.casefile.verify.told import figures_alone, store_alone
from reports.cases.reference import Country
from reports.problems import Place, ReportError

_DAMAGED = "it can't be opened"


def bundle_around(file: Path) -> Path | None:
    """The bundle whose payload the file lies in; None for a file that stands alone."""
    folder = file.resolve().parent.parent
    is_payload = file.resolve().parent.name == "data" and (folder / "bagit.txt").is_file()
    return folder if is_payload else None


def format_of(file: Path, against: Against) -> Finding:
    """What the file is, and whether its name says so."""
    del against
    if not is_small(file):
        return judged([too_large(file)])
    known = identity(file)
    return judged(
        format_problems(known, Place(file)), shown_identity(known), f"by PRONOM's {known.release}"
    )


def accepted(file: Path, against: Against) -> Finding:
    """Whether archives accept its format, by the list of the country that is known."""
    country = _country(file, against)
    if country is None and against.formats is None:
        return unchecked("give --workspace, which has a country, or --formats FILE with a list")
    listed = list_for(against, country or Country.NORWAY)
    if not listed.judges:
        return unchecked(for_handing_over(listed))
    if not is_small(file):
        return unchecked(_DAMAGED)
    pronom = identity(file).format.pronom
    return judged(list_problems(pronom, Place(file), (), listed, final=False), *listed.told)


def _country(file: Path, against: Against) -> Country | None:
    """The country of the bundle that the file lies in, or of the workspace; None for neither."""
    if folder := bundle_around(file):
        try:
            return record_of(folder).country
        except ReportError:
            pass
    return against.workspace.archive.country if against.workspace else None


def claim(file: Path, against: Against) -> Finding:
    """What a PDF claims to be."""
    del against
    return claims_of([file])


def package(file: Path, against: Against) -> Finding:
    """Whether a Word file opens and is safe."""
    del against
    return packages_of([file])


def marks(file: Path, against: Against) -> Finding:
    """What the document says of itself."""
    del against
    if not is_small(file):
        return judged([too_large(file)])
    try:
        return passed(*marks_text(read_marks(file)))
    except ReportError as error:
        return judged(error.problems)


def figures(file: Path, against: Against) -> Finding:
    """Whether its figures are the facts of the facts file."""
    return figures_alone(file, against, bundle_around(file))


def store(file: Path, against: Against) -> Finding:
    """What the store says of its facts today."""
    return store_alone(file, against, bundle_around(file))


def message(file: Path, against: Against) -> Finding:
    """Whether a message makes sense by itself."""
    del against
    return judged(message_problems(file.read_bytes(), file, None, None))


def message_schema(file: Path, against: Against) -> Finding:
    """Whether a message is valid by the schemas."""
    if against.schemas is None:
        return unchecked("give --schemas DIR, the folder with the receivers' XML schemas")
    return message_by_schema([(file, file.read_bytes())], against.schemas)


def record(file: Path, against: Against) -> Finding:
    """Whether a case record has the shape that it ought to have."""
    del against
    found = read_record(file.read_bytes(), file)
    said = f"case {found.case.shown}, {found.state.value}, version {found.version}"
    return passed(said, "verify the bundle around it to compare it with its files")
