"""What is wrong with a Word file that is to be a reference, before it has a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One finding: what the file has, and what to do about it in Word."""

    what: str
    hint: str = ""


class UnusableError(Exception):
    """A file that can't be a reference, with all that was found."""

    def __init__(self, *faults: Fault) -> None:
        """Take the faults, at least one."""
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = faults
