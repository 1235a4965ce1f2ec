"""The codes of Fiks Arkiv V1, and the words that eFormidling has in their place.

Both by the element that holds them (code lists of 2024; Noark 5 version 3.1, metadata catalogue).
"""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, Mapping[str, str]] = {
    "journalposttype": {
        "I": "Inngående dokument",
        "U": "Utgående dokument",
        "N": "Organinternt dokument for oppfølging",
        "X": "Organinternt dokument uten oppfølging",
        "S": "Saksframlegg",
    },
    "journalstatus": {
        "J": "Journalført",
        "F": "Ferdigstilt av saksbehandler",
        "G": "Godkjent av leder",
        "E": "Ekspedert",
        "A": "Arkivert",
        "U": "Utgår",
        "M": "Midlertidig registrering av innkommende dokument",
        "S": "Saksbehandler har registrert innkommende dokument",
        "R": "Reservert dokument",
    },
    "dokumentstatus": {
        "B": "Dokumentet er under redigering",
        "F": "Dokumentet er ferdigstilt",
    },
    "dokumenttype": {
        "SØKNAD": "Søknad",
        "MELDING": "Melding",
        "KORR": "Korrespondanse",
        "KART": "Kart",
        "FOTO": "Foto",
        "TEGNING": "Tegning",
        "ANSVKONTO": "Ansvar og kontroll",
        "TILSYN": "Tilsyn",
        "AVTALE": "Avtale",
        "VEDTAK": "Vedtak",
        "SAKSFRAMLEGG": "Saksframlegg",
        "FERDIGATTEST": "Ferdigattest",
        "PLANBESKR": "Planbeskrivelse",
        "PLANKART": "Plankart",
        "PLANBEST": "Planbestemmelser",
        "PLANPROG": "Planprogram",
        "JURILLUST": "Juridisk bindende illustrasjon",
        "ILLUST": "Illustrasjon",
        "KONSUTR": "Konsekvensutredning",
        "KUNNGJ": "Kunngjøring",
        "RAPPORT": "Rapport",
        "ROS-ANALYSE": "ROS-analyse",
        "UTREDNING": "Utredning",
        "UTTALELSE": "Uttalelse",
        "INNSIGELSE": "Innsigelse",
        "KLAGE": "Klage",
        "TEGNFKL": "Tegnforklaring",
        "GEOREFPLAN": "Georeferert plankart",
        "DOKUMENT": "Dokument",
        "NOTAT": "Notat",
        "ANALYSE": "Analyse",
        "FAKTURA": "Faktura",
        "LYD": "Lydfil",
        "VIDEO": "Videofil",
        "PROTOKOLL": "Protokoll",
        "VEDLEGG": "Vedlegg",
    },
    "tilknyttetRegistreringSom": {"H": "Hoveddokument", "V": "Vedlegg"},
    "variantformat": {
        "P": "Produksjonsformat",
        "A": "Arkivformat",
        "O": "Dokument hvor deler av innholdet er skjermet",
        "S": "Digitalt signert dokument",
    },
    "korrespondanseparttype": {
        "EA": "Avsender",
        "EM": "Mottaker",
        "EK": "Kopimottaker",
        "GM": "Gruppemottaker",
        "IA": "Intern avsender",
        "IM": "Intern mottaker",
        "IK": "Intern kopimottaker",
    },
    "dokumentmedium": {
        "F": "Fysisk medium",
        "E": "Elektronisk arkiv",
        "B": "Blandet fysisk og elektronisk arkiv",
    },
    "merknadstype": {
        "MS": "Merknad fra saksbehandler",
        "ML": "Merknad fra leder",
        "MA": "Arkivmerknad",
    },
}
OPEN = frozenset({"dokumenttype"})  # lists that each records system adds to

WORDS: Mapping[str, frozenset[str]] = {
    "journalposttype": frozenset(CODES["journalposttype"].values()),
    "journalstatus": frozenset(
        {
            "Journalført",
            "Ferdigstilt fra saksbehandler",
            "Godkjent av leder",
            "Ekspedert",
            "Arkivert",
            "Utgår",
        }
    ),
    "dokumentstatus": frozenset(CODES["dokumentstatus"].values()),
    "tilknyttetRegistreringSom": frozenset(CODES["tilknyttetRegistreringSom"].values()),
    "variantformat": frozenset(CODES["variantformat"].values()) - {"Digitalt signert dokument"},
    "korrespondanseparttype": frozenset(CODES["korrespondanseparttype"].values())
    - {"Intern kopimottaker"},
    "saksstatus": frozenset({"Under behandling", "Avsluttet", "Utgår"}),
}
