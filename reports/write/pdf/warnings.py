"""What WeasyPrint warns of: a problem of the page that it sets."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from reports.problems import Place, Problem, ReportError


@contextmanager
def without_warnings(place: Place) -> Iterator[None]:
    """Raise ReportError at the end for what WeasyPrint warned of meanwhile."""
    with listening() as warnings:
        yield
    if warnings.messages:
        raise ReportError(*(Problem(place, message) for message in warnings.messages))


@contextmanager
def listening() -> Iterator[Warnings]:
    """What WeasyPrint warns of meanwhile."""
    warnings = Warnings()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(warnings)
    logger.propagate = False
    try:
        yield warnings
    finally:
        logger.removeHandler(warnings)


class Warnings(logging.Handler):
    """Collects what the library warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"the page can't be set as it is: {record.getMessage()}")
