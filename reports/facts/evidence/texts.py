"""The evidence folder to texts: each source's own text, as paragraphs that can be cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reports.facts.evidence.copying import Words, runs_of
from reports.facts.evidence.findings import Finding, Miss
from reports.facts.evidence.idiom import Idiom
from reports.facts.evidence.paragraph import IDIOMS, Paragraph, load_idiom, paragraphs_of
from reports.facts.model import Source


@dataclass(frozen=True)
class Text:
    """The text of a source: `paragraphs[0]` is the one that facts cite as paragraph 1."""

    idiom: Idiom
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def runs(self) -> frozenset[Words]:
        """Every eight words in a row of the text."""
        return runs_of(self.paragraphs)


def read_texts(
    sources: Iterable[Source], folder: Path, names: tuple[str, ...]
) -> tuple[dict[str, Text], list[Finding]]:
    """The texts that can be read, by the id of their source, and a finding for each other."""
    texts: dict[str, Text] = {}
    unread: list[Finding] = []
    for source in sources:
        read = _read_text(source, folder, names)
        if isinstance(read, Text):
            texts[source.id] = read
        else:
            unread.append(Finding(source.declared, "", source.id, 0, read))
    return texts, unread


def _read_text(source: Source, folder: Path, names: tuple[str, ...]) -> Text | Miss:
    """The text of a source, from the file of its `text` in the folder, or why it can't be read."""
    name, code = source.text, source.language
    if code not in IDIOMS:
        return Miss("text", f"it is in '{code}'", f"texts can be in: {', '.join(IDIOMS)}")
    if Path(name).name != name or not (folder / name).is_file():
        return Miss("text", f"'{name}' is not in {folder}", "put it there, or mend its name")
    try:
        text = (folder / name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Miss("text", f"'{name}' can't be read", "save it as plain text in UTF-8")
    return Text(load_idiom(code), paragraphs_of(text, load_idiom(code), names))
