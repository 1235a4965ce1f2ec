"""What stands in the body, as HTML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from reports.document import (
    Assessment,
    Block,
    Callout,
    Caption,
    Column,
    Contents,
    Definitions,
    Figure,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quote,
    Slot,
    Table,
    Timeline,
    drawn_facts,
    inline_text,
    unresolved,
    without_marks,
)
from reports.write.html.inline import inlines
from reports.write.pictures import data_address

_WHOLE_ROWS = 5


def blocks_html(blocks: Iterable[Block], charts: Mapping[str, str]) -> str:
    """The blocks of a body or box."""
    return "".join(_block(block, charts) for block in blocks)


def _block(block: Block, charts: Mapping[str, str]) -> str:
    match block:
        case Heading():
            return heading_html(block)
        case Paragraph(content):
            return f"\n<p>{inlines(content)}</p>"
        case Items():
            return f"\n{_items(block)}"
        case Definitions():
            return _definitions(block)
        case Table():
            return _table(block)
        case Timeline():
            return _timeline(block)
        case Figure(caption):
            return _figure(block, charts[caption.anchor])
        case Picture(name, data, alt):
            address = data_address(name, data)
            return f'\n<figure class="picture"><img src="{address}" alt="{escape(alt)}"></figure>'
        case Callout(kind, title, content):
            return _box(kind.value, title, blocks_html(content, charts))
        case Assessment(title, content):
            return _box("assessment", title, blocks_html(content, charts))
        case Quote(content, attribution):
            said = f"\n<blockquote><p>{inlines(content)}</p>"
            footer = f"<footer>{inlines(attribution)}</footer>" if attribution else ""
            return f"{said}{footer}</blockquote>"
        case Contents():
            return _contents(block)
        case Slot():
            raise unresolved(block)


def heading_html(heading: Heading) -> str:
    """A heading with its number hanging in the side column."""
    tag = f"h{heading.level}"
    number = f'<span class="no">{heading.number} </span>' if heading.number else ""
    shown = "" if heading.number or heading.level > 2 else ' class="free"'
    content = inlines(heading.content)
    return f'\n<{tag} id="{escape(heading.anchor)}"{shown}>{number}{content}</{tag}>'


def _items(items: Items) -> str:
    tag = "ol" if items.ordered else "ul"
    lines = "".join(
        f"<li>{inlines(item.content)}{_items(item.inner) if item.inner else ''}</li>"
        for item in items.items
    )
    return f"<{tag}>{lines}</{tag}>"


def _definitions(block: Definitions) -> str:
    entries = "".join(
        f'\n<div class="entry"><dt{" class=long" if entry.long else ""}>{inlines(entry.term)}</dt> '
        f"<dd>{inlines(entry.meaning)}</dd></div>"
        for entry in block.entries
    )
    return f"\n<dl{' class=figures' if block.figures else ''}>{entries}</dl>"


def _box(kind: str, title: str, content: str) -> str:
    return f'\n<section class="box {kind}"><h2>{escape(title)}</h2>{content}</section>'


def _caption_content(caption: Caption) -> str:
    base = f'<span class="base">{inlines(caption.base)}</span>' if caption.base else ""
    label = escape(caption.label)
    return f'<span class="no">{label} </span>{inlines(caption.title)} {base}'


def table_caption(caption: Caption | None) -> str:
    """The caption of a table, "" for none."""
    if caption is None:
        return ""
    return f'<caption id="{escape(caption.anchor)}">{_caption_content(caption)}</caption>'


def _table(table: Table) -> str:
    heads = "".join(
        f'<th scope="col"{_column_class(column)}>{inlines(column.content)}</th>'
        for column in table.columns
    )
    rows = []
    for row in table.rows:
        first = f'<th scope="row">{inlines(row[0].content)}</th>'
        rest = "".join(
            f"<td{_cell_class(column, missing=cell.missing)}"
            f"{head_shown(inline_text(without_marks(column.content)))}>"
            f"{inlines(cell.content)}</td>"
            for cell, column in zip(row[1:], table.columns[1:], strict=True)
        )
        rows.append(f"\n<tr>{first}{rest}</tr>")
    return (
        f"\n<table{_kept_whole(table.rows)}>{table_caption(table.caption)}"
        f"{column_widths([column.share for column in table.columns])}"
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def column_widths(shares: Sequence[float]) -> str:
    """The columns of a table, by the first one's and the others' shares of its width.

    The theme sets the first one's, which is the side column; equal ones divide what is left,
    and of others the last takes the rest.
    """
    others = shares[1:]
    widths = [f' style="width:{share / sum(shares):.4%}"' for share in others[:-1]] + [""]
    equal = len(set(others)) == 1
    columns = "".join("<col>" if equal else f"<col{width}>" for width in widths)
    return f'<colgroup><col class="side">{columns}</colgroup>'


def _kept_whole(rows: Sequence[object]) -> str:
    """The class of a table so short that a page break in it would look like a mistake."""
    return ' class="whole"' if len(rows) <= _WHOLE_ROWS else ""


def _column_class(column: Column) -> str:
    names: list[str] = [column.series] if column.series != "other" else []
    names += ["numeric"] if column.numeric else []
    return f' class="{" ".join(names)}"' if names else ""


def head_shown(head: str) -> str:
    """The column's head in the cell itself, shown where a narrow screen drops the heads."""
    return f' data-head="{escape(head)}"'


def _cell_class(column: Column, *, missing: bool) -> str:
    names = ["numeric"] if column.numeric else []
    names += ["missing"] if missing else []
    return f' class="{" ".join(names)}"' if names else ""


def _timeline(timeline: Timeline) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in timeline.heads)
    rows = "".join(
        f"\n<tr{' class=approximate' if event.approximate else ''}>"
        f'<th scope="row">{escape(event.when)}</th><td>{inlines(event.what)}</td></tr>'
        for event in timeline.events
    )
    return (
        f"\n<table{_kept_whole(timeline.events)}>{table_caption(timeline.caption)}"
        f"{column_widths((1, 1))}"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _figure(figure: Figure, svg: str) -> str:
    # WeasyPrint takes a figure's alternative text from the SVG's title.
    start = svg.index(">") + 1
    drawn = escape(json.dumps(drawn_facts(figure.chart), ensure_ascii=False))
    opened = svg[:start].replace("<svg", f'<svg class="chart" role="img" data-drawn="{drawn}"', 1)
    named = f"{opened}<title>{escape(figure.alt)}</title>{svg[start:]}"
    anchor = escape(figure.caption.anchor)
    return (
        f'\n<figure id="{anchor}"><figcaption>{_caption_content(figure.caption)}'
        f"</figcaption>{named}</figure>"
    )


def _contents(contents: Contents) -> str:
    lines = []
    for entry in contents.entries:
        number = f'<span class="no">{entry.number} </span>'
        text = inlines(entry.content)
        lines.append(f'<li><a href="#{escape(entry.anchor)}">{number}{text}</a></li>')
    title = escape(contents.title)
    return (
        f'\n<nav aria-label="{title}"><h2 class="free">{title}</h2><ol>{"".join(lines)}</ol></nav>'
    )
