"""Who speaks in a text: the names that it has for the speakers of its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reports.facts.evidence.findings import Miss
from reports.facts.evidence.paragraph import Paragraph
from reports.facts.model import Speaker

Names = Mapping[str, tuple[str, ...]]  # what a text calls each speaker, by id

_PARTICLES = frozenset(
    ("af", "av", "da", "de", "del", "den", "der", "di", "du", "la", "van", "von")
)
_WORD_OF_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_QUOTATION = re.compile(r"[-\N{EN DASH}\N{EM DASH}]\s*\w")


def names_of(speaker: Speaker, code: str) -> tuple[str, ...]:
    """What a text in that language may call a speaker: `known_as`, or else name and surname."""
    known_as = tuple(filter(str.strip, speaker.known_as))
    if known_as:
        return known_as
    name = speaker.name.get(code) or next(iter(speaker.name.values()))
    words = [word for word in name.split() if word not in _PARTICLES]
    personal = len(words) > 1 and all(
        _WORD_OF_NAME.fullmatch(word) and word[0].isupper() for word in words
    )
    return (name, words[-1]) if personal else (name,)


def speaker_misses(
    said_by: str, voice: str, paragraphs: Sequence[Paragraph], cited: int, names: Names
) -> tuple[Miss, ...]:
    """What the text doesn't confirm of who speaks in the paragraph numbered `cited`.

    It is who is named there or, if nobody is, in the nearest paragraph before it that names one
    of `names`.  The `voice` of the source needs no name, but it speaks in no quotation: in no
    paragraph with a dash before it, once somebody is named.
    """
    here = paragraphs[cited - 1]
    if said_by == voice and not _QUOTATION.match(here.text):
        return ()
    for paragraph in reversed(paragraphs[:cited]):
        named = _named(paragraph.text, names)
        if said_by in named:
            return ()
        if named:
            found = ", ".join(names[id_][0] for id_ in named)
            what = f"'{said_by}' is not named; paragraph {paragraph.number} names {found}"
            return (Miss("speaker", what, paragraph.reads()),)
    if said_by == voice:
        return ()
    called = " or ".join(f"'{name}'" for name in names[said_by])
    return (Miss("speaker", f"'{said_by}' is named nowhere before: no {called}", here.reads()),)


def _named(text: str, names: Names) -> list[str]:
    """The ids of those whom the text names, by whole words and with or without a genitive."""
    return [id_ for id_, called in names.items() if any(_says(text, name) for name in called)]


def _says(text: str, name: str) -> bool:
    first = f"[{re.escape(name[0])}{re.escape(name[0].upper())}]"  # at the start of a sentence
    return bool(re.search(rf"(?<!\w){first}{re.escape(name[1:])}(?:['’]?s|['’])?(?!\w)", text))
