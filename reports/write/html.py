"""Documents to HTML: one self-contained page, and the page that the PDF is set from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Code,
    Colophon,
    Column,
    Contents,
    Cover,
    Definitions,
    Document,
    Emphasis,
    FactSpan,
    Figure,
    Heading,
    Inline,
    Items,
    Layout,
    LineBreak,
    Link,
    Note,
    Notes,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Slot,
    SourceList,
    Strong,
    Table,
    Text,
    Timeline,
    inline_text,
    note_cells,
    note_head,
    note_mark,
    unresolved,
    without_marks,
)
from reports.language import Language
from reports.write.pictures import data_address

# WeasyPrint breaks a text far too early when the next element doesn't fit on its line, unless
# the space between them is an element too.
_SPACE = "<span> </span>"
_WHOLE_ROWS = 6
_WIDTHS = (10, 62, 42, 36, 18)  # of the note table's columns, in mm


def write_html(
    document: Document, charts: Mapping[str, str], style: str, language: Language
) -> str:
    """The page of a document as HTML.

    `charts` maps a figure's anchor to its SVG; `style` is the style sheets' elements.
    """
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{document.language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(document.cover.short_title)}</title>",
            f'<meta name="author" content="{escape(document.cover.publisher)}">',
            f'<meta name="description" content="{escape(document.cover.kind)}">',
            f'{style}</head>\n<body class="{document.layout.value}">',
            f'<a class="skip" href="#main">{escape(language.say("skip"))}</a>',
            _cover(document.cover),
            '\n<main id="main">',
            _blocks(document.body, charts),
            _notes(document.notes, document.layout),
            _sources(document.sources),
            _colophon(document.colophon),
            "</main></body></html>\n",
        )
    )


# ---------------------------------------------------------------- cover and end


def _cover(cover: Cover) -> str:
    data = {
        "publisher": cover.publisher,
        "short": cover.short_title,
        "state": cover.status,
        "case": cover.case,
        "running": cover.running,
        "page": cover.page_of[0],
        "of": cover.page_of[1],
    }
    attributes = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    lead = f'<p class="lead">{_inlines(cover.lead)}</p>' if cover.lead else ""
    return (
        f'\n<header class="cover"{attributes}>'
        f'<p class="masthead"><span class="no">{escape(cover.publisher)} </span>'
        f'{escape(cover.kind)} <span class="state">{escape(cover.status)}</span></p>'
        f"\n<h1>{_inlines(cover.title)}</h1>\n{lead}{_meta(cover)}</header>"
    )


def _meta(cover: Cover) -> str:
    """The meta strips, four pairs to a table: labels above values."""
    strips = [cover.meta[start : start + 4] for start in range(0, len(cover.meta), 4)]
    columns = "".join(f'<col style="width:{width}mm">' for width in (44, 42, 41, 41))
    tables = []
    for strip in strips:
        heads = "".join(f'<th scope="col">{escape(label)}</th>' for label, _ in strip)
        cells = "".join(f"<td>{escape(value)}</td>" for _, value in strip)
        tables.append(
            f'\n<table class="meta" aria-label="{escape(cover.meta_label)}">'
            f"<colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>"
            f"<tbody><tr>{cells}</tr></tbody></table>"
        )
    return "".join(tables)


def _notes(notes: Notes, layout: Layout) -> str:
    heading = _heading(notes.heading)
    remarks = "".join(f'\n<p class="remark">{escape(remark)}</p>' for remark in notes.remarks)
    if layout is Layout.REPORT:
        return heading + _note_table(notes) + remarks
    lines = "".join(_note_line(note) for note in notes.notes)
    return f'{heading}\n<ol class="notes">{lines}</ol>{remarks}'


def _note_line(note: Note) -> str:
    return (
        f'\n<li id="fact-{note.fact}"><span class="no">{note_mark(note.number)} </span>'
        f'{escape(note_head(note))}{_SPACE}<span class="f">{_source_link(note)} {escape(note.where)}.</span></li>'
    )


def _source_link(note: Note) -> str:
    return f'<a href="#source-{note.source}">{note.source}</a>'


def _note_table(notes: Notes) -> str:
    columns = "".join(f'<col style="width:{width}mm">' for width in _WIDTHS)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in notes.heads)
    rows = []
    for note in notes.notes:
        mark, what, speaker, as_of, _ = (escape(cell) for cell in note_cells(note))
        source = f"{_source_link(note)} {escape(note.where)}"
        rows.append(
            f'\n<tr id="fact-{note.fact}"><th scope="row">{mark}</th><td>{what}</td>'
            f"<td>{speaker}</td><td>{as_of}</td><td>{source}</td></tr>"
        )
    return (
        f'\n<table class="notes">{_table_caption(notes.caption)}<colgroup>{columns}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _sources(sources: SourceList) -> str:
    lines = "".join(
        f'\n<li id="source-{entry.letter}"><span class="no">{escape(entry.label)} </span>'
        f"{escape(entry.text)}</li>"
        for entry in sources.entries
    )
    return f'{_heading(sources.heading)}\n<ol class="sources">{lines}</ol>'


def _colophon(colophon: Colophon) -> str:
    label, text = escape(colophon.label), escape(colophon.text)
    return f'\n<p class="made"><span class="no">{label} </span>{text}</p>'


# ---------------------------------------------------------------- blocks


def _blocks(blocks: Iterable[Block], charts: Mapping[str, str]) -> str:
    return "".join(_block(block, charts) for block in blocks)


def _block(block: Block, charts: Mapping[str, str]) -> str:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph(content):
            return f"\n<p>{_inlines(content)}</p>"
        case Items():
            return f"\n{_items(block)}"
        case Definitions():
            return _definitions(block)
        case Table():
            return _table(block)
        case Timeline():
            return _timeline(block)
        case Figure(caption, _, alt):
            return _figure(caption, charts[caption.anchor], alt)
        case Picture(name, data, alt):
            address = data_address(name, data)
            return f'\n<figure class="picture"><img src="{address}" alt="{escape(alt)}"></figure>'
        case Callout(kind, title, content):
            return _box(kind.value, title, _blocks(content, charts))
        case Assessment(title, content):
            return _box("assessment", title, _blocks(content, charts))
        case Quote(content, attribution):
            said = f"\n<blockquote><p>{_inlines(content)}</p>"
            footer = f"<footer>{_inlines(attribution)}</footer>" if attribution else ""
            return f"{said}{footer}</blockquote>"
        case Contents():
            return _contents(block)
        case Slot():
            raise unresolved(block)


def _heading(heading: Heading) -> str:
    tag = f"h{heading.level}"
    number = f'<span class="no">{heading.number} </span>' if heading.number else ""
    shown = "" if heading.number or heading.level > 2 else ' class="free"'
    content = _inlines(heading.content)
    return f'\n<{tag} id="{escape(heading.anchor)}"{shown}>{number}{content}</{tag}>'


def _items(items: Items) -> str:
    tag = "ol" if items.ordered else "ul"
    lines = "".join(
        f"<li>{_inlines(item.content)}{_items(item.inner) if item.inner else ''}</li>"
        for item in items.items
    )
    return f"<{tag}>{lines}</{tag}>"


def _definitions(block: Definitions) -> str:
    entries = "".join(
        f'\n<div class="entry"><dt{" class=long" if entry.long else ""}>{_inlines(entry.term)}</dt> '
        f"<dd>{_inlines(entry.meaning)}</dd></div>"
        for entry in block.entries
    )
    return f"\n<dl{' class=figures' if block.figures else ''}>{entries}</dl>"


def _box(kind: str, title: str, content: str) -> str:
    return f'\n<section class="box {kind}"><h2>{escape(title)}</h2>{content}</section>'


def _caption_content(caption: Caption) -> str:
    base = f'<span class="base">{_inlines(caption.base)}</span>' if caption.base else ""
    label = escape(caption.label)
    return f'<span class="no">{label} </span>{_inlines(caption.title)} {base}'


def _table_caption(caption: Caption | None) -> str:
    if caption is None:
        return ""
    return f'<caption id="{escape(caption.anchor)}">{_caption_content(caption)}</caption>'


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width:{column.share:.4%}">' for column in table.columns)
    heads = "".join(
        f'<th scope="col"{_column_class(column)}>{_inlines(column.content)}</th>'
        for column in table.columns
    )
    rows = []
    for row in table.rows:
        first = f'<th scope="row">{_inlines(row[0].content)}</th>'
        rest = "".join(
            f"<td{_cell_class(column, missing=cell.missing)}{_head_of(column)}>"
            f"{_inlines(cell.content)}</td>"
            for cell, column in zip(row[1:], table.columns[1:], strict=True)
        )
        rows.append(f"\n<tr>{first}{rest}</tr>")
    return (
        f"\n<table{_kept_whole(table.rows)}>{_table_caption(table.caption)}"
        f"<colgroup>{columns}</colgroup>"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _kept_whole(rows: Sequence[object]) -> str:
    """The class of a table so short that a page break in it would look like a mistake."""
    return ' class="whole"' if len(rows) <= _WHOLE_ROWS else ""


def _column_class(column: Column) -> str:
    names: list[str] = [column.series] if column.series != "other" else []
    names += ["numeric"] if column.numeric else []
    return f' class="{" ".join(names)}"' if names else ""


def _head_of(column: Column) -> str:
    """The column's head in the cell itself, shown where a narrow screen drops the heads."""
    return f' data-head="{escape(inline_text(without_marks(column.content)))}"'


def _cell_class(column: Column, *, missing: bool) -> str:
    names = ["numeric"] if column.numeric else []
    names += ["missing"] if missing else []
    return f' class="{" ".join(names)}"' if names else ""


def _timeline(timeline: Timeline) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in timeline.heads)
    rows = "".join(
        f"\n<tr{' class=approximate' if event.approximate else ''}>"
        f'<th scope="row">{escape(event.when)}</th><td>{_inlines(event.what)}</td></tr>'
        for event in timeline.events
    )
    return (
        f"\n<table{_kept_whole(timeline.events)}>{_table_caption(timeline.caption)}"
        '<colgroup><col style="width:44mm"><col></colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _figure(caption: Caption, svg: str, alt: str) -> str:
    # WeasyPrint takes a figure's alternative text from the SVG's title.
    start = svg.index(">") + 1
    opened = svg[:start].replace("<svg", '<svg class="chart" role="img"', 1)
    named = f"{opened}<title>{escape(alt)}</title>{svg[start:]}"
    return (
        f'\n<figure id="{escape(caption.anchor)}"><figcaption>{_caption_content(caption)}'
        f"</figcaption>{named}</figure>"
    )


def _contents(contents: Contents) -> str:
    lines = []
    for entry in contents.entries:
        number = f'<span class="no">{entry.number} </span>'
        text = inline_text(entry.content)
        lines.append(f'<li><a href="#{escape(entry.anchor)}">{number}{escape(text)}</a></li>')
    title = escape(contents.title)
    return (
        f'\n<nav aria-label="{title}"><h2 class="free">{title}</h2><ol>{"".join(lines)}</ol></nav>'
    )


# ---------------------------------------------------------------- inline


def _inlines(content: Iterable[Inline]) -> str:
    """The nodes as HTML, each note mark held to the word or mark before it."""
    nodes, pieces = list(content), []
    while nodes:
        node = nodes.pop(0)
        marks = ""
        while nodes and isinstance(nodes[0], FactSpan) and not nodes[0].text:
            marks += _mark(nodes.pop(0))
        match node:
            case Text(text) if nodes and not marks and text.endswith(" "):
                pieces.append(f"{escape(text[:-1])}{_SPACE}")
            case Text(text) if marks:
                pieces.append(_held(text, marks))
            case FactSpan(text=text, unbroken=False):
                pieces.append(_held(text, _mark(node) + marks))
            case FactSpan(text=text):
                held = f"{escape(text)}{_mark(node)}{marks}"
                pieces.append(f'<span class="f">{held}</span>')
            case _:
                pieces.append(_inline(node) + marks)
    return "".join(pieces)


def _held(text: str, marks: str) -> str:
    """The text with its last word and the marks on one line."""
    start, space, last = text.rpartition(" ")
    before = f"{escape(start)}{_SPACE}" if space else ""
    return f'{before}<span class="f">{escape(last)}{marks}</span>'


def _mark(node: Inline) -> str:
    """The link to a fact's note."""
    if not isinstance(node, FactSpan):
        return ""
    return f'<a class="m" href="#fact-{node.fact}">{note_mark(node.note)}</a>'


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return escape(text)
        case Emphasis(content):
            return f"<em>{_inlines(content)}</em>"
        case Strong(content):
            return f"<strong>{_inlines(content)}</strong>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Link(content, target):
            return f'<a class="out" href="{escape(target)}">{_inlines(content)}</a>'
        case FactSpan():
            return _inlines((node,))
        case Reference(target, text):
            return f'<a href="#{escape(target)}">{escape(text)}</a>'
        case LineBreak():
            return "<br>"
        case Slot():
            raise unresolved(node)
