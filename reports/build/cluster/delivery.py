"""What comes back from a worker of a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from reports.build.task import Made


@dataclass(frozen=True)
class Delivery:
    """What a worker made, its files in that folder of its own.

    `made` is None where the versions there are others than here.
    """

    worker: str
    folder: str
    made: Made | None
