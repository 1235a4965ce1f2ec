"""To ask the YAML language server, the engine of VS Code's YAML extension, what an editor shows.

Messages of the Language Server Protocol go over its standard input and output.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]

WAIT_S = 60
SETTINGS = {"validate": True, "completion": True, "schemaStore": {"enable": False}}


class LanguageServer:
    """A running server, with the files that were opened in it."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        """Introduce an editor that has that folder open."""
        self._process = process
        self._number = 0
        self._diagnostics: dict[str, list[Message]] = {}
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {}}}
        self._ask("initialize", rootUri=folder.as_uri(), processId=None, capabilities=capabilities)
        self._tell("initialized")

    def faults(self, file: Path) -> list[str]:
        """What the editor marks in the file, each with its line: "10: Missing property …"."""
        uri = self._open(file)
        while uri not in self._diagnostics:
            self._receive()
        found = self._diagnostics[uri]
        ends = [(found["range"]["start"]["line"] + 1, found["message"]) for found in found]
        return [f"{line}: {message}" for line, message in sorted(ends)]

    def completions(self, file: Path, line: int, column: int) -> list[str]:
        """What the editor offers to write there, counted from 1."""
        place = {"line": line - 1, "character": column - 1}
        answer = self._ask(
            "textDocument/completion", textDocument={"uri": self._open(file)}, position=place
        )
        return [item["label"] for item in answer["items"]]

    def _open(self, file: Path) -> str:
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1}
        self._tell(
            "textDocument/didOpen", textDocument={**document, "text": file.read_text("utf-8")}
        )
        return file.as_uri()

    def _ask(self, method: str, **given: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": given})
        while (message := self._receive()).get("id") != number or "method" in message:
            pass
        return message["result"]

    def _tell(self, method: str, **given: Any) -> None:
        self._send({"method": method, "params": given})

    def _send(self, message: Message) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> Message:
        """The next message; what the server itself asks for is answered."""
        message = self._read()
        match message:
            case {"id": number, "method": "workspace/configuration", "params": {"items": items}}:
                wanted = [SETTINGS if item.get("section") == "yaml" else {} for item in items]
                self._send({"id": number, "result": wanted})
            case {"id": number, "method": _}:
                self._send({"id": number, "result": None})
            case {"method": "textDocument/publishDiagnostics", "params": given}:
                self._diagnostics[given["uri"]] = given["diagnostics"]
        return message

    def _read(self) -> Message:
        assert self._process.stdout
        watch = Timer(WAIT_S, self._process.kill)
        watch.start()
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        data = self._process.stdout.read(length)
        watch.cancel()
        assert data, "the language server has ended"
        message: Message = json.loads(data)
        return message


@contextmanager
def running(program: Path, folder: Path) -> Iterator[LanguageServer]:
    """The server with that folder open, ended on leaving."""
    command = [str(program), "--stdio"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        try:
            yield LanguageServer(process, folder)
        finally:
            process.kill()
