"""Files to their places on a server, one at a time, each whole or not at all."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reports.casefile.delivery.address import Address
from reports.casefile.delivery.multistatus import Entry, shown
from reports.casefile.delivery.parcel import ParcelFile, folders_of
from reports.casefile.delivery.receipt import Arrival, Arrived
from reports.casefile.delivery.trouble import DeliveryError, Patience, T, gone, persistently
from reports.casefile.delivery.webdav import Server, Standing
from reports.problems import Place, Problem, ReportError

# What is on its way has a name that no server minds: Nextcloud refuses `.part`, SharePoint some
# signs at the start, and several go by the ending.
_ON_ITS_WAY = "kildefast-on-its-way-"
_NOTHING_LOST = "nothing was overwritten; look who put it there"

Listed = Mapping[str, Mapping[str, Entry]]


@dataclass(frozen=True)
class Delivery:
    """One bundle on its way into the folder of its name at `case`."""

    server: Server
    case: Address
    bundle: Path
    tell: Callable[[str], None]
    patience: Patience

    def of(self, files: tuple[ParcelFile, ...]) -> tuple[Arrived, ...]:
        """Put the files in their places, in their order; how each arrived.

        Raises ReportError: before anything is sent, with every file that can't go to its place;
        after that, with the first that something came between.
        """
        folders = folders_of(files)
        self._tried("", self._find_case)
        found = {folder: self._found(folder) for folder in folders}
        listed = {folder: {each.name: each for each in found[folder] or ()} for folder in folders}
        problems = [*self._strangers(files, listed), *self._others(files, listed)]
        if problems:
            raise ReportError(*problems)
        for folder in folders:
            if found[folder] is None:
                self._tried(folder, partial(self.server.make_folder, self._at(folder)))
        arrived = tuple(self._arrived(file, listed) for file in files)
        self._tidy(folders)
        return arrived

    # Before anything is sent

    def _find_case(self) -> None:
        is_folder = self.server.is_folder(self.case)
        if is_folder is None:
            hint = "look at the address; the case is made in the records system, never from here"
            raise DeliveryError(f"there is no folder '{self.case.url}'", hint)
        if not is_folder:
            raise DeliveryError(
                f"'{self.case.url}' is a file", "give the address of the case's folder"
            )

    def _found(self, folder: str) -> tuple[Entry, ...] | None:
        """What is in the folder; None if it isn't there."""
        return self._tried(folder, partial(self.server.entries, self._at(folder)))

    def _strangers(self, files: tuple[ParcelFile, ...], listed: Listed) -> Iterator[Problem]:
        """What lies among the payload and isn't of it, so that no bag is valid there."""
        own = {unicodedata.normalize("NFC", file.shown) for file in files} | listed.keys()
        for folder in sorted(listed.keys() - {""}):
            for name in sorted(listed[folder]):
                if f"{folder}/{name}" not in own and not name.startswith(_ON_ITS_WAY):
                    what = f"the server has '{shown(name)}' there, which isn't of this bundle"
                    yield Problem(Place(self.bundle / folder), what, _NOTHING_LOST)

    def _others(self, files: tuple[ParcelFile, ...], listed: Listed) -> Iterator[Problem]:
        """Each file whose name is taken by something else."""
        for file in files:
            entry = listed[file.folder].get(_name(file))
            if entry and (entry.is_folder or self._standing(file) is Standing.OTHER):
                kind = "folder" if entry.is_folder else "file"
                what = f"the server has another {kind} of that name there"
                yield Problem(Place(file.path), what, _NOTHING_LOST)

    # One file

    def _arrived(self, file: ParcelFile, listed: Listed) -> Arrived:
        """How the file arrived.  What was listed was compared before: it is the same."""
        if _name(file) in listed[file.folder]:
            arrival = Arrival.ALREADY_THERE
        else:
            self._tried(file.shown, partial(self._put_in_place, file))
            arrival = Arrival.DELIVERED
        self.tell(f"{file.shown}: {arrival.value}")
        return Arrived(file.shown, file.sha256, arrival)

    def _put_in_place(self, file: ParcelFile) -> None:
        """Have the file stand whole under its name, if an earlier attempt didn't do that."""
        standing = self.server.compare(self._url(file), file)
        if standing is Standing.ABSENT:
            standing = self._sent(file)
        if standing is Standing.OTHER:
            raise DeliveryError("another file of that name appeared meanwhile", _NOTHING_LOST)

    def _sent(self, file: ParcelFile) -> Standing:
        """Send the file, and say what stands under its name then: it or another, not nothing."""
        beside = self._at(file.folder).file(
            f"{_ON_ITS_WAY}{secrets.token_hex(8)}{file.path.suffix}"
        )
        try:
            self.server.put(beside, file.path, file.size)
            _expect_same(self.server.compare(beside, file))
            return self._moved(beside, file)
        except BaseException:  # an interrupt too leaves nothing behind
            self._remove(beside)
            raise

    def _moved(self, beside: str, file: ParcelFile) -> Standing:
        """Move it to its name.  The answer may be lost, so the name has the last word."""
        try:
            self.server.move(beside, self._url(file))
        except DeliveryError:
            standing = self.server.compare(self._url(file), file)
            if standing is Standing.ABSENT:
                raise
            self._remove(beside)
            return standing
        _expect_same(self.server.compare(self._url(file), file))
        return Standing.SAME

    # Helpers of these steps

    def _tidy(self, folders: tuple[str, ...]) -> None:
        """Remove what broken deliveries left.

        It may be another's that is under way: that one finds its file missing, and then, as all
        are in their places, finds that it has arrived.
        """
        with suppress(DeliveryError):
            for folder in folders:
                for entry in self.server.entries(self._at(folder)) or ():
                    if entry.name.startswith(_ON_ITS_WAY):
                        self.server.remove(self._at(folder).file(entry.name))

    def _remove(self, url: str) -> None:
        with suppress(DeliveryError):
            self.server.remove(url)

    def _standing(self, file: ParcelFile) -> Standing:
        return self._tried(file.shown, partial(self.server.compare, self._url(file), file))

    def _at(self, folder: str) -> Address:
        """Where that folder of the bundle is on the server."""
        address = self.case.folder(self.bundle.name)
        for name in folder.split("/") if folder else ():
            address = address.folder(name)
        return address

    def _url(self, file: ParcelFile) -> str:
        return self._at(file.folder).file(file.name)

    def _tried(self, where: str, step: Callable[[], T]) -> T:
        """What the step returns, or the last DeliveryError as a ReportError at that path."""
        told = where or self.bundle.name
        try:
            return persistently(step, self.patience, lambda what: self.tell(f"{told}: {what}"))
        except DeliveryError as trouble:
            place = Place(self.bundle / where)
            raise ReportError(Problem(place, trouble.what, trouble.hint)) from None


def _name(file: ParcelFile) -> str:
    """The file's name as the server's list has it: Macs and others take ø or å apart."""
    return unicodedata.normalize("NFC", file.name)


def _expect_same(standing: Standing) -> None:
    if standing is Standing.ABSENT:
        raise gone()
    if standing is Standing.OTHER:
        hint = "it may write into files, as SharePoint does into Word's: file the bundle by hand"
        raise DeliveryError("the server gives back something else than it was sent", hint)
