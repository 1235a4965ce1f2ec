"""What runs on a worker of a cluster: its task's files laid out in a folder of its own.

The folder lies in the worker's scratch space, which Dask takes away when the worker has ended.
It is kept from one task to the next, and from one build to the next, so each file is laid down
once.  WeasyPrint, Pango and vl-convert work for one task at a time in a process: a worker with
several threads has the others wait.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock

from distributed import get_worker

from reports.build.cluster.delivery import Delivery
from reports.build.perform import perform
from reports.build.task import Task
from reports.versions import versions
from reports.write.pdf.engine import library

_MOST_BYTES = 1_000_000_000  # of files laid out, for many workspaces; then it starts anew
_one_at_a_time = Lock()
_laid: dict[Path, str] = {}  # the hash of what each file holds


def ready_versions() -> dict[str, str]:
    """The versions of all that is here, with the typesetter loaded, so that its start is paid."""
    try:
        library()
    except OSError:
        return {**versions(), "pango": "none that can be loaded"}
    return versions()


def perform_packed(packed: bytes, wanted: dict[str, str], contents: Sequence[bytes]) -> Delivery:
    """What comes of a packed task, whose assets have these contents, in order.

    Nothing does unless the versions here are the wanted ones.
    """
    worker = get_worker()
    folder = Path(worker.local_directory) / "kildefast"
    if versions() != wanted:
        return Delivery(worker.address, str(folder), None)
    task: Task = pickle.loads(packed)  # noqa: S301 - Dask runs whatever it is sent, by design
    with _one_at_a_time:
        _lay_out(task, contents, folder)
        return Delivery(worker.address, str(folder), perform(task, folder))


def _lay_out(task: Task, contents: Sequence[bytes], folder: Path) -> None:
    """Have each asset of the task lie under its path.

    Raises ValueError for one that would lie outside the folder, and for bytes that its hash isn't
    of; OSError where there is no room.
    """
    if sum(file.stat().st_size for file in _laid if file.exists()) > _MOST_BYTES:
        shutil.rmtree(folder, ignore_errors=True)
        _laid.clear()
    for asset, content in zip(task.assets, contents, strict=True):
        file = _inside(asset.path, folder)
        if _laid.get(file) == asset.sha256 and file.exists():
            continue
        if sha256(content).hexdigest() != asset.sha256:
            raise ValueError(f"{asset.path} came damaged")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)  # one that is cut is written again: it isn't noted yet
        _laid[file] = asset.sha256


def _inside(path: str, folder: Path) -> Path:
    """The file of that path below the folder."""
    file = folder / path
    if not file.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} leads out of the folder for the files of tasks")
    return file
