"""What the PDF parser remarks while it reads around damage: it logs it, and goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.casefile.verify.unpacking import within_bounds
from reports.problems import Place, Problem, ReportError


class _Heard(logging.Handler):
    """Takes down what is logged, each remark once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        self.told[f"{words[:1].lower()}{words[1:]}"] = None


@contextmanager
def read_cleanly(file: Path) -> Iterator[None]:
    """Have whatever is read within from that PDF be read within bounds, and without a remark.

    Raises ReportError at the file, in the end, with what was too much, or what the parser
    remarked.
    """
    log, heard = logging.getLogger("pdfminer"), _Heard()
    before = log.propagate
    log.propagate = False
    log.addHandler(heard)
    try:
        with within_bounds(file):
            yield
    finally:
        log.removeHandler(heard)
        log.propagate = before
    if heard.told:
        what = f"is damaged, or no PDF of ours: {'; '.join(list(heard.told)[:3])}"
        raise ReportError(Problem(Place(file), what))
