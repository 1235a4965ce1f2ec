"""What to enter in the records system, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.casefile.filing.words import digest, long_text, safe
from reports.casefile.messages.fiks_arkiv import journalpost_codes
from reports.casefile.messages.parts import parties
from reports.casefile.record import CaseRecord, Correspondent, EntryKind
from reports.cases.reference import CaseNumber, Country, ExternalKey, SystemId
from reports.language import Language

_ROLES = ("EA", "EM", "EK", "GM", "IA", "IM", "IK")  # Noark's codes that have words of ours


def entry_table(record: CaseRecord, language: Language) -> str:
    """The fields of the entry under their names."""
    rows = "".join(
        f'\n<tr><th scope="row">{safe(label)}</th><td>{value}</td></tr>'
        for label, value in _fields(record, language)
    )
    return f'\n<table class="entry"><tbody>{rows}</tbody></table>'


def _fields(record: CaseRecord, language: Language) -> Iterator[tuple[str, str]]:
    """The fields of the entry: label, and value as HTML."""
    say, country = language.say, record.country.value
    yield say("filing-case"), safe(_case(record, language))
    if record.classification:
        kle = record.classification
        yield say("filing-kle"), safe(say("filing-kle-facet", number=kle.number, facet=kle.facet))
    yield say("filing-kind"), safe(_kind(record, language))
    yield say("filing-title"), long_text(record.title, language)
    same = record.public_title in ("", record.title)
    public = safe(say("filing-same-title")) if same else long_text(record.public_title, language)
    yield say("filing-public-title"), public
    yield say("filing-date"), safe(language.day(record.date))
    responsible = (record.responsible.name, record.responsible.unit)
    yield say("filing-responsible"), _listed(filter(None, responsible), language)
    named = (_party(each, record.country, language) for each in _parties(record))
    yield say("filing-parties"), _listed(named, language, mark="; ")
    yield say(f"filing-screening-{country}"), safe(_screening(record, language))
    yield say("filing-version"), _version(record, language)
    yield say("filing-key"), _key(record, language)
    house, to = record.organisation, record.recipient
    numbered = _numbered(house.name, house.number, record.country, language)
    yield say("filing-organisation"), safe(numbered)
    if to:
        numbered = _numbered(to.name, to.number, Country.NORWAY, language)
        yield say("filing-recipient"), safe(numbered)


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
    known = party.role in _ROLES
    role = language.say(f"filing-party-{party.role.lower()}") if known else party.role
    return f"{_numbered(party.name, party.organisation_number, country, language)}, {role}"


def _numbered(name: str, number: str, country: Country, language: Language) -> str:
    """An organisation by its name and number."""
    if not number:
        return name
    return f"{name}, {language.say(f'filing-number-{country.value}', number=number)}"


def _listed(texts: Iterable[str], language: Language, mark: str = ", ") -> str:
    """The texts in a line, or that nobody was named."""
    return safe(mark.join(texts) or language.say("filing-nobody"))


def _screening(record: CaseRecord, language: Language) -> str:
    if record.screening is None:
        return language.say("filing-open")
    return f"{record.screening.code}, {record.screening.ground}"


def _version(record: CaseRecord, language: Language) -> str:
    """The version, and the entry of the one that it replaces: whoever files it links the two."""
    version, old = str(record.version), record.replaces
    if old is None:  # a later draft replaces no document that is final
        said = "filing-version-first" if record.version == 1 else "filing-version-alone"
        return safe(language.say(said, version=version))
    told = language.say(
        "filing-version-replaces", version=version, old=str(old.version), bundle=old.bundle
    )
    remark = f"{safe(language.say('filing-version-link'))} {_whole_key(old.key)}"
    return f'{safe(told)}<span class="remark">{remark}</span>'


def _key(record: CaseRecord, language: Language) -> str:
    remark = safe(language.say("filing-key-remark"))
    return f'{_whole_key(record.key)}<span class="remark">{remark}</span>'


def _whole_key(key: str) -> str:
    """An external key that is copied as one word."""
    name, _, hashed = key.partition(":")
    return f"<code>{safe(name)}:{digest(hashed)}</code>"
