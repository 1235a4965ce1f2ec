"""One document to bytes in each format, sharing what the formats have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from reports.briefs import Format
from reports.build.pages import keep_pages, kept_pages, pages_key
from reports.charts import chart_png, chart_svg, drawing_png
from reports.document import Contents, Document, Figure
from reports.fonts import Face, missing_letters
from reports.language import load_language
from reports.problems import Place
from reports.themes import Theme
from reports.write.docx import is_native, write_docx
from reports.write.html import write_html
from reports.write.pages import Pages
from reports.write.pdf import Pdf, lay_out, write_pdf
from reports.write.sheets import page_style, screen_style


class DocumentWriter:
    """Writes one document; charts and the PDF are made once, when first asked for.

    `place` is what problems name where nothing nearer is known.  In the folder `kept` stands
    where earlier PDFs of the same edition set things.
    """

    def __init__(
        self,
        document: Document,
        theme: Theme,
        fonts: Mapping[Face, Path],
        place: Place,
        kept: Path,
    ) -> None:
        """Take the document, and what its looks are made from."""
        self._document = document
        self._theme = theme
        self._fonts = fonts
        self._place = place
        self._kept = kept
        self._language = load_language(document.language)
        self._drawn: dict[str, str] = {}  # pictures of charts, by the anchors of their figures

    def written(self, kind: Format) -> bytes:
        """The document in that format; raises ReportError for what can't be set."""
        match kind:
            case Format.HTML:
                return self._html(screen_style(self._theme, self._fonts)).encode()
            case Format.PDF:
                return self.pdf.data
            case Format.DOCX:
                return write_docx(
                    self._document,
                    self._theme,
                    self._pngs,
                    pages=self._listed_pages,
                    logo=self._logo,
                )

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The letters that the fonts lack: with any of them there is no PDF."""
        return missing_letters(self._printed, self._fonts.values())

    @cached_property
    def pdf(self) -> Pdf:
        """The PDF and its pages; raises ReportError for what can't be set."""
        pdf = write_pdf(self._printed, self._fonts, self._place)
        keep_pages(self._kept, self._pages_key, pdf.pages)
        return pdf

    def pages(self, laying_out: Callable[[], None]) -> Pages:
        """Where the PDF sets things, from an earlier run if nothing has changed since.

        `laying_out` is called where there was none: it takes seconds.
        """
        if "pdf" in self.__dict__:  # set a moment ago
            return self.pdf.pages
        pages = kept_pages(self._kept, self._pages_key)
        if pages is None:
            laying_out()
            pages = lay_out(self._printed, self._fonts, self._place)
            keep_pages(self._kept, self._pages_key, pages)
        return pages

    @cached_property
    def _pages_key(self) -> str:
        return pages_key(self._printed, self._font_folder)

    def _html(self, style: str) -> str:
        mark = self._theme.logo
        return write_html(self._document, self._svgs, style, self._language, mark)

    @cached_property
    def _printed(self) -> str:
        """The page of HTML that the PDF is set from."""
        return self._html(page_style(self._theme, self._fonts))

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


def _unseen() -> None:
    """Nothing is said of a layout that a Word file needs."""
