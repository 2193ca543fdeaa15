"""Headless Chromium, driven over the pipe of its DevTools protocol: nothing to install but the browser itself.

A page is opened at a size and in a colour scheme, and tells what is wrong with it: what overflows, what the console
says, what it asks of the outside, which figures have no name, and what axe-core finds.
"""

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from time import monotonic
from typing import Any, Literal

Scheme = Literal["light", "dark"]
Size = tuple[int, int]

ROOT = Path(__file__).parents[1]
PHONE, LAPTOP, A4 = (360, 740), (1280, 800), (688, 1010)
"""Width and height in the pixels of style sheets; of an A4 page, what is left between its margins."""

_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2",  # as with a mouse
    "--remote-debugging-pipe",
)
_PATIENCE = 120
_FROM_CHROMIUM, _TO_CHROMIUM = 4, 3
"""The descriptors on which Chromium writes and reads."""

_OVERFLOWS = """
(() => {
  const found = [], room = document.documentElement.clientWidth, wide = document.documentElement.scrollWidth;
  if (wide > room) found.push(`the page is ${wide} wide`);
  for (const element of document.querySelectorAll('main *, header *')) {
    const box = element.getBoundingClientRect();
    const scrolls = element.closest('.scroll, pre, table, nav, .md-typeset__scrollwrap, .md-typeset__table');
    if (box.width && box.right > room + 1 && !scrolls) found.push(`${element.tagName} ${element.textContent}`);
  }
  for (const text of document.querySelectorAll('svg.chart text')) {
    const paper = text.ownerSVGElement.getBoundingClientRect(), ink = text.getBoundingClientRect();
    const beside = ink.left < paper.left - 1 || ink.right > paper.right + 1;
    if (beside || ink.top < paper.top - 2 || ink.bottom > paper.bottom + 1) found.push(`clipped: ${text.textContent}`);
  }
  return found.map(text => text.slice(0, 80)).slice(0, 5);
})()
"""
_AXE = """
axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
  each => `${each.id}: ${each.nodes.length} of ${each.nodes[0].html.slice(0, 120)}`))
"""


def executable() -> str | None:
    """Return where Chromium is, if it is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def axe_source() -> str | None:
    """Return the text of axe-core, if npm has installed it here or where the variable AXE_CORE says."""
    folder = Path(os.environ.get("AXE_CORE") or ROOT / "node_modules" / "axe-core")
    path = folder / "axe.min.js"
    return path.read_text(encoding="utf-8") if path.is_file() else None


@contextmanager
def browser() -> Iterator["Browser"]:
    """Start Chromium with an empty profile, and end it."""
    program = executable()
    assert program is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        read_by_it, to_it = os.pipe()
        from_it, written_by_it = os.pipe()
        descriptors = f"{_TO_CHROMIUM}<&{read_by_it} {_FROM_CHROMIUM}>&{written_by_it}"
        process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" {descriptors}', "bash", program, *_OPTIONS, f"--user-data-dir={profile}"],  # noqa: S607
            pass_fds=(read_by_it, written_by_it),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_by_it)
        os.close(written_by_it)
        found = Browser(to_it, from_it)
        try:
            yield found
        finally:
            with suppress(OSError, ValueError, TimeoutError):
                found.ask("Browser.close")
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
            process.kill()
            os.close(to_it)
            os.close(from_it)


class Browser:
    """Send commands and collect events."""

    def __init__(self, to_it: int, from_it: int) -> None:
        self._to_it, self._from_it = to_it, from_it
        self._left, self._count = b"", 0
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self._write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next_message()
            if answer.get("id") == self._count:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._to_it, data) :]

    def wait_for(self, event: str, session: str) -> None:
        """Collect events up to one of this name."""
        while not any(each.get("method") == event and each.get("sessionId") == session for each in self.events):
            self.events.append(self.next_message())

    def next_message(self) -> dict[str, Any]:
        """Return what Chromium says next."""
        deadline = monotonic() + _PATIENCE
        while b"\0" not in self._left:
            if not select([self._from_it], [], [], max(0, deadline - monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            data = os.read(self._from_it, 1 << 20)
            if not data:
                raise EOFError("Chromium has ended")
            self._left += data
        message, _, self._left = self._left.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    @contextmanager
    def page(self, path: Path, size: Size, scheme: Scheme = "light", *, printed: bool = False) -> Iterator["Page"]:
        """Open a file in a tab of its own."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.ask(f"{domain}.enable", session)
        width, height = size
        self.ask(
            "Emulation.setDeviceMetricsOverride", session, width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        self.ask(
            "Emulation.setEmulatedMedia",
            session,
            media="print" if printed else "screen",
            features=[{"name": "prefers-color-scheme", "value": scheme}],
        )
        self.events.clear()
        self.ask("Page.navigate", session, url=path.resolve().as_uri())
        self.wait_for("Page.loadEventFired", session)
        try:
            yield Page(self, session, path)
        finally:
            self.ask("Target.closeTarget", targetId=target)


@dataclass(frozen=True)
class Page:
    """Look at one open page."""

    browser: Browser
    session: str
    path: Path

    def evaluate(self, code: str) -> Any:
        """Run a script in the page and return what comes of it."""
        result = self.browser.ask(
            "Runtime.evaluate", self.session, expression=code, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def overflows(self) -> list[str]:
        """Return what reaches beyond the page, or beyond the chart that it belongs to."""
        found: list[str] = self.evaluate(_OVERFLOWS)
        return found

    def messages(self) -> list[str]:
        """Return what the console says."""
        told = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")
        return [json.dumps(each["params"])[:300] for each in self.browser.events if each.get("method") in told]

    def requests(self, folder: Path | None = None) -> list[str]:
        """Return what the page asks of the outside: all but files of its own folder and what stands in the page."""
        own = ((folder or self.path.parent).resolve().as_uri(), "data:", "about:", "blob:")
        asked = [each for each in self.browser.events if each.get("method") == "Network.requestWillBeSent"]
        urls = [each["params"]["request"]["url"] for each in asked]
        return [url for url in urls if not url.startswith(own)]

    def figures(self) -> list[str]:
        """Return the names of the pictures, as a screen reader tells them."""
        nodes = self.browser.ask("Accessibility.getFullAXTree", self.session)["nodes"]
        pictures = [node for node in nodes if node.get("role", {}).get("value") in {"image", "img"}]
        return [node.get("name", {}).get("value", "") for node in pictures if not node.get("ignored")]

    def violations(self) -> list[str]:
        """Return what axe-core finds; nothing where it is not installed."""
        source = axe_source()
        if source is None:
            return []
        self.evaluate(f"{source};0")
        found: list[str] = self.evaluate(_AXE)
        return found

    def screenshot(self) -> bytes:
        """Return the whole page as a PNG."""
        taken = self.browser.ask(
            "Page.captureScreenshot", self.session, format="png", captureBeyondViewport=True, fromSurface=True
        )
        return b64decode(taken["data"])

    def pdf(self) -> bytes:
        """Return the page as it is printed on A4."""
        printed = self.browser.ask("Page.printToPDF", self.session, preferCSSPageSize=True, printBackground=False)
        return b64decode(printed["data"])
