"""Plain numbers that are the figure of a fact: they would stay as they are when it changes.

A number in the text that no fact prints was let through the gate as `plain`, or stands in a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.build.outputs import Resolved
from reports.facts.model import Fact, Facts
from reports.facts.quantities import Qualifier, When
from reports.facts.wording import figure_text
from reports.language import load_language
from reports.trace.difference import Difference, Spot, spot_of_use
from reports.trace.lines import lines, own_text
from reports.trace.uses import Use


def plain_figures(
    items: Iterable[Resolved], found: Iterable[Use], store: Facts
) -> Iterator[Difference]:
    """The plain numbers of a brief that are figures of the facts that it prints or cites."""
    firsts: dict[str, Use] = {}
    for use in found:
        firsts.setdefault(use.fact, use)
    for item in items:
        texts = [(own_text(line), line) for line in lines(item.document)]
        numbers = [(text, line) for text, line in texts if re.search(r"\d", text)]
        for id_, use in firsts.items() if numbers else ():
            bare = _bare_figure(store.facts[id_], store, item.edition.language)
            for text, line in numbers:
                if bare and _holds(text, bare):
                    plain = Spot(item.edition, "", id_, bare, line.place)
                    yield Difference("plain", plain, spot_of_use(use))


def _holds(text: str, figure: str) -> bool:
    """Whether a text holds that figure, not as a part of a longer one; spaces don't count."""
    parts = [re.escape(part) for part in re.findall(r"\d+|[^\d\s]+", figure)]
    whole = r"(?<![\d.,–])(?<!\d\s)" + r"\s*".join(parts) + r"(?!\d|[.,–]\d|\s\d)"
    return bool(re.search(whole, text, re.IGNORECASE))


def _bare_figure(fact: Fact, store: Facts, code: str) -> str:
    """A figure without its hedge; "" for none, and for one that others may share by accident.

    That is a date, and a number of one or two digits without a unit.
    """
    if fact.figure is None or isinstance(fact.figure.value, When):
        return ""
    bare = figure_text(replace(fact.figure, qualifier=Qualifier.EXACT), store, load_language(code))
    digits = re.sub(r"\D", "", bare)
    has_unit = re.search(r"[^\d\s.,–−]", bare)
    return bare if digits and (has_unit or len(digits) > 2) else ""
