"""A case bundle, or a document by itself, to a verdict: what holds, what doesn't, what is open.

Each check looks at one thing and stands on its own; the lists below are all there are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from reports.casefile.bag import bag_problems
from reports.casefile.names import METADATA, RECORD_FILE
from reports.casefile.record import CaseRecord
from reports.casefile.verify import alone, contents, documents, messages, registered, told
from reports.casefile.verify.bundle import Against, Bundle, payload_of, record_of
from reports.casefile.verify.report import (
    Check,
    Finding,
    Outcome,
    Verdict,
    judged,
    passed,
    unchecked,
    verdict_record,
)
from reports.language import languages
from reports.problems import Place, Problem, ReportError

__all__ = ["Against", "Check", "Finding", "Outcome", "Verdict", "verdict_record", "verify"]

_OfBundle = Callable[[Bundle], Finding]
_OfFile = Callable[[Path, Against], Finding]

_BUNDLE: tuple[tuple[str, str, _OfBundle], ...] = (
    ("names", "file names", contents.names),
    ("files", "files of case.json", contents.files),
    ("key", "external key", contents.key),
    ("state", "draft or final", contents.state),
    ("bag-info", "bag-info.txt", contents.bag_info),
    ("message", "messages as case.json makes them", messages.made_anew),
    ("meaning", "sense of the messages", messages.meaning),
    ("schema", "messages by their XML schemas", messages.by_schema),
    ("page", "page to file by", messages.page),
    ("format", "formats by PRONOM", documents.identities),
    ("accepted", "formats that archives accept", documents.accepted),
    ("claim", "claims of PDF/A and PDF/UA", documents.claims),
    ("package", "Word files open safely", documents.packages),
    ("cover", "case, state and date on the documents", documents.covers),
    ("figures", "figures by the facts file", told.figures),
    ("register", "register of what was issued", registered.register),
    ("store", "facts in the store today", told.store),
)
_FORMAT: tuple[str, str, _OfFile] = ("format", "format by PRONOM", alone.format_of)
_ACCEPTED: tuple[str, str, _OfFile] = (
    "accepted",
    "format that archives accept",
    alone.accepted,
)
_MARKS: tuple[str, str, _OfFile] = ("marks", "what it says of itself", alone.marks)
_FIGURES: tuple[str, str, _OfFile] = ("figures", "figures by the facts file", alone.figures)
_STORE: tuple[str, str, _OfFile] = ("store", "facts in the store today", alone.store)
_ALONE: dict[str, tuple[tuple[str, str, _OfFile], ...]] = {
    ".pdf": (
        _FORMAT,
        _ACCEPTED,
        ("claim", "claims of PDF/A and PDF/UA", alone.claim),
        _MARKS,
        _FIGURES,
        _STORE,
    ),
    ".docx": (
        _FORMAT,
        _ACCEPTED,
        ("package", "opens safely", alone.package),
        _MARKS,
        _FIGURES,
        _STORE,
    ),
    ".xml": (
        ("meaning", "sense of the message", alone.message),
        ("schema", "message by its XML schema", alone.message_schema),
    ),
    ".json": (("record", "case record", alone.record),),
}


def verify(path: Path, against: Against) -> Verdict:
    """What holds and what doesn't of a bundle, another bag, or a file by itself.

    Raises ReportError at the path if it is none of these, and for what it is compared with.
    """
    if path.is_dir():
        return _bundle_verdict(path, against)
    if not path.is_file():
        raise ReportError(Problem(Place(path), "there is no such file or folder"))
    checks = _ALONE.get(path.suffix.lower())
    if checks is None:
        raise ReportError(Problem(Place(path), _unfit(path), _HINT))
    made = [_made(id_, title, partial(look, path, against)) for id_, title, look in checks]
    return Verdict(path, path.name, tuple(made))


_HINT = "name the folder of a bundle, or a PDF, a Word file, a message or a case.json"


def _unfit(path: Path) -> str:
    if path.suffix.lower() == ".zip":
        return "is a packed folder: unpack it, and verify the folder of the bundle in it"
    return f"can't be verified: its name ends in '{path.suffix}'"


def _bundle_verdict(folder: Path, against: Against) -> Verdict:
    name, payload = folder.resolve().name, payload_of(folder)
    _refuse_no_bag(folder, payload.keys())
    bag = _made("bag", "bag and checksums", lambda: judged(bag_problems(folder)))
    finding, record = _record(folder, payload.keys())
    shape = Check("record", "case.json", finding)
    if record is None:
        said = f"{len(_BUNDLE)} more checks need a case.json that can be read"
        return Verdict(
            folder, folder.name, (bag, shape, Check("rest", "the rest", unchecked(said)))
        )
    bundle = Bundle(folder, record, payload, against)
    rest = [_made(id_, title, partial(look, bundle)) for id_, title, look in _BUNDLE]
    subject = f"{name}: {record.title}, case {record.case.shown}"
    return Verdict(folder, subject, (bag, shape, *rest))


def _record(folder: Path, payload: Collection[str]) -> tuple[Finding, CaseRecord | None]:
    """Whether case.json can be read, and what it holds; another bag needs none."""
    if not set(METADATA) & set(payload):
        return unchecked("this is no case bundle: of another bag, the checksums alone count"), None
    try:
        record = record_of(folder)
    except ReportError as error:
        return judged(error.problems), None
    edition = record.edition
    if edition.language not in languages():
        what = (
            f"is of an edition in '{edition.language}': the languages are {', '.join(languages())}"
        )
        return judged([Problem(Place(folder / "data" / RECORD_FILE), what)]), None
    said = f'{record.entry.value} in case {record.case.shown}, "{record.title}"'
    mark = f"edition {edition.name}, {record.state.value}, version {record.version}"
    return passed(said, mark), record


def _refuse_no_bag(folder: Path, payload: Collection[str]) -> None:
    """Raise ReportError for a folder that isn't a bag; the bundles in it are named."""
    if (folder / "bagit.txt").exists() or RECORD_FILE in payload:
        return
    inside = sorted((*folder.glob("*/bagit.txt"), *folder.glob("*/*/bagit.txt")))
    names = [each.parent.relative_to(folder).as_posix() for each in inside]
    what = "is no bundle: it has no bagit.txt"
    hint = f"name one in it: {', '.join(names[:8])}" if names else _HINT
    raise ReportError(Problem(Place(folder), what, hint))


def _made(id_: str, title: str, look: Callable[[], Finding]) -> Check:
    """The check with what it found; what it couldn't read is a problem of its own."""
    try:
        return Check(id_, title, look())
    except ReportError as error:
        return Check(id_, title, judged(error.problems))
    except OSError as error:
        place = Place(Path(error.filename)) if error.filename else Place(Path(id_))
        what = f"can't be read: {(error.strerror or str(error)).lower()}"
        return Check(id_, title, judged([Problem(place, what)]))
