"""Bundles to WebDAV case folders: two servers that others wrote, and what comes between."""

from __future__ import annotations

import base64
import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import keyring
import pytest
from conftest import judge
from keyring.backend import KeyringBackend
from keyring.errors import PasswordSetError
from webdav_servers import (
    PASSWORD,
    USER,
    Certificates,
    DavServer,
    Fault,
    answer,
    apache,
    between,
    change_a_byte,
    change_what_is_stored,
    cut_before_the_answer,
    cut_in_the_answer,
    cut_on_the_way,
    make_certificates,
    path_of,
    wsgidav,
)
from workspaces import contents

from reports.casefile.bag import bag_problems
from reports.casefile.delivery import Arrival, Patience, Receipt, deliver
from reports.casefile.delivery.address import read_address
from reports.problems import ReportError

TOKEN = "abc.DEF-123_hemmelig=="
PAYLOAD = {
    "data/notat 5% æ.pdf": b"%PDF-1.7 " + bytes(range(256)) * 40,
    "data/notat.docx": b"PK\x03\x04" + b"brev " * 2000,
}
NAME = "kanaler 100 % blå 🗂.public.nb.v1"
LAST = ("bag-info.txt", "tagmanifest-sha256.txt", "manifest-sha256.txt", "bagit.txt")
ORDER = (*PAYLOAD, *LAST)
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
HINT_AGAIN = "deliver it again later; what has arrived is skipped"
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

    def set_password(self, service: str, username: str, password: str) -> None:
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
    """Each file in the case's folder is one of the bundle's, and no bag is complete."""
    whole = {f"{NAME}/{name}": data for name, data in contents(bundle).items()}
    assert contents(case).items() < whole.items()
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
PASSING = {
    "the first question cut": (Fault("PROPFIND", cut_in_the_answer), NAME, BROKE),
    "a folder made, the answer lost": (Fault("MKCOL", cut_before_the_answer), NAME, BROKE),
    "a file cut on its way": (Fault("PUT", cut_on_the_way), ORDER[0], BROKE),
    "a file stored, the answer lost": (Fault("PUT", cut_before_the_answer), ORDER[0], BROKE),
    "a file cut on its way back": (Fault("GET", cut_in_the_answer, WAY), ORDER[0], BROKE),
    "busy": (
        Fault("PUT", answer("503 Service Unavailable")),
        ORDER[0],
        "the server is busy or being looked after (503 to PUT)",
    ),
    "a front that doesn't reach the server": (
        Fault("MOVE", answer("502 Bad Gateway")),
        ORDER[0],
        "the server is not to be reached from its front (502 to MOVE)",
    ),
    "a server that doesn't answer its front": (
        Fault("GET", answer("504 Gateway Timeout"), WAY),
        ORDER[0],
        "the server behind the front doesn't answer (504 to GET)",
    ),
}


@pytest.mark.parametrize(("fault", "where", "what"), PASSING.values(), ids=PASSING.keys())
def test_what_passes_is_tried_again_from_the_start_of_the_file(
    server: DavServer, bundle: Path, fault: Fault, where: str, what: str
) -> None:
    with courier(bundle, server, replace(fault)) as (sender, case):
        receipt = sender.deliver()

    told = f"{where}: {what.format(host=host_of(sender))}; again in 2 s"
    assert [line for line in sender.said if "again" in line] == [told]
    assert sender.pauses == [2]
    assert {file.arrival for file in receipt.files} == {Arrival.DELIVERED}
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
    server: DavServer, bundle: Path, fault: Fault, what: str, hint: str
) -> None:
    with courier(bundle, server, replace(fault)) as (sender, case):
        problems = sender.problems()

        where = f"{NAME}/data/notat.docx" if fault.within == "docx" else f"{NAME}/{ORDER[0]}"
        assert problems == [f"{where}: {what}\n  hint: {hint}"]
        assert sender.pauses == []
        assert_only_whole_files(case, bundle)

        sender.deliver()

    assert_whole(case, bundle)


@pytest.mark.parametrize("act", [cut_on_the_way, cut_before_the_answer], ids=["on", "after"])
def test_a_line_that_stays_broken_leaves_whole_files_and_the_next_delivery_completes_them(
    server: DavServer, bundle: Path, act: Act
) -> None:
    with courier(bundle, server, Fault("PUT", act, "docx", times=3)) as (sender, case):
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


def test_a_silent_server_is_not_waited_for_long(server: DavServer, bundle: Path) -> None:
    with courier(bundle, server, Fault("PUT", say_nothing)) as (sender, case):
        sender.silence_s = 0.3
        sender.deliver()

    what = f"no word from '{host_of(sender)}' for 0.3 s; again in 2 s"
    assert sender.said[0] == f"{ORDER[0]}: {what}"
    assert_whole(case, bundle)


@pytest.mark.parametrize("depth", ["0", "infinity"])
def test_a_locked_folder_is_told_with_who_locked_it(
    server: DavServer, bundle: Path, depth: str
) -> None:
    case = server.case_folder()
    sender = Courier(bundle, server.url(case))
    token = lock(sender.url, depth)

    problems = sender.problems()

    what = "the folder is locked by 'Ola Nordmann, Journalføring' (423 to MKCOL)"
    hint = "have them close it in the case system; then deliver it again; what has arrived is skipped"
    assert problems == [f"{NAME}: {what}\n  hint: {hint}"]
    assert sender.pauses == [2, 8]
    assert contents(case) == {}

    asked(sender.url, "UNLOCK", {"Lock-Token": token})
    sender.deliver()

    assert_whole(case, bundle)


def lock(url: str, depth: str) -> str:
    """Lock the folder as somebody else's program does; the lock's token."""
    body = """<?xml version="1.0" encoding="utf-8"?>
        <d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope>
        <d:locktype><d:write/></d:locktype>
        <d:owner>Ola Nordmann, <d:href>Journalføring</d:href>\u001b</d:owner></d:lockinfo>"""
    headers = {"Depth": depth, "Timeout": "Second-60", "Content-Type": "application/xml"}
    return asked(url, "LOCK", headers, body.replace("\u001b", "")).headers["Lock-Token"]


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


def test_what_is_not_of_the_bundle_is_told_as_no_bag_is_valid_with_it(
    server: DavServer, bundle: Path
) -> None:
    case = server.case_folder()
    put_there(case / NAME / "data/Thumbs æ.db", b"bilder")
    put_there(case / NAME / "data/notat.docx/brev.txt", b"brev")
    sender = Courier(bundle, server.url(case))

    problems = sender.problems()

    assert problems == [
        f"{NAME}/data: the server has 'Thumbs æ.db' there, which isn't of this bundle\n"
        f"  hint: {HINT_LOOK}",
        f"{NAME}/data/notat.docx: the server has another folder of that name there\n"
        f"  hint: {HINT_LOOK}",
    ]
    assert len(contents(case)) == 2


def test_a_file_where_the_bundle_is_to_be_stays(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    put_there(case / NAME, b"en fil")

    problems = Courier(bundle, server.url(case)).problems()

    assert problems == [
        f"{NAME}: a file stands where the folder is to be\n  hint: look who put it there"
    ]
    assert contents(case) == {NAME: b"en fil"}


def test_a_file_that_appears_meanwhile_is_not_written_over(
    server: DavServer, bundle: Path
) -> None:
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


def test_what_broken_deliveries_left_is_removed_in_the_end(
    server: DavServer, bundle: Path
) -> None:
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

    assert sender.said[0] == f"{ORDER[0]}: it was gone before it could be read back; again in 2 s"
    assert_whole(case, bundle)


def test_an_interrupt_leaves_nothing_on_its_way(
    server: DavServer, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = server.case_folder()
    sender = Courier(bundle, server.url(case))
    with between(server, Fault("MOVE", answer("503 Busy"), times=9)) as proxy:
        sender.url = f"http://127.0.0.1:{proxy.port}/{path_of(server, case)}"
        monkeypatch.setattr(Courier, "deliver", interrupted)
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


def test_an_address_of_a_file_is_no_case_folder(server: DavServer, bundle: Path) -> None:
    case = server.case_folder()
    put_there(case / "sak.txt", b"en fil")

    problems = Courier(bundle, server.url(case) + "sak.txt").problems()

    assert len(problems) == 1
    assert "sak.txt" in problems[0]
    assert contents(case) == {"sak.txt": b"en fil"}
