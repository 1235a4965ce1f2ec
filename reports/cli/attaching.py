"""To attach briefs to cases: the command `attach`, and what it asks of its words."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

from reports.briefs import Brief, Edition, Workspace
from reports.cases.organisation_number import check_organisation_number
from reports.cases.reference import (
    CaseReference,
    Country,
    parse_case_number,
    parse_external_key,
    parse_system_id,
)
from reports.cases.settings import Screening
from reports.cases.stamp import State
from reports.cli.printing import counted, print_json, print_problems
from reports.cli.words import (
    Commands,
    add_command,
    given_path,
    no_series,
    open_workspace,
    wrong_option,
)
from reports.machine.surroundings import stood_in
from reports.problems import Place

if TYPE_CHECKING:  # what composes and typesets is imported where it is used
    from reports.casefile.attaching import Attached
    from reports.casefile.record import Organisation
    from reports.casefile.request import Request

T = TypeVar("T")

_ENTRIES = ("journalpost", "arkivnotat")


def declare(commands: Commands) -> None:
    """Add `attach`."""
    what = "pack editions as case bundles, ready for a case file"
    attach = add_command(
        commands, "attach", _attach, what, "attach digital-public-services --case 2026/1234"
    )
    attach.add_argument("brief", metavar="BRIEF", help="id of a brief")
    case = attach.add_mutually_exclusive_group()
    case.add_argument("--case", metavar="NUMBER", help="the case's number (default: the brief's)")
    case.add_argument("--case-key", metavar="SYSTEM=KEY", help="or another system's key for it")
    case.add_argument("--case-id", metavar="UUID", help="or its id in the records system")
    attach.add_argument("--audience", help="only this audience (default: the brief's `case`)")
    attach.add_argument("--lang", help="only this language")
    attach.add_argument("--subject", help="only this subject of a series")
    attach.add_argument("--out", type=given_path, help="folder of the bundles (default: out/cases)")
    what = "what it becomes in the case (default: journalpost)"
    attach.add_argument("--as", dest="entry", choices=_ENTRIES, default=_ENTRIES[0], help=what)
    attach.add_argument("--final", action="store_true", help="freeze it: PDF/A and Word, status F")
    attach.add_argument("--approved-by", default="", metavar="NAME", help="who approved it")
    what = "the day a final document was finished (default: today)"
    attach.add_argument("--date", type=_day, metavar="DATE", help=what)
    what = "code of the access, with --screening-ground"
    attach.add_argument("--screening-code", metavar="CODE", help=what)
    what = "legal ground for keeping it from the public"
    attach.add_argument("--screening-ground", metavar="TEXT", help=what)
    what = "drop the screening that the version before had"
    attach.add_argument("--unscreened", action="store_true", help=what)
    what = "title that the public may see, for a screened document"
    attach.add_argument("--public-title", default="", metavar="TEXT", help=what)
    what = "add this audience's edition as the redacted variant"
    attach.add_argument("--redacted", metavar="AUDIENCE", default="", help=what)
    what = "organisation number of the agency that it is sent to"
    attach.add_argument("--to", metavar="NUMBER", help=what)
    attach.add_argument("--to-name", metavar="NAME", help="and that agency's name")
    attach.add_argument("--deliver", metavar="URL", help="put the bundles in this WebDAV folder")
    attach.add_argument("--json", action="store_true", help="as JSON")


def _day(text: str) -> dt.date:
    from reports.facts.values import parse_day

    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date such as 2031-04-02") from None


def _attach(arguments: argparse.Namespace) -> int:
    if arguments.deliver:
        from reports.casefile.delivery.address import read_address

        read_address(arguments.deliver)  # before the time that packing takes
    workspace = open_workspace(arguments)
    brief = _brief(arguments, workspace)
    editions = _editions(arguments, brief, workspace)
    request = _request(arguments, brief, workspace)
    from reports.casefile.attaching import attach  # a wrong command is told without it

    attached, warnings = attach(editions, request, workspace, _say)
    print_problems(warnings, workspace.root)
    _print(attached, arguments)
    _deliver(attached, arguments, workspace)
    return 0


# ---------------------------------------------------------------- what is asked for


def _brief(arguments: argparse.Namespace, workspace: Workspace) -> Brief:
    if arguments.brief not in workspace.briefs:
        wrong_option("brief", arguments.brief, workspace.briefs)
    brief = workspace.briefs[arguments.brief]
    if arguments.subject and not brief.for_each:
        no_series(brief.id)
    return brief


def _editions(
    arguments: argparse.Namespace, brief: Brief, workspace: Workspace
) -> tuple[Edition, ...]:
    """The editions that the options ask for, or else those of the brief's `case`."""
    own = _own(arguments, brief, workspace)
    named = {f"{each.audience.id}.{each.language}": each for each in own}
    for option, word, known in (
        ("audience", arguments.audience, {each.audience.id for each in own}),
        ("lang", arguments.lang, {each.language for each in own}),
        ("redacted", arguments.redacted, {each.audience.id for each in own}),
    ):
        if word in brief.audiences and word not in known:  # a series, and one of its subjects
            _refuse(option, f"'{word}' may see nothing of '{arguments.subject}'", "leave it out")
        if word and word not in known:
            wrong_option(option, word, known)
    if not (arguments.audience or brief.case.editions):
        hint = f"add 'editions: [{next(iter(named))}]' to 'case' in brief.yaml, or give --audience"
        _refuse("audience", f"brief '{brief.id}' doesn't say what is attached", hint)
    asked = [named[name] for name in brief.case.editions] if not arguments.audience else own
    found = tuple(
        each
        for each in asked
        if arguments.audience in (None, each.audience.id)
        and arguments.lang in (None, each.language)
    )
    if not found:
        known = {each.language for each in asked if arguments.audience in (None, each.audience.id)}
        wrong_option("lang", arguments.lang, known)
    return found


def _own(arguments: argparse.Namespace, brief: Brief, workspace: Workspace) -> list[Edition]:
    """The editions of a brief; of a series, those of the one subject that has to be named.

    Bundles can't be called back, so nobody gets those of all subjects by leaving a word out.
    """
    own = [each for each in workspace.editions() if each.brief is brief]
    subjects = dict.fromkeys(each.subject for each in own if each.subject)
    if brief.for_each and not arguments.subject:
        what = f"brief '{brief.id}' is a series, of {counted(len(subjects), 'subject')}"
        _refuse("subject", what, f"say which: --subject {next(iter(subjects))}")
    if arguments.subject and arguments.subject not in subjects:
        wrong_option("subject", arguments.subject, subjects)
    return [each for each in own if each.subject == (arguments.subject or "")]


def _request(arguments: argparse.Namespace, brief: Brief, workspace: Workspace) -> Request:
    from reports.casefile.record import EntryKind
    from reports.casefile.request import Request

    now = dt.datetime.now().astimezone().replace(microsecond=0)
    if not arguments.final:
        for option, given in (
            ("approved-by", arguments.approved_by),
            ("date", arguments.date),
            ("redacted", arguments.redacted),
            ("to", arguments.to),
        ):
            if given:
                _refuse(option, "is for final documents only", "add --final, or leave it out")
    screening = _screening(arguments, brief)
    if screening and not (arguments.public_title.strip() or brief.case.public_title):
        hint = "give the title that the public may see, the same one if it gives nothing away"
        _refuse("public-title", "a screened document needs one", hint)
    return Request(
        case=_case(arguments, brief, workspace),
        entry=EntryKind(arguments.entry),
        state=State.FINAL if arguments.final else State.DRAFT,
        approved_by=arguments.approved_by.strip(),
        day=arguments.date or now.date(),
        made=now,
        screening=screening,
        redacted=arguments.redacted,
        recipient=_recipient(arguments, workspace),
        out=_out(arguments, workspace),
        public_title=arguments.public_title.strip(),
        unscreened=arguments.unscreened,
    )


def _out(arguments: argparse.Namespace, workspace: Workspace) -> Path:
    """The folder of the bundles: never the register's, which takes what it holds for entries."""
    from reports.casefile.register import FOLDER

    out: Path = (arguments.out or arguments.workspace / "out/cases").resolve()
    if out.is_relative_to((workspace.root / FOLDER).resolve()):
        _refuse("out", f"is in the register, the folder '{FOLDER}'", "choose another folder")
    return out


def _case(arguments: argparse.Namespace, brief: Brief, workspace: Workspace) -> CaseReference:
    """The case that the options name, or else the brief's own."""
    country = workspace.archive.country
    if arguments.case_key:
        return _parsed("case-key", arguments.case_key, parse_external_key)
    if arguments.case_id:
        return _parsed("case-id", arguments.case_id, parse_system_id)
    number = arguments.case if arguments.case is not None else brief.case.number
    if not number and arguments.case is None:
        hint = "add --case 2026/1234, or 'case: 2026/1234' to its brief.yaml"
        _refuse("case", f"brief '{brief.id}' names no case", hint)
    return _parsed("case", number, lambda text: parse_case_number(text, country))


def _screening(arguments: argparse.Namespace, brief: Brief) -> Screening | None:
    """What the user gives, here or in the brief's settings, and never anything else."""
    code, ground = arguments.screening_code, arguments.screening_ground
    if code is None and ground is None:
        return brief.case.screening
    if not (code and ground):
        missing = "screening-ground" if code else "screening-code"
        _refuse(missing, "a screening has a code and a legal ground", f"add --{missing}")
    return Screening(code.strip(), ground.strip())


def _recipient(arguments: argparse.Namespace, workspace: Workspace) -> Organisation | None:
    from reports.casefile.record import Organisation

    if arguments.to is None and arguments.to_name is None:
        return None
    if workspace.archive.country is not Country.NORWAY:
        _refuse("to", "eFormidling is Norwegian", "send the bundle itself")
    if arguments.entry == "arkivnotat":
        _refuse("to", "an arkivnotat stays in its case", "leave --as out")
    if not (arguments.to and arguments.to_name):
        missing = "to-name" if arguments.to else "to"
        _refuse(missing, "an agency has a number and a name", f"add --{missing}")
    number = _parsed("to", arguments.to, check_organisation_number)
    return Organisation(arguments.to_name.strip(), number)


def _parsed(option: str, text: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text)
    except ValueError as error:
        _refuse(option, f"{text!r} can't be used", str(error))


def _refuse(option: str, what: str, hint: str) -> NoReturn:
    """End with exit code 2: the command itself is wrong."""
    print(f"--{option}: {what}", file=sys.stderr)
    print(f"  hint: {hint}", file=sys.stderr)
    raise SystemExit(2)


# ---------------------------------------------------------------- what is told


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _deliver(
    attached: Sequence[Attached], arguments: argparse.Namespace, workspace: Workspace
) -> None:
    """Put each bundle where it is to go; what has arrived is in the register at once.

    After one that can't be delivered the others would fail alike, and aren't tried.
    """
    if not arguments.deliver:
        return
    from reports.casefile.delivery import Arrival, deliver
    from reports.casefile.register import add_receipt

    for each in attached:
        receipt = deliver(each.folder, arguments.deliver, _say)
        add_receipt(workspace.root, each.entry, receipt)
        old = sum(file.arrival is Arrival.ALREADY_THERE for file in receipt.files)
        files = counted(len(receipt.files), "file")
        _say(f"{receipt.folder}: delivered to {receipt.url}, {files}, {old} already there")


def _print(attached: Sequence[Attached], arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json([_told(each) for each in attached])
        return
    for each in attached:
        record = each.record
        mark, number = record.edition, record.version
        name = mark.name
        state = record.state.value
        if each.is_new:
            print(f"{name}: version {number}, {state}, for case {record.case.shown}")
        else:
            print(f"{name}: unchanged since version {number}, {state}, of {record.made:%Y-%m-%d}")
        print(f"  {Place(each.folder).shown(stood_in())}")
    new = sum(each.is_new for each in attached)
    print(f"{counted(new, 'new case bundle')}", file=sys.stderr)


def _told(each: Attached) -> dict[str, object]:
    record = each.record
    return {
        "brief": record.edition.brief,
        "audience": record.edition.audience,
        "language": record.edition.language,
        "subject": record.edition.subject or None,
        "case": record.case.shown,
        "version": record.version,
        "state": record.state.value,
        "new": each.is_new,
        "folder": str(each.folder),
        "key": record.key,
    }
