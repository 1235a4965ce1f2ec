"""Marks in the text of a template: where each line stands, where each block begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import nodes

from reports.compose.tokens import Position, block_tokens, position_token, without_positions

_UNMARKED = re.compile(r"\s*(`{3,}|~{3,}|!!!|\[[^\]]+\]:|\{[:#].*\}\s*$|>[>\s]*$)")
_DELIMITERS = frozenset("|:- \t")
# What stands last in a line, read from its end: that takes no longer for many spaces.
_LAST = re.compile(r"\s*\|\s*|\s*#+\s+|\s*\}[^{}]*[:#]\{\s+|\s+")


def mark_lines(tree: nodes.Template, template: int) -> None:
    """Put the position of each line at its end, in what a template writes itself."""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                is_last = output is tree.body[-1] and node is output.nodes[-1]
                node.data = _marked(node.data, template, node.lineno, is_last=is_last)


def is_alone(parts: Sequence[nodes.Node], index: int) -> bool:
    """Whether what is printed there has its line to itself."""
    before, after = parts[:index][-1:], parts[index + 1 :][:1]
    return all(
        isinstance(part, nodes.TemplateData) and edge(part.data)
        for neighbours, edge in ((before, _ends_line), (after, _begins_line))
        for part in neighbours
    )


def _ends_line(data: str) -> bool:
    return not without_positions(data).rpartition("\n")[2].strip()


def _begins_line(data: str) -> bool:
    return not without_positions(data).partition("\n")[0].strip()


def mark_blocks(blocks: Sequence[nodes.Block], first: int) -> None:
    """Let each block print its begin and its end; the numbers in their marks go up from `first`."""
    for number, block in enumerate(blocks, start=first):
        begin, end = (
            nodes.Output([nodes.TemplateData(mark)], lineno=block.lineno)
            for mark in block_tokens(number)
        )
        block.body = [begin, *block.body, end]


def _marked(data: str, template: int, first_line: int, *, is_last: bool) -> str:
    """Template text with the position of each of its lines that isn't blank.

    `is_last` says that the template ends with it; else its last line goes on.
    """
    lines = data.split("\n")
    last = len(lines) if is_last else len(lines) - 1
    marked = []
    for index, line in enumerate(lines):
        token = position_token(Position(template, first_line + index))
        is_open = index == last and line.strip() and not _is_unmarked(line)
        is_rule = (
            "---" in line and not line.strip("- \t") and index and not lines[index - 1].strip()
        )
        # An expression follows an open line; a rule after a blank one heads no table and no title.
        marked.append(line + token if is_open or is_rule else mark_line(line, token))
    return "\n".join(marked)


def mark_line(line: str, token: str) -> str:
    """The line with its token at the end, before what must stand last in Markdown."""
    if not line.strip() or _is_unmarked(line):
        return line
    last = _LAST.match(line[::-1])
    cut = len(line) - (last.end() if last else 0)
    return line[:cut] + token + line[cut:]


def _is_unmarked(line: str) -> bool:
    """Whether a mark would change what a line is: a fence, a box, or what heads a table."""
    delimits = "---" in line and _DELIMITERS.issuperset(line)
    return delimits or bool(_UNMARKED.match(line))
