"""What came back from a worker, judged and told as if it had been made here."""

from __future__ import annotations

import traceback
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from distributed import KilledWorker

from reports.build.cluster.delivery import Delivery
from reports.build.task import Made, Task
from reports.files import FULL
from reports.problems import Place, Problem

_ENDED = "the worker that wrote it ended"


def is_whole(made: Made, task: Task) -> bool:
    """Whether it is what the task asked for, each file with the bytes that its worker wrote."""
    kinds = [file.format for file in made.files]
    return (
        made.name == task.name
        and len(kinds) == len(set(kinds))
        and set(kinds) <= set(task.formats)
        and all(sha256(file.data).hexdigest() == file.sha256 for file in made.files)
    )


def brought_home(delivery: Delivery, made: Made, folder: Path) -> Made:
    """What was made, its problems at places below this folder instead of the worker's own."""
    problems = (
        replace(each, place=_moved(each.place, Path(delivery.folder), folder))
        for each in made.problems
    )
    return replace(made, problems=tuple(problems))


def is_killed(error: BaseException) -> bool:
    """Whether Dask gave a task up since too many workers ended that had it."""
    return isinstance(error, KilledWorker)


def failure(task: Task, error: BaseException, folder: Path) -> Problem:
    """What to tell of a task that Dask gave up, for that reason."""
    place = Place(folder / task.template)
    match error:
        case KilledWorker():
            times = error.allowed_failures + 1
            what = f"{times} workers ended while they wrote it" if times > 1 else _ENDED
            return Problem(place, what, "killed, or out of memory: see the logs of the cluster")
        case OSError() if error.errno in FULL:
            what = "there was too little room on its worker's disk"
            return Problem(place, what, "free some space there")
        case MemoryError():
            what = "there was too little memory to write it"
            return Problem(place, what, "give the workers more")
        case _:
            last = traceback.format_exception_only(error)[-1].strip()
            hint = "please report it, with the lines that follow at the end"
            return Problem(place, f"this program failed at it: {last}", hint)


def fault(error: BaseException) -> str:
    """Where this program failed, for those who mend it; nothing if it didn't."""
    if isinstance(error, KilledWorker | MemoryError) or getattr(error, "errno", 0) in FULL:
        return ""
    return "".join(traceback.format_exception(error))


def _moved(place: Place, there: Path, here: Path) -> Place:
    inside = place.file.is_relative_to(there)
    return replace(
        place,
        file=here / place.file.relative_to(there) if inside else place.file,
        called=_moved(place.called, there, here) if place.called else None,
    )
