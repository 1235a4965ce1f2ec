"""Masthead, running heads and feet, title, lead and meta strip."""

from __future__ import annotations

from collections.abc import Iterator

from docx.section import _Footer, _Header

from reports.document import Cover, running_case, running_title
from reports.themes import Theme
from reports.write.docx.inline import runs
from reports.write.docx.logo import logo_run
from reports.write.docx.package import Draft
from reports.write.docx.tables import Box, column_widths, grid
from reports.write.docx.xml import Element, bookmarked, dxa, field, paragraph, run, tab, words

_STRIP = 4  # pairs of label and value in a row


def write_margins(draft: Draft, cover: Cover, logo: bytes) -> None:
    """Fill the heads and feet of the first page and of those that follow."""
    section = draft.word.sections[0]
    head, mark = section.first_page_header, draft.theme.logo
    _fill(head, _masthead(cover))
    if mark:
        drawing = logo_run(head, mark, logo, draft.document.language, draft.theme)
        head.part.element[0].append(drawing)
    _fill(section.header, _running_head(cover))
    _fill(section.first_page_footer, _foot(cover))
    _fill(section.footer, _foot(cover))


def write_cover(draft: Draft, cover: Cover) -> None:
    """Title, lead and meta strip at the head of the text."""
    draft.add(paragraph("Title", *bookmarked("title", *runs(cover.title))))
    if cover.lead:
        draft.add(paragraph("Subtitle", *bookmarked("lead", *runs(cover.lead))))
    if cover.meta:
        draft.add(strips(cover, draft.theme))


def _fill(margin: _Header | _Footer, content: Element) -> None:
    margin.is_linked_to_previous = False
    margin.part.element[:] = [content]


def _masthead(cover: Cover) -> Element:
    # No-break spaces widen the tag: a run's shading reaches no further than its letters.
    status = words(cover.status and f"\u00a0{cover.status}\u00a0", "KF Status")
    names = (*words(cover.publisher), tab(), *words(cover.kind), tab())
    return paragraph("KF Dokumenttype", *names, *status)


def _running_head(cover: Cover) -> Element:
    names = (*words(cover.publisher), tab(), *words(running_title(cover)), tab())
    return paragraph("header", *names, *words(cover.status, "KF Løpende status"))


def _foot(cover: Cover) -> Element:
    page, of = cover.page_of
    return paragraph(
        "footer",
        *words(running_case(cover)),
        tab(),
        *words(cover.running),
        tab(),
        run(f"{page} "),
        *field("PAGE", "1"),
        run(f" {of} "),
        *field("NUMPAGES", "1"),
    )


def strips(cover: Cover, theme: Theme) -> Element:
    """The meta strip as one table; a row of labels heads each row of values."""
    columns = min(_STRIP, len(cover.meta))
    rows = [
        row
        for start in range(0, len(cover.meta), _STRIP)
        for row in _strip(cover.meta[start : start + _STRIP], columns)
    ]
    return grid("KF Meta", _widths(columns, theme), rows, (cover.meta_label, ""))


def _strip(pairs: tuple[tuple[str, str], ...], columns: int) -> Iterator[list[Box]]:
    """Labels and values of one strip; the last pair takes the columns that are left."""
    spans = [1] * (len(pairs) - 1) + [columns - len(pairs) + 1]
    for style, side in (("KF Meta etikett", 0), ("KF Meta verdi", 1)):
        yield [
            Box(style, words(pair[side]), span=span)
            for pair, span in zip(pairs, spans, strict=True)
        ]


def _widths(columns: int, theme: Theme) -> tuple[int, ...]:
    """As wide as the theme says; the last takes what is left."""
    width = dxa(theme.number("grid.text_width_mm"))
    first = column_widths(theme.numbers("grid.meta_columns"), width)[: columns - 1]
    return (*first, width - sum(first))
