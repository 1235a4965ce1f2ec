"""The files that tasks need, sent to a cluster once each.

Each is a Dask task of its own that yields the file's bytes.  So the scheduler has them made anew
where a worker that held them is lost, and workers hand them on to those that join later.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from typing import Any

from reports.build.task import Asset
from reports.files import read_limited
from reports.problems import Place, Problem, ReportError

_KEPT = 100  # files that stay with the cluster for the next task
_MOST_BYTES = 200_000_000  # of one file


class Contents:
    """The contents of files below a folder, as Dask knows them; not for two threads at once."""

    def __init__(self, client: Any, folder: Path) -> None:
        """Take Dask's client, and where the files are."""
        self._client = client
        self._folder = folder
        self._sent: OrderedDict[str, Any] = OrderedDict()  # by their hashes, the latest used last

    def sent(self, asset: Asset) -> Any:
        """Dask's future of a file's bytes; raises ReportError for a file that isn't as it was."""
        future = self._sent.get(asset.sha256)
        if future is None or future.status == "cancelled":
            data = self._read(asset)
            # Its id makes keys of one client no other's: none sees its task end with another's.
            key = f"kildefast-file-{asset.sha256}-{self._client.id}"
            future = self._sent[asset.sha256] = self._client.submit(bytes, data, key=key)
        self._sent.move_to_end(asset.sha256)
        if len(self._sent) > _KEPT:
            self._sent.popitem(last=False)
        return future

    def _read(self, asset: Asset) -> bytes:
        file = self._folder / asset.path
        data = read_limited(file, _MOST_BYTES, Place(file))
        if sha256(data).hexdigest() != asset.sha256:
            raise ReportError(Problem(Place(file), "was changed during the build", "build again"))
        return data
