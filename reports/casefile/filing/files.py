"""The files of a bundle's documents, one a row."""

from __future__ import annotations

from reports.casefile.filing.words import digest, long_name, long_text, safe
from reports.casefile.record import CaseDocument, CaseFile, CaseRecord, Role
from reports.cases.reference import Country
from reports.language import Language, capitalised

_FORMATS = {"fmt/412": "word", "fmt/476": "pdf", "x-fmt/18": "table"}  # ids of PRONOM
_HEADS = ("document", "name", "format", "size", "hash")


def files_table(record: CaseRecord, language: Language) -> str:
    """A row a file: what it is, its name, its format and its checksum."""
    heads = "".join(
        f'<th scope="col">{safe(language.say(f"filing-head-{head}"))}</th>' for head in _HEADS
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
        f"{long_name(file.shown)} <span><code>{safe(file.file)}</code></span>",
        f"{safe(_format(file, language))} <span>{safe(file.format.pronom)}</span>",
        safe(language.say("filing-bytes", size=f"{file.size:,}".replace(",", language.grouping))),
        f"<code>{digest(file.sha256)}</code>",
    )
    return (
        f'\n<tr><th scope="row">{_what(document, file, country, language)}</th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    )


def _what(document: CaseDocument, file: CaseFile, country: Country, language: Language) -> str:
    """What a file is in its entry: the document it belongs to, and which variant of it."""
    named = language.say(f"filing-{document.role.value}")
    if document.role is Role.ATTACHMENT:
        named += f": {document.title}"
    elif document.type:
        named += f" ({document.type})"
    variant = capitalised(language.say(f"filing-variant-{file.variant.value.lower()}"))
    code = f" ({file.variant.value})" if country is Country.NORWAY else ""
    return f"{long_text(named, language)} <span>{safe(variant + code)}</span>"


def _format(file: CaseFile, language: Language) -> str:
    """The format in the words of people who aren't archivists, or as PRONOM calls it."""
    known = _FORMATS.get(file.format.pronom)
    return language.say(f"filing-format-{known}") if known else file.format.name
