"""One edition's document to bytes in each format, sharing what the formats have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from reports.briefs import Format, Workspace
from reports.budgets import Term, page_term
from reports.build.letters import letter_problems
from reports.build.outputs import Resolved
from reports.build.pages import keep_pages, kept_pages, pages_key
from reports.charts import chart_png, chart_svg, drawing_png
from reports.document import Contents, Figure
from reports.files import replace_file
from reports.fonts import Face
from reports.language import load_language
from reports.problems import Place, ReportError
from reports.write.docx import is_native, write_docx
from reports.write.html import write_html
from reports.write.pages import Pages
from reports.write.pdf import Pdf, lay_out, write_pdf
from reports.write.sheets import page_style, screen_style


class EditionWriter:
    """Writes one edition; charts and the PDF are made once, when first asked for."""

    def __init__(self, item: Resolved, workspace: Workspace, fonts: dict[Face, Path]) -> None:
        """Take the edition with its document, and what its looks are made from."""
        self._edition = edition = item.edition
        self._document = item.document
        self._composed = item.composed
        self._store = workspace.facts
        self._theme = workspace.theme(edition)
        self._fonts = fonts
        self._cache = workspace.cache
        self._language = load_language(edition.language)
        self._drawn: dict[str, str] = {}  # pictures of charts, by the anchors of their figures

    def written(self, kind: Format) -> bytes:
        """The edition in that format.

        Raises ReportError for what can't be set, and for a PDF over its page limit.
        """
        match kind:
            case Format.HTML:
                style = screen_style(self._theme, self._fonts)
                return self._html(style).encode()
            case Format.PDF:
                self._check_pages()
                return self._pdf.data
            case Format.DOCX:
                return write_docx(
                    self._document,
                    self._theme,
                    self._pngs,
                    pages=self._listed_pages,
                    logo=self._logo,
                )

    def _check_pages(self) -> None:
        """Raise ReportError for a body that is too long, and keep its pages for a look."""
        seen_at = self._cache / "too-long" / f"{self._edition.name}.pdf"
        shown = seen_at.relative_to(self._cache.parent).as_posix()
        if problems := self.page_term(self._pdf.pages.body, f"see {shown}").problems:
            replace_file(seen_at, self._pdf.data)
            raise ReportError(*problems)

    def page_term(self, pages: int, look: str) -> Term:
        """The contract's term on so many pages of body, 0 for none laid out.

        `look` tells where the author can see pages that are too many.
        """
        return page_term(self._edition.audience, pages, self._place, look)

    def page_counts(self, kind: Format) -> tuple[int, int]:
        """The pages of the PDF and of its body; zeros for formats without pages."""
        if kind is not Format.PDF:
            return 0, 0
        return self._pdf.page_count, self._pdf.pages.body

    def pages(self, laying_out: Callable[[], None]) -> Pages:
        """Where the PDF sets things, from an earlier run if nothing has changed since.

        `laying_out` is called where there was none: it takes seconds.
        """
        pages = kept_pages(self._pages_folder, self._pages_key)
        if pages is None:
            laying_out()
            pages = lay_out(self._printed, self._fonts, self._place)
            keep_pages(self._pages_folder, self._pages_key, pages)
        return pages

    @property
    def _pages_folder(self) -> Path:
        return self._cache / "pages" / self._edition.name

    @cached_property
    def _pages_key(self) -> str:
        return pages_key(self._printed, self._font_folder)

    @property
    def _place(self) -> Place:
        return Place(self._edition.template)

    def _html(self, style: str) -> str:
        mark = self._theme.logo
        return write_html(self._document, self._svgs, style, self._language, mark)

    @cached_property
    def _font_folder(self) -> Path:
        return next(iter(self._fonts.values())).parent

    @property
    def _listed_pages(self) -> dict[str, int]:
        """The pages that a contents list names, as the PDF has them; none without a list."""
        listed = any(isinstance(block, Contents) for block in self._document.body)
        return self.pages(laying_out=_unseen).anchors if listed else {}

    @property
    def _figures(self) -> tuple[Figure, ...]:
        return tuple(block for block in self._document.body if isinstance(block, Figure))

    @property
    def _svgs(self) -> dict[str, str]:
        return {figure.caption.anchor: self._svg(figure) for figure in self._figures}

    @cached_property
    def _pngs(self) -> dict[str, bytes]:
        """The pictures of the charts that Word can't draw itself."""
        wanted = (figure for figure in self._figures if not is_native(figure.chart))
        return {f.caption.anchor: chart_png(self._svg(f), self._font_folder) for f in wanted}

    @property
    def _logo(self) -> bytes:
        """The theme's logo as a picture that Word shows; nothing where there is none."""
        logo = self._theme.logo
        if logo is None:
            return b""
        return drawing_png(logo.data) if logo.is_drawing else logo.data

    def _svg(self, figure: Figure) -> str:
        anchor = figure.caption.anchor
        if anchor not in self._drawn:
            self._drawn[anchor] = chart_svg(figure.chart, anchor, self._theme, self._font_folder)
        return self._drawn[anchor]

    @cached_property
    def _printed(self) -> str:
        """The page of HTML that the PDF is set from."""
        return self._html(page_style(self._theme, self._fonts))

    @cached_property
    def _pdf(self) -> Pdf:
        found = letter_problems(
            self._document, self._composed, self._store, self._printed, self._fonts
        )
        if problems := tuple(found):
            raise ReportError(*problems)
        pdf = write_pdf(self._printed, self._fonts, self._place)
        keep_pages(self._pages_folder, self._pages_key, pdf.pages)
        return pdf


def _unseen() -> None:
    """Nothing is said of a layout that a Word file needs."""
