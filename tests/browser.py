"""A page as a reader sees it: Chromium without a window, told what to do through two pipes.

Nothing but the standard library: the DevTools protocol is JSON, each message with a zero byte.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

__all__ = ["Browser", "Tab", "chromium"]

#: how long any one answer may take, in seconds
PATIENCE = 20.0

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
]


def chromium() -> str | None:
    """The browser, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """A browser with a profile of its own, and no way to the network."""

    def __init__(self, program: str, folder: Path) -> None:
        read_end, self._out = os.pipe()
        self._in, write_end = os.pipe()
        # the browser reads from 3 and writes to 4, whatever else is open here
        shell = 'in=$1 out=$2; shift 2; exec "$@" 3<&"$in" 4>&"$out"'
        command = [program, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", shell, "sh", str(read_end), str(write_end), *command],
            pass_fds=(read_end, write_end),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_end)
        os.close(write_end)
        self._last = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # it ends when nobody speaks to it any more
        os.close(self._out)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)

    def call(self, method: str, session: str = "", **parameters: Any) -> Any:
        """Ask for something and return the answer; what happens meanwhile is in `events`."""
        self._last += 1
        number = self._last
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        answer = self._until(lambda one: one.get("id") == number)
        assert "error" not in answer, (method, answer["error"])
        return answer["result"]

    def wait_for(self, event: str, session: str) -> None:
        """Wait until something has happened."""

        def is_it(one: dict[str, Any]) -> bool:
            return one.get("method") == event and one.get("sessionId") == session

        if not any(is_it(one) for one in self.events):
            self._until(is_it)

    def _until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while True:
            while b"\0" in self._rest:
                first, _, self._rest = self._rest.partition(b"\0")
                message: dict[str, Any] = json.loads(first)
                if "method" in message:
                    self.events.append(message)
                if wanted(message):
                    return message
            ready, _, _ = select.select([self._in], [], [], max(deadline - time.monotonic(), 0))
            assert ready, "the browser does not answer"
            more = os.read(self._in, 1 << 20)
            assert more, "the browser has gone"
            self._rest += more

    def open(self, file: Path, *, width: int = 1280, dark: bool = False, media: str = "") -> Tab:
        """Open a file in a tab of its own."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        tab = Tab(self, target, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.call(f"{domain}.enable")
        tab.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        tab.call(
            "Emulation.setEmulatedMedia",
            media=media,
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
        )
        tab.call("Page.navigate", url=file.resolve().as_uri())
        self.wait_for("Page.loadEventFired", session)
        return tab


class Tab:
    """A page that was opened."""

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser = browser
        self._target = target
        self._session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)

    def call(self, method: str, **parameters: Any) -> Any:
        return self._browser.call(method, self._session, **parameters)

    def evaluate(self, script: str) -> Any:
        """Return what an expression comes to; the policy of the page does not hold for it."""
        found = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def press(self, key: str, code: int) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind, key=key, code=key, windowsVirtualKeyCode=code,
            )  # fmt: skip

    @property
    def requests(self) -> list[str]:
        """The addresses of everything that the page asked for."""
        return [
            one["params"]["request"]["url"]
            for one in self._browser.events
            if one.get("sessionId") == self._session
            and one["method"] == "Network.requestWillBeSent"
        ]

    @property
    def complaints(self) -> list[str]:
        """What stands on the console: messages, errors, what was refused."""
        found = []
        for one in self._browser.events:
            if one.get("sessionId") != self._session:
                continue
            match one["method"], one["params"]:
                case "Log.entryAdded", {"entry": {"text": text}}:
                    found.append(text)
                case "Runtime.consoleAPICalled", {"args": arguments}:
                    found.append(str([each.get("value") for each in arguments]))
                case "Runtime.exceptionThrown", {"exceptionDetails": {"text": text}}:
                    found.append(text)
        return found
