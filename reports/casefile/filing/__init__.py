"""The page for the person who files a bundle: what to enter where, and how to check the files.

It is HTML that needs nothing beside it, and prints on one sheet.  It tells what the record says
and nothing else; that something was filed it never says, since nobody has when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reports.casefile.filing.entry import entry_table
from reports.casefile.filing.files import files_table
from reports.casefile.filing.words import explained, safe
from reports.casefile.names import EFORMIDLING_FILE, FIKS_FILE, FILING_FILE, RECORD_FILE
from reports.casefile.record import CaseRecord
from reports.cases.reference import Country
from reports.cases.stamp import State
from reports.language import Language, load_language
from reports.themes import load_theme
from reports.themes.found import BUILT_IN

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def filing_page(record: CaseRecord, language: str) -> bytes:
    """The page of that bundle in that language, as HTML."""
    spoken = load_language(language)
    say = spoken.say
    title = safe(say("filing", case=record.case.shown))
    parts = (
        f"<h1>{title}</h1>{_state(record, spoken)}",
        f"<p>{safe(say('filing-lead', system=record.system))}</p>",
        f"\n<h2>{safe(say('filing-entry'))}</h2>{entry_table(record, spoken)}",
        f"\n<h2>{safe(say('filing-files'))}</h2>{files_table(record, spoken)}",
        f"\n<h2>{safe(say('filing-check'))}</h2>{_checks(spoken)}",
        f"\n<h2>{safe(say('filing-others'))}</h2>{_others(record, spoken)}",
    )
    page = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_style()}</style></head>\n<body><main>{''.join(parts)}</main></body></html>\n"
    )
    return page.encode()


@cache
def _style() -> str:
    """The page's sheet in the colours that come with the tool: no theme's, as it is no edition."""
    sheet = (Path(__file__).parent / "filing.css").read_text("utf-8")
    return load_theme(BUILT_IN / "default/tokens.yaml").fill(sheet)


def _state(record: CaseRecord, language: Language) -> str:
    """In a frame, whether the document may still change."""
    say, country = language.say, record.country.value
    if record.state is State.FINAL and record.decision:
        shown = say("status-final")
        told = say(
            f"filing-final-{country}",
            name=record.decision.approved_by,
            day=language.day(record.decision.day),
        )
    else:
        shown, told = say("status-draft"), say(f"filing-draft-{country}")
    return f'\n<p class="state"><strong>{safe(shown)}</strong> <span>{safe(told)}</span></p>'


def _checks(language: Language) -> str:
    commands = ("sha256sum -c manifest-sha256.txt", "kildefast verify .", r"Get-FileHash data\*")
    told = ("filing-check-sums", "filing-check-all", "filing-check-windows")
    lead = safe(language.say("filing-check-where"))
    return f"\n<p>{lead}</p>{explained(zip(commands, map(language.say, told), strict=True))}"


def _others(record: CaseRecord, language: Language) -> str:
    return explained(_other_files(record, language))


def _other_files(record: CaseRecord, language: Language) -> Iterator[tuple[str, str]]:
    """Each file that isn't a document's, with what it is for."""
    say = language.say
    if record.country is Country.NORWAY:
        yield f"data/{FIKS_FILE}", say("filing-other-message")
    if record.recipient:
        sent = say("filing-other-sent", name=record.recipient.name)
        yield f"data/{EFORMIDLING_FILE}", sent
    yield f"data/{RECORD_FILE}", say("filing-other-record")
    yield f"data/{FILING_FILE}", say("filing-other-page")
    yield (
        "bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt",
        say("filing-other-bag"),
    )
