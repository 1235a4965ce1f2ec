"""Two WebDAV servers that others wrote, on loopback, and a proxy that does what networks do.

Both are processes of their own.  Apache's belongs to a user without rights where the tests run as
root, as Apache won't serve as root.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import quote

USER = "kari.nordmann"
PASSWORD = "Hemmelig:%ord7"  # noqa: S105 - of these servers only
_STARTING_S = 20.0  # a machine that is busy; either server takes less than a second
_NUMBERS = count()


@dataclass(frozen=True)
class DavServer:
    """A running server; `files` is the folder that it serves, `tls` its port for https or 0."""

    port: int
    tls: int
    files: Path

    def case_folder(self, name: str = "") -> Path:
        """A new folder in it, for one test."""
        folder = self.files / (name or f"sak {next(_NUMBERS)} æ")
        folder.mkdir()
        hand_over(folder)
        return folder

    def url(self, folder: Path) -> str:
        return f"http://127.0.0.1:{self.port}/{path_of(self, folder)}"


def path_of(server: DavServer, folder: Path) -> str:
    """The folder's path on the server, encoded, with a slash at its end."""
    return quote(f"{folder.relative_to(server.files).as_posix()}/")


# Apache

_APACHE = """\
ServerRoot "{home}"
ServerName localhost
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{tls}
PidFile "{home}/httpd.pid"
Mutex "file:{home}" default
ErrorLog "{home}/error.log"
{modules}
StartServers 1
ThreadsPerChild 8
ServerLimit 1
MaxRequestWorkers 8
DavLockDB "{home}/locks"
DocumentRoot "{files}"
<DirectoryMatch "^{files}(?!/nettsted)">
  AuthType Basic
  AuthName "Saker"
  AuthUserFile "{home}/users"
  Require valid-user
  Dav On
</DirectoryMatch>
<DirectoryMatch "^{files}/lesesal">
  <LimitExcept GET PROPFIND>
    Require all denied
  </LimitExcept>
</DirectoryMatch>
<VirtualHost 127.0.0.1:{tls}>
  SSLEngine on
  SSLCertificateFile "{home}/server.pem"
</VirtualHost>
"""
_MODULES = (
    *("mpm_worker", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic"),
    *("dav", "dav_fs", "ssl"),
)


@contextmanager
def apache(program: Path, certificate: bytes) -> Iterator[DavServer]:
    """Debian's Apache with mod_dav, on a port for http and one for https."""
    with _home() as home:
        server = DavServer(_free_port(), _free_port(), home / "files")
        modules = (
            f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in _MODULES
        )
        settings = _APACHE.format(
            home=home,
            files=server.files,
            port=server.port,
            tls=server.tls,
            modules="\n".join(modules),
        )
        digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()  # noqa: S324 - Apache's own form
        (home / "httpd.conf").write_text(settings, "utf-8")
        (home / "users").write_text(f"{USER}:{{SHA}}{digest}\n", "utf-8")
        (home / "server.pem").write_bytes(certificate)
        server.case_folder("lesesal")
        server.case_folder("nettsted")
        command = [str(program), "-f", str(home / "httpd.conf"), "-DFOREGROUND"]
        for path in (home, *home.rglob("*")):
            hand_over(path)
        with _running(command, home, server, nobody=os.geteuid() == 0):
            yield server


# wsgidav


@contextmanager
def wsgidav() -> Iterator[DavServer]:
    """PyPI's wsgidav, on cheroot."""
    with _home() as home:
        server = DavServer(_free_port(), 0, home / "files")
        settings = {
            "host": "127.0.0.1",
            "port": server.port,
            "provider_mapping": {"/": str(server.files)},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}},
            "http_authenticator": {
                "accept_basic": True,
                "accept_digest": False,
                "default_to_digest": False,
            },
            "verbose": 1,
        }
        (home / "wsgidav.json").write_text(json.dumps(settings), "utf-8")
        command = [sys.executable, "-m", "wsgidav.server.server_cli"]
        with _running(
            [*command, "--config", str(home / "wsgidav.json")], home, server, nobody=False
        ):
            yield server


# What both need


@contextmanager
def _home() -> Iterator[Path]:
    """A folder that a user without rights can reach: pytest's own are closed to others."""
    home = Path(tempfile.mkdtemp(prefix="kildefast-dav-"))
    try:
        home.chmod(0o755)
        (home / "files").mkdir()
        yield home
    finally:
        shutil.rmtree(home)


@contextmanager
def _running(command: list[str], home: Path, server: DavServer, *, nobody: bool) -> Iterator[None]:
    """The server's process once it answers; ended with all that it started."""
    user, group = (_nobody().pw_uid, _nobody().pw_gid) if nobody else (None, None)
    if shutil.which("setpriv"):  # of Linux: so that it ends even if this process is killed
        command = ["setpriv", "--pdeathsig", "TERM", *command]
    with (home / "said.log").open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=[] if nobody else None,
        )
    try:
        _wait_for(process, server, home)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(_STARTING_S)


def _wait_for(process: subprocess.Popen[bytes], server: DavServer, home: Path) -> None:
    end = time.monotonic() + _STARTING_S
    while process.poll() is None and time.monotonic() < end:
        with suppress(ConnectionRefusedError), closing(_connected(server.port)):
            return
        time.sleep(0.02)
    said = "\n".join(log.read_text("utf-8", "replace") for log in home.glob("*.log"))
    raise AssertionError(f"{process.args!r} doesn't answer:\n{said}")


def hand_over(path: Path) -> None:
    """Let the server's user write there."""
    if os.geteuid() == 0:
        os.chown(path, _nobody().pw_uid, _nobody().pw_gid)


def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), _STARTING_S)


# Certificates


@dataclass(frozen=True)
class Certificates:
    """An agency's own root, and a key and certificate for `localhost` that it signed, as PEM."""

    root: bytes
    server: bytes


def make_certificates() -> Certificates:
    """A root of this very run, good for a day."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def certificate(name: str, key, issuer: str, signer, extension) -> x509.Certificate:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name.from_rfc4514_string(f"CN={name}"))
            .issuer_name(x509.Name.from_rfc4514_string(f"CN={issuer}"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(extension, critical=True)
            .sign(signer, hashes.SHA256())
        )

    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = x509.BasicConstraints(ca=True, path_length=0)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    root = certificate("Etatens rot", root_key, "Etatens rot", root_key, authority)
    server = certificate("localhost", key, "Etatens rot", root_key, names)
    pem = serialization.Encoding.PEM
    key_pem = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Certificates(root.public_bytes(pem), server.public_bytes(pem) + key_pem)


# What comes between


@dataclass(frozen=True)
class Request:
    """A request as it came to the proxy; `line` is its first line, with method and path.

    `head` has all its lines but the empty one and what is said of the connection; `body` reads
    that many bytes of its body, or all.
    """

    line: str
    head: bytes
    body: Callable[..., bytes]


Act: TypeAlias = "Callable[[socket.socket, Request, int], None]"


@dataclass
class Fault:
    """What happens to the next `times` requests whose line begins so and holds `within`."""

    method: str
    act: Act
    within: str = ""
    times: int = 1

    def hits(self, line: str) -> bool:
        return self.times > 0 and line.startswith(self.method) and self.within in line


@dataclass
class Between:
    """A proxy in front of a server: passes requests on, and does what its faults say."""

    port: int
    faults: list[Fault]
    seen: list[Request] = field(default_factory=list)


@contextmanager
def between(server: DavServer, *faults: Fault) -> Iterator[Between]:
    """The proxy, each request on a connection of its own, in a thread of its own."""
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Between(int(listener.getsockname()[1]), list(faults))

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                thread = threading.Thread(target=_serve, args=(client, proxy, server.port))
                threads.append(thread)
                thread.start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            for thread in (accepting, *threads):
                thread.join(_STARTING_S)


def _serve(client: socket.socket, proxy: Between, port: int) -> None:
    with closing(client), client.makefile("rb") as stream, suppress(OSError):
        request = _read_request(stream)
        if request is None:
            return
        proxy.seen.append(request)
        for fault in proxy.faults:
            if fault.hits(request.line):
                fault.times -= 1
                fault.act(client, request, port)
                return
        pass_on(client, request, port)


def _read_request(stream: BinaryIO) -> Request | None:
    lines = []
    while (line := stream.readline()) not in {b"\r\n", b""}:
        lines.append(line)
    if not lines:
        return None
    named = [line for line in lines if not line.lower().startswith(b"connection:")]
    sizes = [line for line in named if line.lower().startswith(b"content-length:")]
    size = int(sizes[0].partition(b":")[2]) if sizes else 0

    def body(most: int = size) -> bytes:
        return stream.read(min(most, size))

    return Request(lines[0].decode(), b"".join(named), body)


def pass_on(client: socket.socket, request: Request, port: int) -> None:
    """Nothing happens to it."""
    client.sendall(ask(request, port))


def ask(request: Request, port: int) -> bytes:
    """The server's whole answer."""
    with closing(_connected(port)) as upstream:
        upstream.sendall(request.head + b"Connection: close\r\n\r\n" + request.body())
        return b"".join(iter(lambda: upstream.recv(65536), b""))


def cut_on_the_way(_client: socket.socket, request: Request, port: int) -> None:
    """The connection breaks after some of the request's body."""
    with closing(_connected(port)) as upstream:
        upstream.sendall(request.head + b"\r\n" + request.body(100))


def cut_before_the_answer(_client: socket.socket, request: Request, port: int) -> None:
    """The server does as it is told; nobody hears of it."""
    ask(request, port)


def cut_in_the_answer(client: socket.socket, request: Request, port: int) -> None:
    """The connection breaks in the last half of the answer."""
    answer = ask(request, port)
    client.sendall(answer[:-40])


def change_a_byte(client: socket.socket, request: Request, port: int) -> None:
    """The last byte of the answer is another."""
    answer = ask(request, port)
    client.sendall(answer[:-1] + bytes([answer[-1] ^ 1]))


def change_what_is_stored(client: socket.socket, request: Request, port: int) -> None:
    """The server gets another last byte than was sent."""
    body = request.body()
    changed = body[:-1] + bytes([body[-1] ^ 1])
    client.sendall(ask(Request(request.line, request.head, lambda: changed), port))


def answer(status: str, *headers: str, body: bytes = b"") -> Act:
    """An answer that the server never hears of."""

    def act(client: socket.socket, request: Request, _port: int) -> None:
        request.body()
        lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")
        client.sendall("\r\n".join(lines).encode() + body)

    return act


def say_nothing(client: socket.socket, request: Request, _port: int) -> None:
    """No answer until the other side gives up."""
    request.body()
    client.settimeout(_STARTING_S)
    client.recv(1)


def tunnel(client: socket.socket, request: Request, _port: int) -> None:
    """Bytes pass unseen to where the request says, as a proxy does for https."""
    host, _, wanted = request.line.split()[1].rpartition(":")
    with closing(socket.create_connection((host, int(wanted)), _STARTING_S)) as upstream:
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        back = threading.Thread(target=_pour, args=(upstream, client))
        back.start()
        _pour(client, upstream)
        back.join(_STARTING_S)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
