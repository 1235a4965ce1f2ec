"""The page for the person who files a bundle: what to enter where, and how to check the files.

It is HTML that needs nothing beside it, and prints on one sheet.  It tells what the record says
and nothing else; that something was filed it never says, since nobody has when it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from reports.casefile.fiks_arkiv import journalpost_codes
from reports.casefile.message import UNFIT, parties
from reports.casefile.record import (
    CaseDocument,
    CaseFile,
    CaseRecord,
    Correspondent,
    EntryKind,
    Role,
)
from reports.cases.reference import CaseNumber, Country, ExternalKey, SystemId
from reports.cases.stamp import State
from reports.language import Language, capitalised, load_language
from reports.themes import load_theme
from reports.themes.found import BUILT_IN

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PRINTED = 200  # characters of a text that paper has room for; screens show it whole
_HASH_PART = 16  # characters of a checksum between two places where its line may break
_HEADS = ("document", "file", "name", "format", "size", "hash")
_FORMATS = {"fmt/412": "word", "fmt/476": "pdf", "x-fmt/18": "table"}  # ids of PRONOM
_PARTIES = ("EA", "EM", "EK", "GM", "IA", "IM", "IK")  # Noark's codes that have words of ours


def filing_page(record: CaseRecord, language: str) -> bytes:
    """The page of that bundle in that language, as HTML."""
    spoken = load_language(language)
    say = spoken.say
    title = _safe(say("filing", case=record.case.shown))
    parts = (
        f"<h1>{title}</h1>{_state(record, spoken)}",
        f"<p>{_safe(say('filing-lead', system=record.system))}</p>",
        f"\n<h2>{_safe(say('filing-entry'))}</h2>{_entry(record, spoken)}",
        f"\n<h2>{_safe(say('filing-files'))}</h2>{_files(record, spoken)}",
        f"\n<h2>{_safe(say('filing-check'))}</h2>{_checks(spoken)}",
        f"\n<h2>{_safe(say('filing-others'))}</h2>{_others(record, spoken)}",
    )
    page = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_style()}</style></head>\n<body><main>{''.join(parts)}</main></body></html>\n"
    )
    return page.encode()


def _safe(text: str) -> str:
    """The text as HTML, without what no page may hold."""
    return escape(UNFIT.sub("", text))


@cache
def _style() -> str:
    """The page's sheet in the colours that come with the tool: no theme's, as it is no edition."""
    sheet = (Path(__file__).parent / "filing.css").read_text("utf-8")
    return load_theme(BUILT_IN / "default/tokens.yaml").fill(sheet)


# ---------------------------------------------------------------- what to enter


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
    return f'\n<p class="state"><strong>{_safe(shown)}</strong> {_safe(told)}</p>'


def _entry(record: CaseRecord, language: Language) -> str:
    rows = "".join(
        f'\n<tr><th scope="row">{_safe(label)}</th><td>{value}</td></tr>'
        for label, value in _fields(record, language)
    )
    return f'\n<table class="entry"><tbody>{rows}</tbody></table>'


def _fields(record: CaseRecord, language: Language) -> Iterator[tuple[str, str]]:
    """The fields of the entry: label, and value as HTML."""
    say, country = language.say, record.country.value
    yield say("filing-case"), _safe(_case(record, language))
    if record.classification:
        kle = record.classification
        yield say("filing-kle"), _safe(say("filing-kle-facet", number=kle.number, facet=kle.facet))
    yield say("filing-kind"), _safe(_kind(record, language))
    yield say("filing-title"), _text(record.title, language)
    same = record.public_title == record.title
    public = _safe(say("filing-same-title")) if same else _text(record.public_title, language)
    yield say("filing-public-title"), public
    yield say("filing-date"), _safe(language.day(record.date))
    responsible = (record.responsible.name, record.responsible.unit)
    yield say("filing-responsible"), _listed(filter(None, responsible), language)
    named = (_party(each, record.country, language) for each in _parties(record))
    yield say("filing-parties"), _listed(named, language, mark="; ")
    yield say(f"filing-screening-{country}"), _safe(_screening(record, language))
    yield say("filing-version"), _safe(_version(record, language))
    yield say("filing-key"), _key(record, language)
    named = _numbered(
        record.organisation.name, record.organisation.number, record.country, language
    )
    yield say("filing-organisation"), _safe(named)
    if to:
        numbered = _numbered(to.name, to.number, Country.NORWAY, language)
        yield say("filing-recipient"), _safe(numbered)


def _case(record: CaseRecord, language: Language) -> str:
    match record.case:
        case CaseNumber(written):
            return written
        case ExternalKey(system, key):
            return language.say("filing-case-key", id=key, system=system)
        case SystemId(id):
            return language.say("filing-case-id", id=id)


def _kind(record: CaseRecord, language: Language) -> str:
    """What kind of entry it becomes; of a journalpost also the codes that its message has."""
    say, country = language.say, record.country
    if country is not Country.NORWAY or record.entry is not EntryKind.JOURNALPOST:
        return say(f"filing-{record.entry.value}-{country.value}")
    type_, status = journalpost_codes(record)
    return say(
        "filing-journalpost-norway",
        type=type_,
        what=say(f"filing-type-{type_.lower()}"),
        status=status,
        state=say(f"filing-status-{status.lower()}"),
    )


def _parties(record: CaseRecord) -> tuple[Correspondent, ...]:
    """Who sends and who gets the document, in Norway as its message names them."""
    if record.country is not Country.NORWAY:
        return record.correspondents
    return tuple(each.correspondent for each in parties(record))


def _party(party: Correspondent, country: Country, language: Language) -> str:
    known = party.role in _PARTIES
    role = language.say(f"filing-party-{party.role.lower()}") if known else party.role
    return f"{_numbered(party.name, party.organisation_number, country, language)}, {role}"


def _numbered(name: str, number: str, country: Country, language: Language) -> str:
    """An organisation by its name and number."""
    if not number:
        return name
    return f"{name}, {language.say(f'filing-number-{country.value}', number=number)}"


def _listed(texts: Iterator[str] | filter[str], language: Language, mark: str = ", ") -> str:
    """The texts in a line, or that nobody was named."""
    return _safe(mark.join(texts) or language.say("filing-nobody"))


def _screening(record: CaseRecord, language: Language) -> str:
    if record.screening is None:
        return language.say("filing-open")
    return f"{record.screening.code}, {record.screening.ground}"


def _version(record: CaseRecord, language: Language) -> str:
    version = str(record.version)
    if record.replaces is None:
        return language.say("filing-version-first", version=version)
    old = record.replaces
    return language.say(
        "filing-version-replaces", version=version, old=str(old.version), bundle=old.bundle
    )


def _key(record: CaseRecord, language: Language) -> str:
    remark = _safe(language.say("filing-key-remark"))
    name, _, digest = record.key.partition(":")
    return f'<code>{_safe(name)}:{_broken(digest)}</code><span class="remark">{remark}</span>'


def _text(text: str, language: Language) -> str:
    """A text that may be long: whole on screens, on paper its beginning and where the rest is."""
    if len(text) <= _PRINTED:
        return _safe(text)
    start = text[:_PRINTED].rpartition(" ")[0] or text[:_PRINTED]
    return (
        f'{_safe(start)}<span class="rest">{_safe(text[len(start) :])}</span>'
        f'<span class="cut"> {_safe(language.say("filing-cut"))}</span>'
    )


# ---------------------------------------------------------------- the files


def _files(record: CaseRecord, language: Language) -> str:
    heads = "".join(
        f'<th scope="col">{_safe(language.say(f"filing-head-{head}"))}</th>' for head in _HEADS
    )
    rows = "".join(
        _row(document, file, record.country, language)
        for document in record.documents
        for file in document.files
    )
    return (
        f'\n<table class="files"><colgroup>{"<col>" * len(_HEADS)}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(document: CaseDocument, file: CaseFile, country: Country, language: Language) -> str:
    cells = (
        f"<code>{_safe(file.file)}</code>",
        _safe(file.shown),
        f"{_safe(_format(file, language))} <span>{_safe(file.format.pronom)}</span>",
        _safe(language.say("filing-bytes", size=f"{file.size:,}".replace(",", language.grouping))),
        f"<code>{_broken(file.sha256)}</code>",
    )
    return (
        f'\n<tr><th scope="row">{_what(document, file, country, language)}</th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    )


def _what(document: CaseDocument, file: CaseFile, country: Country, language: Language) -> str:
    """What a file is in its entry: the document it belongs to, and which variant of it."""
    named = language.say(f"filing-{document.role.value}")
    if document.type:
        named += f" ({document.type})"
    if document.role is Role.ATTACHMENT:
        named += f": {document.title}"
    variant = capitalised(language.say(f"filing-variant-{file.variant.value.lower()}"))
    code = f" ({file.variant.value})" if country is Country.NORWAY else ""
    return f"{_text(named, language)} <span>{_safe(variant + code)}</span>"


def _format(file: CaseFile, language: Language) -> str:
    """The format in the words of people who aren't archivists, or as PRONOM calls it."""
    known = _FORMATS.get(file.format.pronom)
    return language.say(f"filing-format-{known}") if known else file.format.name


def _broken(digest: str) -> str:
    """A checksum that breaks in even parts and is copied as one word."""
    parts = range(0, len(digest), _HASH_PART)
    return "<wbr>".join(_safe(digest[start : start + _HASH_PART]) for start in parts)


# ---------------------------------------------------------------- checks, and what else is there


def _checks(language: Language) -> str:
    commands = ("sha256sum -c manifest-sha256.txt", "kildefast verify .", r"Get-FileHash data\*")
    told = ("filing-check-sums", "filing-check-all", "filing-check-windows")
    lead = _safe(language.say("filing-check-where"))
    return f"\n<p>{lead}</p>{_explained(zip(commands, map(language.say, told), strict=True))}"


def _others(record: CaseRecord, language: Language) -> str:
    return _explained(_other_files(record, language))


def _other_files(record: CaseRecord, language: Language) -> Iterator[tuple[str, str]]:
    """Each file that isn't a document's, with what it is for."""
    say = language.say
    if record.country is Country.NORWAY:
        yield "data/arkivmelding.xml", say("filing-other-message")
    if record.recipient:
        sent = say("filing-other-sent", name=record.recipient.name)
        yield "data/eformidling-arkivmelding.xml", sent
    yield "data/case.json", say("filing-other-record")
    yield "data/filing.html", say("filing-other-page")
    yield (
        "bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt",
        say("filing-other-bag"),
    )


def _explained(entries: Iterator[tuple[str, str]] | zip[tuple[str, str]]) -> str:
    """Words of a computer, each with what it does."""
    rows = "".join(
        f"\n<dt><code>{_safe(name)}</code></dt><dd>{_safe(told)}</dd>" for name, told in entries
    )
    return f"\n<dl>{rows}</dl>"
