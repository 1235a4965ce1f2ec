"""The dialects of arkivmelding that bundles hold: which elements there are, and their order.

A table lists the children of an element: `!` must be there, `*` may be there several times, `+`
both, and `a|b` is one or the other.  What must be there is what the schema demands and what a
records system needs to file a brief.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.casefile.messages import eformidling, fiks_arkiv
from reports.casefile.messages.noark_codes import CODES, OPEN, WORDS
from reports.casefile.names import EFORMIDLING_FILE, FIKS_FILE


@dataclass(frozen=True)
class Slot:
    """One step in an element's order: the names that may stand there, and how often."""

    names: tuple[str, ...]
    required: bool
    many: bool


@dataclass(frozen=True)
class Dialect:
    """One kind of message.

    `tables` are by the name of an element or of its xsi:type; `like` gives the table of an
    element that has none of its own.  The children in the tables `catalogued` are in the
    namespace `catalogue`, all others in `message`.  What is in `open_` holds elements that
    aren't looked into.  `types` are those that an element may name; `codes` the values known.
    """

    title: str
    file: str
    message: str
    catalogue: str
    tables: Mapping[str, str]
    like: Mapping[str, str]
    catalogued: frozenset[str]
    open_: frozenset[str]
    types: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Collection[str]]

    @cached_property
    def slots(self) -> Mapping[str, tuple[Slot, ...]]:
        """The tables, read."""
        return {name: tuple(map(_slot, table.split())) for name, table in self.tables.items()}


def _slot(word: str) -> Slot:
    names = re.sub("[!*+]$", "", word)
    return Slot(tuple(names.split("|")), word[-1] in "!+", word[-1] in "*+")


_FIKS_ENTRY = """
    systemID opprettetDato! opprettetAv arkivertDato arkivertAv referanseForelderMappe!
    part* skjerming gradering dokumentbeskrivelse+ registreringsID tittel! offentligTittel
    beskrivelse noekkelord* forfatter* dokumentmedium virksomhetsspesifikkeMetadata merknad*
    kryssreferanse* korrespondansepart* klassifikasjon* referanseEksternNoekkel!
"""
_KEYED = "systemID|registreringsID|journalnummer|saksJournalpostnummer|referanseEksternNoekkel!"

FIKS_ARKIV = Dialect(
    title="Fiks Arkiv V1",
    file=FIKS_FILE,
    message=fiks_arkiv.MESSAGE,
    catalogue=fiks_arkiv.CATALOGUE,
    tables={
        "arkivmelding": "system! regel antallFiler! registrering!",
        "journalpost": f"""{_FIKS_ENTRY}
            journalaar journalsekvensnummer journalpostnummer journalposttype! journalstatus!
            journaldato dokumentetsDato! mottattDato sendtDato forfallsdato
            offentlighetsvurdertDato antallVedlegg journalenhet dokumentflyt* presedens*
            avskrivningsdato""",
        "arkivnotat": f"""{_FIKS_ENTRY}
            dokumentetsDato! mottattDato sendtDato forfallsdato offentlighetsvurdertDato
            antallVedlegg dokumentflyt*""",
        "dokumentbeskrivelse": """
            systemID dokumenttype dokumentstatus! tittel! beskrivelse forfatter* opprettetDato
            opprettetAv dokumentmedium tilknyttetRegistreringSom! dokumentnummer!
            tilknyttetDato tilknyttetAv part* merknad* skjerming gradering dokumentobjekt+
            referanseEksternNoekkel""",
        "dokumentobjekt": """
            systemID versjonsnummer variantformat! format! formatDetaljer mimeType
            opprettetDato opprettetAv filnavn! referanseDokumentfil! sjekksum!
            sjekksumAlgoritme! filstoerrelse!""",
        "korrespondansepart": """
            korrespondansepartID korrespondanseparttype! erBehandlingsansvarlig
            korrespondansepartNavn! organisasjonid|personid postadresse* postnummer poststed
            landkode epostadresse telefonnummer* kontaktperson administrativEnhet
            saksbehandler erSkjermet erPersonnavn forsendelsesmaate deresReferanse
            avskrivning*""",
        "skjerming": """
            tilgangsrestriksjon! skjermingshjemmel! skjermingOpphoererDato
            skjermingOpphoererAksjon""",
        "merknad": """
            merknadID merknadstekst! merknadstype merknadsdato merknadRegistrertAv
            erSkjermet""",
        "kryssreferanse": """
            kryssreferanseID referanseTilMappe referanseTilRegistrering
            referanseTilDokumentbeskrivelse""",
        "Kode": "kode! beskrivelse",
        "identifikatorer": "navn identifikator initialer epostadresse",
        "referanseTilMappe": "systemID|mappeID|saksnummer|referanseEksternNoekkel!",
        "referanseTilRegistrering": _KEYED,
        "referanseEksternNoekkel": "fagsystem! noekkel!",
        "saksnummer": "saksaar! sakssekvensnummer!",
    },
    like={
        **dict.fromkeys((*CODES, "format", "tilgangsrestriksjon"), "Kode"),
        **dict.fromkeys(("skjermingOpphoererAksjon", "forsendelsesmaate"), "Kode"),
        **dict.fromkeys(("saksbehandler", "administrativEnhet"), "identifikatorer"),
        "referanseForelderMappe": "referanseTilMappe",
    },
    catalogued=frozenset(
        {
            "Kode",
            "identifikatorer",
            "referanseTilMappe",
            "referanseTilRegistrering",
            "referanseEksternNoekkel",
            "saksnummer",
        }
    ),
    open_=frozenset(
        {
            "avskrivning",
            "dokumentflyt",
            "gradering",
            "journalnummer",
            "klassifikasjon",
            "part",
            "presedens",
            "referanseTilDokumentbeskrivelse",
            "saksJournalpostnummer",
            "virksomhetsspesifikkeMetadata",
        }
    ),
    types={"registrering": ("journalpost", "arkivnotat")},
    codes={name: codes for name, codes in CODES.items() if name not in OPEN},
)

EFORMIDLING = Dialect(
    title="eFormidling",
    file=EFORMIDLING_FILE,
    message=eformidling.MESSAGE,
    catalogue=eformidling.MESSAGE,
    tables={
        "arkivmelding": "system! meldingId! tidspunkt! antallFiler! mappe!",
        "saksmappe": """
            systemID! mappeID ReferanseForeldermappe tittel! offentligTittel beskrivelse
            noekkelord* dokumentmedium oppbevaringssted* opprettetDato! opprettetAv!
            avsluttetDato avsluttetAv referanseArkivdel* virksomhetsspesifikkeMetadata
            kryssreferanse* merknad* skjerming gradering klassifikasjon* basisregistrering!
            saksaar sakssekvensnummer saksdato! administrativEnhet! saksansvarlig! journalenhet
            saksstatus! referanseSekundaerKlassifikasjon* sakspart* presedens*""",
        "journalpost": """
            systemID! opprettetDato! opprettetAv! arkivertDato! arkivertAv! registreringsID
            referanseForelderMappe|referanseArkivdel|referanseKlasse! skjerming gradering
            dokumentbeskrivelse+ tittel! offentligTittel! beskrivelse noekkelord* forfatter*
            dokumentmedium oppbevaringssted* virksomhetsspesifikkeMetadata merknad*
            kryssreferanse* journalaar journalsekvensnummer journalpostnummer journalposttype!
            journalstatus! journaldato! dokumentetsDato mottattDato sendtDato forfallsdato
            offentlighetsvurdertDato antallVedlegg utlaantDato utlaantTil journalenhet
            korrespondansepart+ avskrivning* dokumentflyt* presedens*""",
        "dokumentbeskrivelse": """
            systemID! dokumenttype! dokumentstatus! tittel! beskrivelse forfatter*
            opprettetDato! opprettetAv! dokumentmedium oppbevaringssted referanseArkivdel*
            tilknyttetRegistreringSom! dokumentnummer! tilknyttetDato! tilknyttetAv! merknad*
            skjerming gradering dokumentobjekt+""",
        "dokumentobjekt": """
            versjonsnummer! variantformat! opprettetDato! opprettetAv! referanseDokumentfil!""",
        "korrespondansepart": """
            korrespondanseparttype! korrespondansepartNavn! postadresse* postnummer poststed
            land epostadresse telefonnummer* kontaktperson administrativEnhet saksbehandler""",
        "skjerming": """
            tilgangsrestriksjon! skjermingshjemmel! skjermingMetadata+ skjermingDokument
            skjermingsvarighet skjermingOpphoererDato""",
    },
    like={},
    catalogued=frozenset(),
    open_=frozenset(
        {
            "avskrivning",
            "dokumentflyt",
            "gradering",
            "klassifikasjon",
            "kryssreferanse",
            "merknad",
            "presedens",
            "sakspart",
            "virksomhetsspesifikkeMetadata",
        }
    ),
    types={"mappe": ("saksmappe",), "basisregistrering": ("journalpost",)},
    codes=WORDS,
)

_SPACES = {
    "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/oppdater/v1": (
        "Fiks Arkiv V1's message that changes an entry"
    ),
    "http://www.arkivverket.no/standarder/noark5/arkivstruktur": (
        "Noark 5's arkivstruktur, for deposit with an archive"
    ),
    "http://www.arkivverket.no/standarder/addml": "ADDML, for deposit with an archive",
}


def known_as(namespace: str) -> str:
    """What messages in that namespace are called, "" where nobody knows."""
    for dialect in (FIKS_ARKIV, EFORMIDLING):
        if namespace == dialect.message:
            return dialect.title
    if re.search(r"/fiks-arkiv/.*/v2$", namespace):
        return "Fiks Arkiv V2"
    return _SPACES.get(namespace, "")
