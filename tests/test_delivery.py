"""Bundles to WebDAV case folders: two servers that others wrote, and what comes between."""

from __future__ import annotations

import base64
import hashlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import httpx
import keyring
import pytest
from conftest import judge
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError, PasswordSetError
from webdav_servers import (
    PASSWORD,
    USER,
    Certificates,
    DavServer,
    Fault,
    Request,
    answer,
    apache,
    ask,
    between,
    change_a_byte,
    change_what_is_stored,
    cut_before_the_answer,
    cut_in_the_answer,
    cut_on_the_way,
    hand_over,
    make_certificates,
    pass_on,
    path_of,
    say_nothing,
    tunnel,
    wsgidav,
)
from workspaces import contents

from reports.casefile.bag import bag_problems
from reports.casefile.delivery import Arrival, Patience, Receipt, deliver
from reports.casefile.delivery.address import read_address
from reports.casefile.delivery.credentials import Nobody, Password, Token, find_credentials
from reports.casefile.delivery.multistatus import Entry, read_entries, read_lock_owner
from reports.casefile.delivery.trouble import DeliveryError
from reports.problems import ReportError

TOKEN = "abc.DEF-123_hemmelig=="  # noqa: S105 - of no server
PAYLOAD = {
    "data/notat 5% æ.pdf": b"%PDF-1.7 " + bytes(range(256)) * 40,
    "data/notat.docx": b"PK\x03\x04" + b"brev " * 2000,
}
NAME = "kanaler 100 % blå 🗂.public.nb.v1"
LAST = ("bag-info.txt", "tagmanifest-sha256.txt", "manifest-sha256.txt", "bagit.txt")
ORDER = (*PAYLOAD, *LAST)
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
HINT_AGAIN = "deliver it again; what has arrived is skipped"
KEYRING = Path(sys.executable).with_name("keyring")
BAD_ADDRESS = (
    "the server can't make sense of the address (400 to PROPFIND)\n"
    "  hint: see whether it is a folder, not a file"
)
UNREADABLE = (
    "the server's list of the folder can't be read\n"
    "  hint: is this the WebDAV address, and not the one for browsers?"
)
HINT_LOOK = "nothing was overwritten; look who put it there"


# ---------------------------------------------------------------- who delivers what, where


@pytest.fixture(scope="module")
def certificates() -> Certificates:
    return make_certificates()


@pytest.fixture(scope="module")
def httpd(certificates: Certificates) -> Iterator[DavServer]:
    """Apache with mod_dav."""
    with apache(judge("Apache"), certificates.server) as running:
        yield running


@pytest.fixture(scope="module", params=["apache", "wsgidav"])
def server(request: pytest.FixtureRequest) -> Iterator[DavServer]:
    """Each of the servers in turn."""
    if request.param == "apache":
        yield request.getfixturevalue("httpd")
    else:
        with wsgidav() as running:
            yield running


@pytest.fixture(autouse=True)
def _logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user and password of both servers, no proxy, and a keyring without an entry."""
    for name in (*PROXIES, *map(str.lower, PROXIES), "KILDEFAST_WEBDAV_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KILDEFAST_WEBDAV_USER", USER)
    monkeypatch.setenv("KILDEFAST_WEBDAV_PASSWORD", PASSWORD)
    monkeypatch.setattr(keyring.core, "_keyring_backend", Safe())


@pytest.fixture(autouse=True)
def _no_secret_is_told(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """After each test: no log at any level and no output holds a credential in any form."""
    caplog.set_level(logging.DEBUG)
    yield
    assert_no_secret(caplog.text, *capfd.readouterr())


def assert_no_secret(*texts: str) -> None:
    basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    for secret in (PASSWORD, quote(PASSWORD, safe=""), basic, TOKEN):
        assert not [text for text in texts if secret in text]


class Safe(KeyringBackend):
    """A system's keyring, by the interface that such have."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, failure: Exception | None = None, **entries: str) -> None:
        super().__init__()
        self.failure, self.entries = failure, entries

    def get_password(self, service: str, username: str) -> str | None:
        if self.failure:
            raise self.failure
        return self.entries.get(username) if service == "kildefast" else None

    def set_password(self, *_: str) -> None:
        raise PasswordSetError


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bag(tmp_path_factory.mktemp("out") / NAME, PAYLOAD)


def make_bag(folder: Path, payload: dict[str, bytes]) -> Path:
    """A bag of BagIt 1.0 (RFC 8493) with this payload."""
    size = sum(map(len, payload.values()))
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {size}.{len(payload)}\n".encode(),
        "manifest-sha256.txt": manifest(payload),
    }
    for name, data in {**payload, **tags, "tagmanifest-sha256.txt": manifest(tags)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert bag_problems(folder) == ()
    return folder


def manifest(files: dict[str, bytes]) -> bytes:
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name.replace('%', '%25')}\n"
        for name, data in files.items()
    )
    return "".join(lines).encode()


@dataclass
class Courier:
    """Delivers without waiting: `pauses` are those that it would have made."""

    bundle: Path
    url: str
    silence_s: float = 5
    said: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    def deliver(self) -> Receipt:
        """The receipt; the lines that were said are those of this delivery."""
        self.said.clear()
        self.pauses.clear()
        patience = Patience((2, 8), self.silence_s, self.pauses.append)
        receipt = deliver(self.bundle, self.url, self.said.append, patience)
        assert_no_secret(repr(receipt), *self.said)
        return receipt

    def problems(self) -> list[str]:
        """Each problem of a delivery that fails, seen from the bundle's parent."""
        with pytest.raises(ReportError) as raised:
            self.deliver()
        assert raised.value.__cause__ is None  # whatever the library said, it isn't shown
        shown = [problem.shown(self.bundle.parent) for problem in raised.value.problems]
        assert_no_secret(*shown, *self.said)
        return shown


@contextmanager
def courier(bundle: Path, server: DavServer, *faults: Fault) -> Iterator[tuple[Courier, Path]]:
    """A courier to a new case on the server, through a proxy with these faults, and its folder."""
    case = server.case_folder()
    with between(server, *faults) as proxy:
        yield Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(server, case)}"), case


def assert_whole(case: Path, bundle: Path) -> None:
    """The case's folder holds the bundle, a valid bag, and nothing else."""
    assert contents(case) == {f"{NAME}/{name}": data for name, data in contents(bundle).items()}
    assert bag_problems(case / bundle.name) == ()


def assert_only_whole_files(case: Path, bundle: Path) -> None:
    """Each file in the case's folder is one of the bundle's, and no bag is complete.

    A server may store what it was sent of a file after it was told to remove that.
    """
    whole = {f"{NAME}/{name}": data for name, data in contents(bundle).items()}
    there = {name: data for name, data in contents(case).items() if WAY not in name}
    assert there.items() < whole.items()
    assert not (case / NAME / "bagit.txt").exists()


# ---------------------------------------------------------------- a delivery as it should go


def test_a_bundle_arrives_whole_and_the_next_delivery_finds_it_there(
    server: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    sender = Courier(bundle, server.url(case))

    receipt = sender.deliver()

    assert_whole(case, bundle)
    assert sender.said == [f"{name}: delivered" for name in ORDER]
    assert (receipt.url, receipt.folder) == (server.url(case), NAME)
    assert receipt.started.utcoffset() is not None
    assert receipt.started <= receipt.finished
    assert {file.arrival for file in receipt.files} == {Arrival.DELIVERED}
    assert {file.name: file.sha256 for file in receipt.files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in contents(bundle).items()
    }

    again = sender.deliver()

    assert sender.said == [f"{name}: already there" for name in ORDER]
    assert {file.arrival for file in again.files} == {Arrival.ALREADY_THERE}
    assert_whole(case, bundle)


def test_an_address_as_people_type_it_finds_its_folder(server: DavServer, bundle: Path) -> None:
    case = server.case_folder("Møte – 50 % (ny) 🗂 & co")
    typed = f"http://127.0.0.1:{server.port}/{case.name}"

    receipt = Courier(bundle, typed).deliver()

    assert receipt.url == server.url(case).replace("%28", "(").replace("%29", ")").replace(
        "%26", "&"
    )
    assert_whole(case, bundle)


def test_a_folder_among_the_payload_arrives_with_what_is_in_it(
    httpd: DavServer, tmp_path: Path
) -> None:
    bundle = make_bag(tmp_path / NAME, {"data/bilder/ø 1/a.png": b"\x89PNG", "data/b.txt": b"b"})
    case = httpd.case_folder()

    for _ in range(2):
        Courier(bundle, httpd.url(case)).deliver()

    assert_whole(case, bundle)


def test_two_deliveries_at_once_give_one_whole_bundle(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    receipts: list[Receipt] = []
    senders = [Courier(bundle, server.url(case)) for _ in range(2)]
    threads = [
        threading.Thread(target=lambda sender=sender: receipts.append(sender.deliver()))
        for sender in senders
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receipts) == 2
    assert_whole(case, bundle)


# ---------------------------------------------------------------- what passes

WAY = "kildefast-on-its-way"
BROKE = "the connection to '{host}' broke"
CUTS = {
    "the first question": (Fault("PROPFIND", cut_in_the_answer), NAME),
    "a folder made, the answer lost": (Fault("MKCOL", cut_before_the_answer), NAME),
    "a file on its way": (Fault("PUT", cut_on_the_way), ORDER[0]),
    "a file stored, the answer lost": (Fault("PUT", cut_before_the_answer), ORDER[0]),
    "a file on its way back": (Fault("GET", cut_in_the_answer, WAY), ORDER[0]),
}


@pytest.mark.parametrize(("fault", "where"), CUTS.values(), ids=CUTS.keys())
def test_what_is_cut_is_tried_again_from_the_start_of_the_file(
    server: DavServer, bundle: Path, fault: Fault, where: str
) -> None:
    with courier(bundle, server, replace(fault)) as (sender, case):
        receipt = sender.deliver()

    told = f"{where}: the connection to '{host_of(sender)}' broke; again in 2 s"
    assert [line for line in sender.said if "again" in line] == [told]
    assert sender.pauses == [2]
    assert {file.arrival for file in receipt.files} == {Arrival.DELIVERED}
    assert_whole(case, bundle)


BUSY = {
    "503 Service Unavailable": "the server is busy or being looked after (503 to PUT)",
    "502 Bad Gateway": "the server is not to be reached from its front (502 to PUT)",
    "504 Gateway Timeout": "the server behind the front doesn't answer (504 to PUT)",
}


@pytest.mark.parametrize(("status", "what"), BUSY.items(), ids=BUSY.keys())
def test_a_busy_server_is_asked_again(
    httpd: DavServer, bundle: Path, status: str, what: str
) -> None:
    with courier(bundle, httpd, Fault("PUT", answer(status))) as (sender, case):
        sender.deliver()

    assert sender.said[0] == f"{ORDER[0]}: {what}; again in 2 s"
    assert_whole(case, bundle)


def host_of(sender: Courier) -> str:
    return read_address(sender.url).host


def test_a_file_that_was_moved_unheard_is_found_in_its_place(
    server: DavServer, bundle: Path
) -> None:
    with courier(bundle, server, Fault("MOVE", cut_before_the_answer)) as (sender, case):
        sender.deliver()

    assert sender.said == [f"{name}: delivered" for name in ORDER]
    assert_whole(case, bundle)


def test_a_server_that_asks_for_a_longer_pause_gets_it_up_to_a_minute(
    httpd: DavServer, bundle: Path
) -> None:
    asked = (Fault("PUT", answer("429 Too Many Requests", f"Retry-After: {s}")) for s in (20, 900))
    with courier(bundle, httpd, *asked) as (sender, case):
        sender.deliver()

    assert sender.pauses == [20, 60]
    assert_whole(case, bundle)


# ---------------------------------------------------------------- what doesn't pass

LASTING = {
    "no room": (
        Fault("PUT", answer("507 Insufficient Storage"), "docx"),
        "the server has no room left (507 to PUT)",
        f"ask who runs it for room; then {HINT_AGAIN}",
    ),
    "changed on its way": (
        Fault("PUT", change_what_is_stored, "docx"),
        "the server gives back something else than it was sent",
        "it may write into files, as SharePoint does into Word's: file the bundle by hand",
    ),
    "changed on its way back": (
        Fault("GET", change_a_byte, WAY),
        "the server gives back something else than it was sent",
        "it may write into files, as SharePoint does into Word's: file the bundle by hand",
    ),
    "too large": (
        Fault("PUT", answer("413 Content Too Large"), "docx"),
        "the file is larger than the server takes (413 to PUT)",
        "ask who runs the server to allow its size",
    ),
    "the case was closed meanwhile": (
        Fault("PUT", answer("409 Conflict"), "docx"),
        "the folder above is missing (409 to PUT)",
        "look whether the case was moved or closed",
    ),
    "a status of the server's own": (
        Fault("PUT", answer("599 Hemmelig:%ord7"), "docx"),
        "the server answers PUT with 599",
        "ask who runs the server what that means there",
    ),
    "the way to another server": (
        Fault("PUT", answer("307 Go", "Location: https://x:y@login.example.no/a?code=1#b"), "docx"),
        "the server points to 'https://login.example.no/a' (307)",
        "that is another server, which gets no login; ask who runs this one",
    ),
}


@pytest.mark.parametrize(("fault", "what", "hint"), LASTING.values(), ids=LASTING.keys())
def test_what_lasts_is_told_once_and_leaves_whole_files_only(
    httpd: DavServer, bundle: Path, fault: Fault, what: str, hint: str
) -> None:
    with courier(bundle, httpd, replace(fault)) as (sender, case):
        problems = sender.problems()

        where = f"{NAME}/data/notat.docx" if fault.within == "docx" else f"{NAME}/{ORDER[0]}"
        assert problems == [f"{where}: {what}\n  hint: {hint}"]
        assert sender.pauses == []
        assert_only_whole_files(case, bundle)

        sender.deliver()

    assert_whole(case, bundle)


def test_a_line_that_stays_broken_leaves_whole_files_and_the_next_delivery_completes_them(
    server: DavServer, bundle: Path
) -> None:
    cut = Fault("PUT", cut_on_the_way, "docx", times=3)
    with courier(bundle, server, cut) as (sender, case):
        problems = sender.problems()

        what = f"the connection to '{host_of(sender)}' broke"
        assert problems == [f"{NAME}/data/notat.docx: {what}\n  hint: {HINT_AGAIN}"]
        assert sender.pauses == [2, 8]
        assert sender.said == [
            f"{ORDER[0]}: delivered",
            f"data/notat.docx: {what}; again in 2 s",
            f"data/notat.docx: {what}; again in 8 s",
        ]
        assert_only_whole_files(case, bundle)

        sender.deliver()

    assert sender.said == [
        f"{ORDER[0]}: already there",
        *(f"{name}: delivered" for name in ORDER[1:]),
    ]
    assert_whole(case, bundle)


def test_a_silent_server_is_not_waited_for_long(httpd: DavServer, bundle: Path) -> None:
    with courier(bundle, httpd, Fault("PUT", say_nothing)) as (sender, case):
        sender.silence_s = 0.3
        sender.deliver()

    what = f"no word from '{host_of(sender)}' for 0.3 s; again in 2 s"
    assert sender.said[0] == f"{ORDER[0]}: {what}"
    assert_whole(case, bundle)


def test_a_locked_folder_is_told_with_who_locked_it(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    sender = Courier(bundle, server.url(case))
    token = lock(sender.url)

    problems = sender.problems()

    what = "the folder is locked by 'Ola Nordmann, Journalføring' (423 to MKCOL)"
    hint = f"have them close it in the case system; then {HINT_AGAIN}"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]
    assert sender.pauses == [2, 8]
    assert contents(case) == {}

    asked(sender.url, "UNLOCK", {"Lock-Token": token})
    sender.deliver()

    assert_whole(case, bundle)


def lock(url: str) -> str:
    """Lock the folder as somebody else's program does; the lock's token."""
    body = """<?xml version="1.0" encoding="utf-8"?>
        <d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope>
        <d:locktype><d:write/></d:locktype>
        <d:owner>Ola Nordmann, <d:href>Journalføring</d:href></d:owner></d:lockinfo>"""
    headers = {"Depth": "infinity", "Timeout": "Second-60", "Content-Type": "application/xml"}
    return asked(url, "LOCK", headers, body).headers["Lock-Token"]


def asked(url: str, method: str, headers: dict[str, str], body: str = "") -> httpx.Response:
    """What the server answers somebody else."""
    answered = httpx.request(
        method, url, headers=headers, content=body.encode(), auth=(USER, PASSWORD)
    )
    return answered.raise_for_status()


# ---------------------------------------------------------------- what is there already


def test_another_file_of_that_name_stays_and_is_told_before_anything_is_sent(
    server: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    others = {
        f"{NAME}/data/notat.docx": b"en annen fil",
        f"{NAME}/bagit.txt": contents(bundle)["bagit.txt"] + b"mer",
        f"{NAME}/manifest-sha256.txt": contents(bundle)["manifest-sha256.txt"],
    }
    for name, data in others.items():
        put_there(case / name, data)
    sender = Courier(bundle, server.url(case))

    problems = sender.problems()

    what = f"the server has another file of that name there\n  hint: {HINT_LOOK}"
    assert problems == [f"{NAME}/{name}: {what}" for name in ("data/notat.docx", "bagit.txt")]
    assert contents(case) == others


def put_there(file: Path, data: bytes) -> None:
    """Put a file on the server's disk, where its user may change it."""
    for folder in reversed(file.parents):
        if not folder.exists():
            folder.mkdir()
            hand_over(folder)
    file.write_bytes(data)
    hand_over(file)


def test_no_more_is_read_back_than_the_file_has(httpd: DavServer, bundle: Path) -> None:
    case = httpd.case_folder()
    put_there(case / NAME / "data/notat.docx", PAYLOAD["data/notat.docx"])
    sent = []

    def endless(client: socket.socket, _request: Request, _port: int) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + PAYLOAD["data/notat.docx"])
        while True:
            sent.append(client.send(bytes(100_000)))

    with between(httpd, Fault("GET", endless)) as proxy:
        sender = Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(httpd, case)}")
        problems = sender.problems()

    what = f"the server has another file of that name there\n  hint: {HINT_LOOK}"
    assert problems == [f"{NAME}/data/notat.docx: {what}"]
    assert sum(sent) < 20_000_000  # what lies in the buffers of both ends


def test_what_is_not_of_the_bundle_is_told_as_no_bag_is_valid_with_it(
    server: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    put_there(case / NAME / "data/Thumbs\x1b[31m æ.db", b"bilder")
    put_there(case / NAME / "data/notat.docx/brev.txt", b"brev")
    sender = Courier(bundle, server.url(case))

    problems = sender.problems()

    assert problems == [
        f"{NAME}/{told}\n  hint: {HINT_LOOK}"
        for told in (
            "data: the server has 'Thumbs[31m æ.db' there, which isn't of this bundle",
            "data/notat.docx: the server has another folder of that name there",
        )
    ]
    assert len(contents(case)) == 2


def test_a_file_where_the_bundle_is_to_be_stays(
    server: DavServer, httpd: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    put_there(case / NAME, b"en fil")

    problems = Courier(bundle, server.url(case)).problems()

    told = "a file stands where the folder is to be\n  hint: look who put it there"
    assert problems == [f"{NAME}: {BAD_ADDRESS if server is httpd else told}"]
    assert contents(case) == {NAME: b"en fil"}


def test_a_file_that_appears_meanwhile_is_not_written_over(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()

    def appear(client: socket.socket, request: Request, port: int) -> None:
        put_there(case / NAME / "data/notat.docx", b"en annen fil")
        pass_on(client, request, port)

    with between(server, Fault("MOVE", appear, "docx")) as proxy:
        sender = Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(server, case)}")
        problems = sender.problems()

    what = f"another file of that name appeared meanwhile\n  hint: {HINT_LOOK}"
    assert problems == [f"{NAME}/data/notat.docx: {what}"]
    assert contents(case) == {
        f"{NAME}/{ORDER[0]}": PAYLOAD[ORDER[0]],
        f"{NAME}/data/notat.docx": b"en annen fil",
    }


def test_what_changes_as_it_gets_its_name_is_told(httpd: DavServer, bundle: Path) -> None:
    case = httpd.case_folder()

    def change(client: socket.socket, request: Request, port: int) -> None:
        answered = ask(request, port)
        (case / NAME / "data/notat.docx").write_bytes(b"med serverens egne ord")
        client.sendall(answered)

    with between(httpd, Fault("MOVE", change, "docx")) as proxy:
        sender = Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(httpd, case)}")
        problems = sender.problems()

    what = "the server gives back something else than it was sent"
    hint = "it may write into files, as SharePoint does into Word's: file the bundle by hand"
    assert problems == [f"{NAME}/data/notat.docx: {what}\n  hint: {hint}"]


def test_what_broken_deliveries_left_is_removed_in_the_end(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    put_there(case / NAME / f"data/{WAY}-0123456789abcdef.docx", b"halv")
    put_there(case / NAME / f"{WAY}-0123456789abcdee.txt", b"halv")

    Courier(bundle, server.url(case)).deliver()

    assert_whole(case, bundle)


def test_a_file_on_its_way_that_another_delivery_tidied_up_is_sent_again(
    server: DavServer, bundle: Path
) -> None:
    case = server.case_folder()

    def tidied(client: socket.socket, request: Request, port: int) -> None:
        for file in case.rglob(f"{WAY}*"):
            file.unlink()
        pass_on(client, request, port)

    with between(server, Fault("GET", tidied, WAY), Fault("MOVE", tidied)) as proxy:
        sender = Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(server, case)}")
        sender.deliver()

    assert (
        sender.said[0] == f"{ORDER[0]}: it was removed on its way by another delivery; again in 2 s"
    )
    assert_whole(case, bundle)


def test_an_interrupt_leaves_nothing_on_its_way(httpd: DavServer, bundle: Path) -> None:
    def interrupt(client: socket.socket, request: Request, port: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        say_nothing(client, request, port)

    with courier(bundle, httpd, Fault("MOVE", interrupt)) as (sender, case):
        with pytest.raises(KeyboardInterrupt):
            sender.deliver()

        assert contents(case) == {}


# ---------------------------------------------------------------- a server that says no


def test_a_case_folder_is_never_made(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    url = server.url(case) + "mangler/"

    problems = Courier(bundle, url).problems()

    hint = "look at the address; the case is made in the records system, never from here"
    assert problems == [f"{NAME}: there is no folder '{url}'\n  hint: {hint}"]
    assert not list(case.iterdir())


def test_the_address_of_a_file_is_no_case_folder(
    server: DavServer, httpd: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    put_there(case / "sak.txt", b"en fil")
    url = server.url(case) + "sak.txt"

    problems = Courier(bundle, url).problems()

    told = f"'{url}/' is a file\n  hint: give the address of the case's folder"
    assert problems == [f"{NAME}: {BAD_ADDRESS if server is httpd else told}"]
    assert contents(case) == {"sak.txt": b"en fil"}


def test_a_reader_may_not_deliver(httpd: DavServer, bundle: Path) -> None:
    problems = Courier(bundle, httpd.url(httpd.files / "lesesal")).problems()

    what = "this user may not do that there (403 to MKCOL)"
    hint = "ask who runs the case system for the right to write"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]


def test_a_web_site_is_no_case_folder(httpd: DavServer, bundle: Path) -> None:
    problems = Courier(bundle, httpd.url(httpd.files / "nettsted")).problems()

    what = "the address is not one for WebDAV (405 to PROPFIND)"
    hint = "copy the address that the server gives for WebDAV"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]


def test_an_answer_that_is_no_list_is_told(httpd: DavServer, bundle: Path) -> None:
    page = answer("207 Multi-Status", body=b"<html><body>Velkommen")
    with courier(bundle, httpd, Fault("PROPFIND", page)) as (sender, _):
        problems = sender.problems()

    assert problems == [f"{NAME}: {UNREADABLE}"]


def test_a_list_without_end_is_not_read_to_its_end(httpd: DavServer, bundle: Path) -> None:
    endless = answer("207 Multi-Status", body=b"<a>" * 400_000)
    with courier(bundle, httpd, Fault("PROPFIND", endless)) as (sender, _):
        problems = sender.problems()

    what = "the server's list has more than 1000 kB\n  hint: is this the folder of one case?"
    assert problems == [f"{NAME}: {what}"]


def test_the_same_server_s_new_address_is_told_and_not_followed(
    httpd: DavServer, bundle: Path
) -> None:
    moved = answer("301 Moved", "Location: /ny%20plass/")
    with courier(bundle, httpd, Fault("PROPFIND", moved)) as (sender, case):
        problems = sender.problems()

    what = f"the server points to 'http://{host_of(sender)}/ny%20plass/' (301)"
    hint = "if that is the case folder, give --deliver that address"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]
    assert contents(case) == {}


def test_nobody_listens(bundle: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
    sender = Courier(bundle, f"http://{host}/sak/")

    problems = sender.problems()

    assert problems == [f"{NAME}: '{host}' takes no connection\n  hint: {HINT_AGAIN}"]
    assert sender.pauses == [2, 8]


def test_nobody_has_that_name(bundle: Path) -> None:
    problems = Courier(bundle, "https://sak.invalid/2026-1234/").problems()

    what = "no machine is known by the name 'sak.invalid'"
    hint = "look at the address, and whether this machine is online"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]


def test_a_bundle_that_was_changed_is_not_delivered(httpd: DavServer, tmp_path: Path) -> None:
    bundle = make_bag(tmp_path / NAME, PAYLOAD)
    (bundle / "data/notat.docx").write_bytes(b"noe annet")
    case = httpd.case_folder()

    problems = Courier(bundle, httpd.url(case)).problems()

    assert problems == [problem.shown(tmp_path) for problem in bag_problems(bundle)]
    assert contents(case) == {}


# ---------------------------------------------------------------- who asks


def test_a_wrong_password_is_told_by_where_it_was_found(
    server: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KILDEFAST_WEBDAV_PASSWORD", f"{PASSWORD} ")
    case = server.case_folder()

    problems = Courier(bundle, server.url(case)).problems()

    what = f"the server doesn't let '{USER}' in (401)\n  hint: look at KILDEFAST_WEBDAV_PASSWORD"
    assert problems == [f"{NAME}: {what}"]
    assert contents(case) == {}


def test_a_token_is_sent_as_such(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KILDEFAST_WEBDAV_USER")
    monkeypatch.delenv("KILDEFAST_WEBDAV_PASSWORD")
    monkeypatch.setenv("KILDEFAST_WEBDAV_TOKEN", TOKEN)
    case = httpd.case_folder()

    with between(httpd) as proxy:
        sender = Courier(bundle, f"http://127.0.0.1:{proxy.port}/{path_of(httpd, case)}")
        problems = sender.problems()

    what = "the server doesn't take the token (401)\n  hint: look at KILDEFAST_WEBDAV_TOKEN"
    assert problems == [f"{NAME}: {what}"]
    assert f"Authorization: Bearer {TOKEN}\r\n".encode() in proxy.seen[0].head


def test_the_keyring_s_password_lets_in(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = httpd.case_folder()
    monkeypatch.delenv("KILDEFAST_WEBDAV_PASSWORD")
    safe = Safe(**{f"{USER}@127.0.0.1:{httpd.port}": PASSWORD})
    monkeypatch.setattr(keyring.core, "_keyring_backend", safe)

    Courier(bundle, httpd.url(case)).deliver()

    assert_whole(case, bundle)


def test_without_a_login_the_server_is_asked_all_the_same_and_its_no_says_what_to_type(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KILDEFAST_WEBDAV_PASSWORD")
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))  # a file, so no place for a login
    url = httpd.url(httpd.case_folder())

    problems = Courier(bundle, url).problems()

    account = f"{USER}@127.0.0.1:{httpd.port}"
    what = f"the server asks for a login (401), and the keyring has no entry '{account}' of 'kildefast'"
    hint = f"set KILDEFAST_WEBDAV_PASSWORD, or type: {KEYRING} set kildefast {account}"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]


def test_a_login_of_another_kind_is_told(httpd: DavServer, bundle: Path) -> None:
    asking = answer("401 Unauthorized", "WWW-Authenticate: Negotiate", "WWW-Authenticate: NTLM")
    with courier(bundle, httpd, Fault("PROPFIND", asking)) as (sender, _):
        problems = sender.problems()

    what = "the server takes neither a password (Basic) nor a token (Bearer) (401)"
    hint = "ask who runs it for an application password or a token"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]


HOST = "sak.example.no"
LOGINS = {
    "user and password": (
        {"USER": "kari", "PASSWORD": PASSWORD},
        Safe(**{f"kari@{HOST}": "en annen"}),
        Password("kari", PASSWORD, "KILDEFAST_WEBDAV_PASSWORD"),
    ),
    "a token": ({"TOKEN": TOKEN}, Safe(), Token(TOKEN, "KILDEFAST_WEBDAV_TOKEN")),
    "a user, and the keyring's password": (
        {"USER": "kari"},
        Safe(**{f"kari@{HOST}": PASSWORD, HOST: TOKEN}),
        Password("kari", PASSWORD, f"the keyring's entry 'kari@{HOST}'"),
    ),
    "the keyring's token": (
        {},
        Safe(**{f"kari@{HOST}": PASSWORD, HOST: TOKEN}),
        Token(TOKEN, f"the keyring's entry '{HOST}'"),
    ),
    "nothing": (
        {},
        Safe(),
        Nobody(
            f"the keyring has no entry '{HOST}' of 'kildefast'",
            "set KILDEFAST_WEBDAV_USER and KILDEFAST_WEBDAV_PASSWORD, or KILDEFAST_WEBDAV_TOKEN, "
            f"or type: {KEYRING} set kildefast NAME@{HOST}",
        ),
    ),
    "no keyring": (
        {"USER": "kari"},
        Safe(NoKeyringError("No recommended backend was available")),
        Nobody("this system has no keyring", "set KILDEFAST_WEBDAV_PASSWORD"),
    ),
    "a locked keyring": (
        {"USER": "kari"},
        Safe(KeyringLocked("Failed to unlock the collection!")),
        Nobody("the keyring is locked", "unlock it, or set KILDEFAST_WEBDAV_PASSWORD"),
    ),
    "a keyring that fails in its own way": (
        {"USER": "kari"},
        Safe(ConnectionRefusedError(PASSWORD)),
        Nobody(
            "the keyring can't be read: ConnectionRefusedError", "set KILDEFAST_WEBDAV_PASSWORD"
        ),
    ),
}


@pytest.mark.parametrize(("given", "safe", "found"), LOGINS.values(), ids=LOGINS.keys())
def test_a_login_is_looked_for_in_the_environment_and_then_in_the_keyring(
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    safe: Safe,
    found: Password | Token | Nobody,
) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.setenv(f"KILDEFAST_WEBDAV_{name}", given.get(name, ""))
    monkeypatch.setattr(keyring.core, "_keyring_backend", safe)

    credentials = find_credentials(HOST)

    assert credentials == found
    assert_no_secret(repr(credentials))


CONTRADICTIONS = {
    "a token and a password": (
        {"TOKEN": TOKEN, "PASSWORD": PASSWORD},
        "KILDEFAST_WEBDAV_TOKEN is set, and KILDEFAST_WEBDAV_PASSWORD too",
        "unset one of them",
    ),
    "a token and a user": (
        {"TOKEN": TOKEN, "USER": USER},
        "KILDEFAST_WEBDAV_TOKEN is set, and KILDEFAST_WEBDAV_USER too",
        "unset one of them",
    ),
    "a password of nobody": (
        {"PASSWORD": PASSWORD},
        "KILDEFAST_WEBDAV_PASSWORD is set, but KILDEFAST_WEBDAV_USER isn't",
        "type: export KILDEFAST_WEBDAV_USER=NAME",
    ),
    "a user and password in one": (
        {"USER": f"{USER}:{PASSWORD}"},
        "KILDEFAST_WEBDAV_USER holds a character that no user name has",
        "set KILDEFAST_WEBDAV_USER anew",
    ),
    "a token of two lines": (
        {"TOKEN": f"{TOKEN}\nX-Other: 1"},
        "KILDEFAST_WEBDAV_TOKEN holds a character that no token has",
        "set KILDEFAST_WEBDAV_TOKEN anew",
    ),
    "a password where the keyring has tokens": (
        {},
        f"the keyring's entry '{HOST}' of 'kildefast' holds a character that no token has",
        "for a password, type: export KILDEFAST_WEBDAV_USER=NAME",
    ),
}


@pytest.mark.parametrize(
    ("given", "what", "hint"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys()
)
def test_a_login_that_contradicts_itself_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], what: str, hint: str
) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.setenv(f"KILDEFAST_WEBDAV_{name}", given.get(name, ""))
    monkeypatch.setattr(keyring.core, "_keyring_backend", Safe(**{HOST: PASSWORD}))

    with pytest.raises(ReportError) as raised:
        find_credentials(HOST)

    assert [problem.shown(Path()) for problem in raised.value.problems] == [
        f"--deliver: {what}\n  hint: {hint}"
    ]


# ---------------------------------------------------------------- TLS and proxies


@pytest.fixture
def trusted(certificates: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agency's own root is one that this system trusts."""
    root = tmp_path / "root.pem"
    root.write_bytes(certificates.root)
    monkeypatch.setenv("SSL_CERT_FILE", str(root))


@pytest.mark.usefixtures("trusted")
def test_a_server_whose_root_the_system_trusts_gets_the_bundle(
    httpd: DavServer, bundle: Path
) -> None:
    case = httpd.case_folder()
    url = f"https://localhost:{httpd.tls}/{path_of(httpd, case)}"

    receipt = Courier(bundle, url).deliver()

    assert receipt.url == url
    assert_whole(case, bundle)


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    httpd: DavServer, bundle: Path
) -> None:
    case = httpd.case_folder()
    host = f"localhost:{httpd.tls}"

    problems = Courier(bundle, f"https://{host}/{path_of(httpd, case)}").problems()

    what = f"the certificate of '{host}' is not trusted: unable to get local issuer certificate"
    hint = "have the agency's own root installed in this system, or name its file in SSL_CERT_FILE"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]
    assert contents(case) == {}


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_not_trusted(httpd: DavServer, bundle: Path) -> None:
    case = httpd.case_folder()
    host = f"127.0.0.1:{httpd.tls}"

    problems = Courier(bundle, f"https://{host}/{path_of(httpd, case)}").problems()

    what = f"the certificate of '{host}' is made out to another name"
    hint = "use the name that the certificate has; its owner knows"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]
    assert contents(case) == {}


def test_a_server_without_tls_is_not_spoken_to_in_the_open(httpd: DavServer, bundle: Path) -> None:
    host = f"localhost:{httpd.port}"

    problems = Courier(bundle, f"https://{host}/").problems()

    assert problems == [
        f"{NAME}: '{host}' doesn't speak TLS\n  hint: look at the address: its port?"
    ]


@pytest.mark.usefixtures("trusted")
def test_a_proxy_of_the_environment_is_a_tunnel(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = httpd.case_folder()
    with between(httpd, Fault("CONNECT", tunnel, f"localhost:{httpd.tls}", times=9)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")

        Courier(bundle, f"https://localhost:{httpd.tls}/{path_of(httpd, case)}").deliver()

    assert_whole(case, bundle)
    # One connection for all that is asked, and no login for the proxy to see.
    (request,) = proxy.seen
    assert request.line == f"CONNECT localhost:{httpd.tls} HTTP/1.1\r\n"
    assert b"Authorization" not in request.head


def test_what_stays_on_this_machine_goes_through_no_proxy(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = httpd.case_folder()
    with between(httpd) as proxy:
        for name in ("HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

        Courier(bundle, httpd.url(case)).deliver()

    assert_whole(case, bundle)
    assert proxy.seen == []


def test_a_proxy_that_refuses_is_told_without_its_password(
    httpd: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(httpd, Fault("CONNECT", answer("407 Proxy Authentication Required"))) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://x:{quote(PASSWORD)}@127.0.0.1:{proxy.port}")
        problems = Courier(bundle, f"https://localhost:{httpd.tls}/").problems()

    what = "the proxy that HTTPS_PROXY names doesn't let it pass"
    assert problems == [f"{NAME}: {what}\n  hint: look at HTTPS_PROXY, and its user and password"]


@pytest.mark.parametrize("proxy", ["socks5://x:{}@127.0.0.1:9", "ftp://x:{}@127.0.0.1", "h ttp:{}"])
def test_a_proxy_that_can_t_be_used_is_told_without_its_password(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.format(quote(PASSWORD, safe="")))

    problems = Courier(bundle, "https://localhost/").problems()

    what = "the proxy that the environment names can't be used"
    hint = "look at HTTPS_PROXY and ALL_PROXY; SOCKS is not supported"
    assert problems == [f"--deliver: {what}\n  hint: {hint}"]


# ---------------------------------------------------------------- addresses

ADDRESSES = {
    "https://sak.example.no/dav/2026-1234": "https://sak.example.no/dav/2026-1234/",
    "https://sak.example.no": "https://sak.example.no/",
    "https://Sak.Example.no:443/Sak/": "https://sak.example.no/Sak/",
    "https://sak.example.no:8443//dav//": "https://sak.example.no:8443//dav/",
    "https://straße.example.no/Møte 100 %/🗂": (
        "https://xn--strae-oqa.example.no/M%C3%B8te%20100%20%25/%F0%9F%97%82/"
    ),
    "https://sak.example.no/M%c3%b8te%20100%25/": "https://sak.example.no/M%c3%b8te%20100%25/",
    "https://sky.example.no/remote.php/dav/files/kari@example.no/Sak (2)/": (
        "https://sky.example.no/remote.php/dav/files/kari@example.no/Sak%20(2)/"
    ),
    "http://localhost:8080/sak": "http://localhost:8080/sak/",
    "http://127.0.0.9/sak": "http://127.0.0.9/sak/",
    "http://[::1]:8080/sak": "http://[::1]:8080/sak/",
}


@pytest.mark.parametrize(("typed", "url"), ADDRESSES.items(), ids=ADDRESSES.keys())
def test_an_address_is_encoded_as_it_is_sent(typed: str, url: str) -> None:
    address = read_address(typed)

    assert address.url == url
    assert httpx.URL(address.file("å %41/?#.pdf")) == url + "%C3%A5%20%2541%2F%3F%23.pdf"


COPY = "copy the WebDAV address of the case folder; it begins with https://"
NO_ADDRESS = ("the address doesn't begin with https:// and the name of a machine", COPY)
LOGIN = (
    "the address holds a user name or password",
    "leave it out; set KILDEFAST_WEBDAV_USER and KILDEFAST_WEBDAV_PASSWORD",
)
NO_SIGN = ("the address holds a character that no address has", COPY)
BROWSER = (
    "the address goes on after a '?' or '#'",
    "this looks like a browser's address; copy the one for WebDAV",
)
DOTS = ("the address holds '.' or '..' for a folder", "name the folder itself")
OPEN = "would be sent the password in the open, by http"
REFUSED = {
    f"https://kari:{quote(PASSWORD)}@sak.example.no/": LOGIN,
    f"kari:{quote(PASSWORD)}@sak.example.no/": LOGIN,
    "https://kari@sak.example.no/": LOGIN,
    f"https://kari:{PASSWORD}/x@sak.example.no/": NO_ADDRESS,
    "http://sak.example.no/": (f"'sak.example.no' {OPEN}", "begin it with https://"),
    "http://10.0.0.1:80/": (f"'10.0.0.1' {OPEN}", "begin it with https://"),
    "http://localhost.example.no/": (f"'localhost.example.no' {OPEN}", "begin it with https://"),
    "ftp://sak.example.no/": ("the address doesn't begin with https://", COPY),
    "file:///sak/2026-1234": NO_ADDRESS,
    "sak.example.no/dav": NO_ADDRESS,
    "": NO_ADDRESS,
    "https://": NO_ADDRESS,
    "https:sak.example.no": NO_ADDRESS,
    "https://[::1/": NO_ADDRESS,
    "https://sak.example.no:99999/": NO_ADDRESS,
    "https://sak.example.no:0/": NO_ADDRESS,
    "https://sak.example.no:sak/": NO_ADDRESS,
    "https://sak example.no/": NO_ADDRESS,
    "https://xn--zzzz.no/": NO_ADDRESS,
    "https://1.2.3.999/": NO_ADDRESS,
    "https://🗂.no/": NO_ADDRESS,
    f"https://sak.example.no/{'a' * 4000}": ("the address has 4023 characters", COPY),
    "https://sak.example.no/a?dir=/Sak": BROWSER,
    "https://sak.example.no/#/sak": BROWSER,
    "https://sak.example.no/a/../b": DOTS,
    "https://sak.example.no/a/%2e%2e/b": DOTS,
    "https://sak.example.no\\sak": NO_SIGN,
    "https://sak.example.no/\r\nX: y": NO_SIGN,
    "https://sak.example.no/\udcff": NO_SIGN,
}


@pytest.mark.parametrize(
    ("typed", "told"), REFUSED.items(), ids=[ascii(typed)[:60] for typed in REFUSED]
)
def test_an_address_that_is_none_is_refused(
    bundle: Path, typed: str, told: tuple[str, str]
) -> None:
    problems = Courier(bundle, typed).problems()

    assert problems == [f"--deliver: {told[0]}\n  hint: {told[1]}"]


# ---------------------------------------------------------------- what servers list

LISTS = {
    "paths, as Apache lists them": "/dav/sak/ /dav/sak/data/ /dav/sak/b%c3%a5t.txt",
    "addresses, as others do": (
        "https://x.no/dav/sak/ https://x.no/dav/sak/data/ https://x.no/dav/sak/b%C3%A5t.txt"
    ),
    "no last slash, the folder last": "/dav/sak/data /dav/sak/båt.txt /dav/sak",
    "letters taken apart, as on a Mac": "/sak /sak/data /sak/ba%CC%8At.txt",
    "spaces around": "\n/a/sak/\n \n/a/sak/data/\n \n/a/sak/b%C3%A5t.txt\n",
}


@pytest.mark.parametrize("prefix", ["", "D:", "lp1:"])
@pytest.mark.parametrize("hrefs", LISTS.values(), ids=LISTS.keys())
def test_a_list_is_read_however_its_server_writes_it(hrefs: str, prefix: str) -> None:
    entries = read_entries(listing(hrefs.split(), prefix))

    assert entries[0] == Entry("sak", is_folder=True)
    assert sorted(entries[1:], key=lambda entry: entry.name) == [
        Entry("båt.txt", is_folder=False),
        Entry("data", is_folder=True),
    ]


def listing(hrefs: list[str], prefix: str) -> bytes:
    """A multistatus answer; what has no dot in its name is a folder."""
    p = prefix
    declared = f'xmlns:{p[:-1]}="DAV:"' if p else 'xmlns="DAV:"'
    responses = "".join(
        f"<{p}response><{p}href>{href}</{p}href><{p}propstat><{p}prop><{p}resourcetype>"
        f"{'' if '.txt' in href else f'<{p}collection/>'}</{p}resourcetype></{p}prop>"
        f"<{p}status>HTTP/1.1 200 OK</{p}status></{p}propstat></{p}response>"
        for href in hrefs
    )
    return f"<{p}multistatus {declared}>{responses}</{p}multistatus>".encode()


UNREADABLE_LISTS = {
    "nothing": b"",
    "an empty list": b'<multistatus xmlns="DAV:"/>',
    "another namespace": listing(["/sak/"], "").replace(b"DAV:", b"dav:"),
    "cut": listing(["/sak/"], "")[:-5],
    "entities": b'<!DOCTYPE a [<!ENTITY b "sak">]>'
    + listing(["/sak/"], "").replace(b"/sak/", b"/&b;/"),
    "a document type from elsewhere": b'<!DOCTYPE a SYSTEM "file:///etc/passwd">'
    + listing(["/sak/"], ""),
    "an address that is none": listing(["http://[::1/sak/"], ""),
}


@pytest.mark.parametrize("data", UNREADABLE_LISTS.values(), ids=UNREADABLE_LISTS.keys())
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(DeliveryError) as raised:
        read_entries(data)

    assert f"{raised.value.what}\n  hint: {raised.value.hint}" == UNREADABLE


def test_the_holder_of_a_lock_is_shown_without_what_a_terminal_would_obey() -> None:
    owner = f"<href>\u202eKari &lt;b&gt; \u009b31m</href>\n{'Å' * 200}"
    data = (
        '<multistatus xmlns="DAV:"><response><propstat><prop><lockdiscovery><activelock>'
        f"<owner>{owner}</owner></activelock></lockdiscovery></prop></propstat></response>"
        "</multistatus>"
    )

    shown = read_lock_owner(data.encode())

    assert shown == f"Kari <b> 31m {'Å' * 86}…"
