"""The checks of the documents themselves: what they are, what they claim, what they print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reports.casefile.pronom import Identity, identity
from reports.casefile.record import CaseFile, Variant
from reports.casefile.verify.bundle import MOST, Against, Bundle, is_small
from reports.casefile.verify.document import cover_problems, read_marks
from reports.casefile.verify.formats import FormatList, accepted_formats, own_formats
from reports.casefile.verify.package import open_package
from reports.casefile.verify.pdf import Pdf, read_pdf
from reports.casefile.verify.report import Finding, judged, problems_of, unchecked
from reports.cases.reference import Country
from reports.cases.stamp import State
from reports.problems import Place, Problem, ReportError

_NO_PROOF = "a claim is no proof: have a validator such as veraPDF check the file"
_WANTED = "2A"  # what this program's PDFs claim


def identities(bundle: Bundle) -> Finding:
    """Whether each file is of the format that case.json says, by PRONOM."""
    problems: list[Problem] = []
    found: list[str] = []
    releases: set[str] = set()
    for each in bundle.documents(""):
        if not is_small(bundle.payload[each.file]):
            problems.append(too_large(bundle.payload[each.file]))
            continue
        known = identity(bundle.payload[each.file])
        problems += _identity_problems(bundle, each, known)
        found.append(f"{each.file}: {shown_identity(known)}")
        releases.add(known.release)
    return judged(problems, *found, *(f"by PRONOM's {name}" for name in releases))


def _identity_problems(bundle: Bundle, each: CaseFile, known: Identity) -> Iterator[Problem]:
    place = Place(bundle.payload[each.file])
    if known.format.pronom != each.format.pronom:
        is_, said = known.format.pronom or "unknown to PRONOM", each.format.pronom or "nothing"
        yield Problem(place, f"is {is_} ({known.format.name or '–'}); case.json says {said}")
    elif known.format.extension != each.format.extension:
        ending, said = known.format.extension, each.format.extension
        yield Problem(place, f"ends in '.{ending}'; case.json says '.{said}'")
    else:
        yield from format_problems(known, place)


def format_problems(known: Identity, place: Place) -> Iterator[Problem]:
    """That a file is of no known format, or of another than its name says."""
    if not known.format.pronom:
        yield Problem(place, "is of no format that PRONOM knows", "it may be empty or damaged")
    elif "extension mismatch" in known.remark:
        ending = known.format.extension
        yield Problem(place, f"is {known.format.name}, and its name ends in '.{ending}'")


def shown_identity(known: Identity) -> str:
    """What a file is, for a person, with Siegfried's reservation."""
    if not known.format.pronom:
        return "unknown to PRONOM"
    remark = f" ({known.remark})" if known.remark else ""
    return f"{known.format.pronom}, {known.format.name}{remark}"


# ---------------------------------------------------------------- accepted formats


def accepted(bundle: Bundle) -> Finding:
    """Whether archives accept the formats of the files, by a dated list."""
    record = bundle.record
    listed = list_for(bundle.against, record.country)
    if not listed.judges:
        return unchecked(for_handing_over(listed))
    problems: list[Problem] = []
    for document in record.documents:
        there = [each for each in document.files if bundle.has_small(each)]
        known = {each: identity(bundle.payload[each.file]).format.pronom for each in there}
        final = record.state is State.FINAL
        for each, pronom in known.items():
            place = Place(bundle.payload[each.file])
            problems += list_problems(pronom, place, set(known.values()), listed, final=final)
    return judged(problems, *listed.told)


def for_handing_over(listed: FormatList) -> str:
    """Why nothing is judged by a list that isn't for the files of a case."""
    return f"no list is known of what a case may hold: {listed.shown} is for handing systems over"


def list_for(against: Against, country: Country) -> FormatList:
    """The list to judge by: one's own, or that of the country's national archives.

    Raises ReportError with every problem of one's own list.
    """
    return own_formats(against.formats) if against.formats else accepted_formats(country)


def list_problems(
    pronom: str, place: Place, beside: Iterable[str], listed: FormatList, *, final: bool
) -> Iterator[Problem]:
    """What a list has against a format, beside files of others; a draft need not be complete yet."""
    entry = listed.formats.get(pronom)
    if entry is None:
        what = f"is {pronom or 'of no known format'}, which isn't on the list of accepted formats"
        yield Problem(place, what, f"the list is {listed.shown}")
    elif entry.condition:
        yield Problem(place, f"is {entry.name}: accepted {entry.condition}", fatal=False)
    elif entry.beside and final and not set(entry.beside) & set(beside):
        what = f"is {entry.name}, and none of {', '.join(entry.beside)} lies beside it"
        yield Problem(place, what)


# ---------------------------------------------------------------- claims, packages, covers


def claims(bundle: Bundle) -> Finding:
    """Whether the PDFs claim to be what archives and readers need."""
    files = [bundle.payload[each.file] for each in bundle.documents(".pdf")]
    return claims_of(files) if files else unchecked("there is no PDF; a draft has none")


def claims_of(files: Iterable[Path]) -> Finding:
    """Whether these PDFs claim PDF/A and PDF/UA, and hold nothing that belongs in none of ours."""
    problems: list[Problem] = []
    found: list[str] = []
    for file in files:
        try:
            pdf = _read_small(file)
        except ReportError as error:
            problems += error.problems
            continue
        found.append(f"{file.name} claims {_claims_text(pdf)}")
        problems += _claim_problems(pdf, Place(file))
    return judged(problems, *found, *([_NO_PROOF] if found else ()))


def _read_small(file: Path) -> Pdf:
    if not is_small(file):
        raise ReportError(too_large(file))
    return read_pdf(file)


def too_large(file: Path) -> Problem:
    """That a document is too large to be opened."""
    what = f"has {file.stat().st_size // 10**6} MB; up to {MOST // 10**6} MB are opened"
    return Problem(Place(file), what)


def _claims_text(pdf: Pdf) -> str:
    claimed = [f"PDF/A-{pdf.pdfa.lower()}" if pdf.pdfa else "", f"PDF/UA-{pdf.pdfua}"]
    return " and ".join(each for each in claimed if each and not each.endswith("-")) or "nothing"


def _claim_problems(pdf: Pdf, place: Place) -> Iterator[Problem]:
    for each in pdf.additions:
        yield Problem(place, each, "this program writes no such thing: it was added later")
    if not pdf.pdfa:
        yield Problem(place, "doesn't claim to be PDF/A", "archives take no other PDF")
    elif pdf.pdfa != _WANTED:
        what = f"claims PDF/A-{pdf.pdfa.lower()}; this program writes PDF/A-{_WANTED.lower()}"
        yield Problem(place, what, "someone converted it", fatal=False)
    if not pdf.pdfua:
        yield Problem(place, "doesn't claim to be PDF/UA", "it may not be readable for all")


def packages(bundle: Bundle) -> Finding:
    """Whether the Word files open, and hold nothing that could harm their readers."""
    return packages_of([bundle.payload[each.file] for each in bundle.documents(".docx")])


def packages_of(files: Iterable[Path]) -> Finding:
    """Whether these Word files open and are safe."""
    problems: list[Problem] = []
    found: list[str] = []
    for file in files:
        wrong = problems_of(lambda file=file: open_package(file))  # type: ignore[misc]
        problems += wrong
        if not wrong:
            found.append(f"{file.name}: no macros, nothing fetched from elsewhere")
    return judged(problems, *found) if found or problems else unchecked("there is no Word file")


def covers(bundle: Bundle) -> Finding:
    """Whether the main document prints the case, state, version and date of case.json."""
    problems: list[Problem] = []
    found: list[str] = []
    for each in bundle.main_files():
        file, own = bundle.payload[each.file], each.variant is not Variant.REDACTED
        if not is_small(file):
            problems.append(too_large(file))
            continue
        try:
            problems += cover_problems(read_marks(file), bundle.record, own=own)
            found.append(each.file)
        except ReportError as error:
            problems += error.problems
    return judged(problems, *found)
