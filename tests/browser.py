"""To open a page in Chromium: its DevTools protocol over a socket pair, with no library or port.

Commands and events are JSON texts, each ended by a zero byte.  Chromium reads and writes them on
descriptors 3 and 4, both of which are the other end of our socket.
"""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]

WAIT_S = 60
ON_3_AND_4 = 'exec "${@:2}" 3<&"$1" 4>&"$1"'
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)


class Browser:
    """A running Chromium with one page, and what happened since that was opened last."""

    def __init__(self, end: socket.socket) -> None:
        """Open an empty page; `end` is our end of the socket."""
        self.events: list[Message] = []
        self._end = end
        self._unread = b""
        self._number = 0
        self._session: str | None = None
        page = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)

    def open(self, address: str, *, width: int, scheme: str) -> None:
        """Load the address in a window so many CSS pixels wide; returns once it has loaded."""
        self.call("Page.navigate", url="about:blank")
        self.show(scheme, width=width)
        self.events.clear()
        loader = self.call("Page.navigate", url=address)["loaderId"]
        while not any(_has_loaded(event, loader) for event in self.events):
            self.events.append(self._message())

    def show(self, scheme: str, *, width: int, **asked: str) -> None:
        """Show the page in a window so many CSS pixels wide to a reader who wants that scheme.

        `asked` holds what else the reader asks for, such as `reduced_motion="reduce"`.
        """
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **screen)
        wishes = {"color_scheme": scheme, **asked}
        features = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value}
            for name, value in wishes.items()
        ]
        self.call("Emulation.setEmulatedMedia", features=features)

    def press(self, key: str) -> None:
        """Press and let go of a key by its name, such as "Tab" or "Escape"."""
        for kind in ("rawKeyDown", "keyUp"):
            code = {"Tab": 9, "Enter": 13, "Escape": 27}[key]
            given = {"key": key, "code": key, "windowsVirtualKeyCode": code}
            if key == "Enter" and kind == "rawKeyDown":  # a link follows the letter, not the key
                self.call("Input.dispatchKeyEvent", type="keyDown", text="\r", **given)
            else:
                self.call("Input.dispatchKeyEvent", type=kind, **given)

    def evaluate(self, script: str) -> Any:
        """The value of the script in the page, waited for if it is a promise; None for none."""
        given = {"expression": script, "awaitPromise": True, "returnByValue": True}
        answer = self.call("Runtime.evaluate", **given)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def call(self, method: str, **given: Any) -> Message:
        """The answer to a command; events that come before it are kept."""
        self._number += 1
        command: Message = {"id": self._number, "method": method, "params": given}
        if self._session:
            command["sessionId"] = self._session
        self._end.sendall(json.dumps(command).encode() + b"\0")
        while (message := self._message()).get("id") != self._number:
            self.events.append(message)
        assert "error" not in message, f"{method}: {message['error']}"
        result: Message = message["result"]
        return result

    def _message(self) -> Message:
        while b"\0" not in self._unread:
            received = self._end.recv(1 << 16)
            assert received, "Chromium ended"
            self._unread += received
        text, _, self._unread = self._unread.partition(b"\0")
        message: Message = json.loads(text)
        return message


def _has_loaded(event: Message, loader: str) -> bool:
    given = event.get("params", {})
    named = given.get("name") == "load" and given.get("loaderId") == loader
    return event.get("method") == "Page.lifecycleEvent" and named


@contextmanager
def running(chromium: Path, profile: Path) -> Iterator[Browser]:
    """Chromium with that folder as its profile, ended on leaving."""
    ours, its = socket.socketpair()
    ours.settimeout(WAIT_S)
    command = ["bash", "-c", ON_3_AND_4, "bash", str(its.fileno()), str(chromium), *FLAGS]
    with (
        ours,
        (profile.parent / f"{profile.name}.log").open("wb") as log,
        subprocess.Popen(
            [*command, f"--user-data-dir={profile}"],
            pass_fds=(its.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ) as process,
    ):
        its.close()
        try:
            browser = Browser(ours)
            yield browser
            browser.call("Browser.close")
            process.wait(WAIT_S)
        finally:
            process.kill()
