"""One edition's document to bytes in each format, judged by what is known once it is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reports.briefs import Edition, Format, Workspace
from reports.budgets import Term, page_term
from reports.build.letters import letter_problems
from reports.build.outputs import Resolved
from reports.build.writer import DocumentWriter
from reports.files import replace_file
from reports.fonts import Face
from reports.problems import Place, ReportError
from reports.write.pages import Pages
from reports.write.pdf import Pdf


class EditionWriter:
    """Writes one edition, and refuses a PDF that its audience's contract or fonts don't allow."""

    def __init__(self, item: Resolved, workspace: Workspace, fonts: Mapping[Face, Path]) -> None:
        """Take the edition with its document, and what its looks are made from."""
        edition = item.edition
        self._item = item
        self._workspace = workspace
        kept = workspace.cache / "pages" / edition.name
        theme, place = workspace.theme(edition), Place(edition.template)
        self._writer = DocumentWriter(item.document, theme, fonts, place, kept)

    def written(self, kind: Format) -> bytes:
        """The edition in that format.

        Raises ReportError for what can't be set, and for a PDF over its page limit.
        """
        if kind is Format.PDF:
            pdf = self._pdf
            check_pages(pdf.pages.body, pdf.data, self._item.edition, self._workspace)
        return self._writer.written(kind)

    @property
    def page_count(self) -> int:
        """The pages of the PDF, however many are allowed; raises ReportError as `written` does."""
        return self._pdf.page_count

    @property
    def _pdf(self) -> Pdf:
        check_letters(self._writer.lacking, self._item, self._workspace)
        return self._writer.pdf

    def pages(self, laying_out: Callable[[], None]) -> Pages:
        """Where the PDF sets things, from an earlier run if nothing has changed since.

        `laying_out` is called where there was none: it takes seconds.
        """
        return self._writer.pages(laying_out)


def check_letters(letters: tuple[str, ...], item: Resolved, workspace: Workspace) -> None:
    """Raise ReportError with the lines that hold letters which the fonts lack, if there are any."""
    found = letter_problems(letters, item.document, item.composed, workspace.facts)
    if problems := tuple(found):
        raise ReportError(*problems)


def check_pages(pages: int, data: bytes, edition: Edition, workspace: Workspace) -> None:
    """Raise ReportError for a body of so many pages if that is too long, and keep it for a look."""
    seen_at = workspace.cache / "too-long" / f"{edition.name}.pdf"
    shown = seen_at.relative_to(workspace.cache.parent).as_posix()
    if problems := edition_pages(edition, pages, f"see {shown}").problems:
        replace_file(seen_at, data)
        raise ReportError(*problems)


def edition_pages(edition: Edition, pages: int, look: str = "") -> Term:
    """The contract's term on so many pages of body, 0 for none laid out.

    `look` tells where the author can see pages that are too many.
    """
    return page_term(edition.audience, pages, Place(edition.template), look)
