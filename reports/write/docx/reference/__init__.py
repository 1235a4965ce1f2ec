"""An organisation's own Word file to start from: its styles, page, letterhead and cover are kept.

A theme names it (`reports.themes.word`).  Read in four steps: `archive` unpacks it within limits,
`package` tells parts that are kept from what is refused, `content` judges its text, and `prepared`
packs it anew.  Written in three: `opening` adds what our roles need, `frame` fills the places of
its cover, and `settling` brings our text into its styles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reports.compose.gate import literal_numbers
from reports.document import Document
from reports.problems import Problem, ReportError, raise_if_fatal
from reports.themes import Theme, WordReference, theme_file
from reports.themes.word import LARGEST
from reports.write.docx.reference.faults import UnusableError
from reports.write.docx.reference.matching import mapping_problems
from reports.write.docx.reference.opening import Opened, open_reference
from reports.write.docx.reference.prepared import Prepared, prepared, stylesheet

__all__ = ["opened_reference", "reference_problems"]


def opened_reference(
    document: Document, theme: Theme, pictures: Mapping[str, bytes], word: WordReference
) -> Opened:
    """The theme's reference, open for an edition; raises ReportError where it can't be used."""
    found = _prepared(word)
    raise_if_fatal(mapping_problems(word, stylesheet(_bytes(word))))
    return open_reference(document, theme, pictures, word, found.package)


def reference_problems(theme: Theme, names: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the theme's reference, nothing where it names none.

    `names` are those that may hold digits: a number in the reference's own text is no fact.
    """
    word = theme.word
    if word is None:
        return
    try:
        found = _prepared(word)
    except ReportError as error:
        yield from error.problems
        return
    yield from mapping_problems(word, stylesheet(_bytes(word)))
    for line in found.words:
        for number in literal_numbers(line, names):
            what = f"'{word.file.name}' says '{number}' in its text, which has no source"
            hint = "move it to a head or foot, delete it, or list its name in names.yaml"
            yield Problem(word.place, what, hint)


def _prepared(word: WordReference) -> Prepared:
    try:
        return prepared(_bytes(word))
    except UnusableError as error:
        named = f"'{word.file.name}'"
        faults = (Problem(word.place, f"{named} {each.what}", each.hint) for each in error.faults)
        raise ReportError(*faults) from None


def _bytes(word: WordReference) -> bytes:
    return theme_file(word.file.name, word.place, LARGEST)
