"""A client of the YAML language server, as far as tests need one: it speaks the protocol over a process's streams."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Self

_SECONDS = 20
_SETTINGS = {"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}}
_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
}


class Client:
    """Open documents in a language server and ask it about places in them."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._messages: Queue[Any] = Queue()
        self._count = 0
        Thread(target=self._listen, daemon=True).start()

    @classmethod
    @contextmanager
    def of(cls, command: list[str], folder: Path) -> Iterator[Self]:
        """Start a server in a folder, and stop it at the end."""
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=folder) as process:
            try:
                client = cls(process, folder)
                about = {"processId": None, "rootUri": folder.as_uri(), "capabilities": _CAPABILITIES}
                client.ask("initialize", about)
                client._tell("initialized", {})
                client._tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})
                yield client
            finally:
                process.kill()

    def ask(self, method: str, parameters: Any) -> Any:
        """Return the server's reply."""
        self._count += 1
        self._send({"id": self._count, "method": method, "params": parameters})
        return next(each["result"] for each in self._received() if each.get("id") == self._count and "result" in each)

    def diagnostics(self, text: str) -> list[tuple[int, str]]:
        """Return the lines, counted from 1, and the messages of all problems that the server sees in a document."""
        uri = self._open(text)
        found = next(each["params"] for each in self._received() if each.get("params", {}).get("uri") == uri)
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in found["diagnostics"]]

    def completion(self, text: str) -> dict[str, dict[str, Any]]:
        """Return what the server would write at the place that `^` marks, by its label."""
        reply = self._at("completion", text)
        return {item["label"]: item for item in (reply["items"] if isinstance(reply, dict) else reply)}

    def hover(self, text: str) -> str:
        """Return what the server says about the place that `^` marks."""
        said: str = self._at("hover", text)["contents"]["value"]
        return said

    def _at(self, method: str, text: str) -> Any:
        before, _, after = text.partition("^")
        uri = self._open(before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})

    def _open(self, text: str) -> str:
        self._count += 1
        uri = (self._folder / f"{self._count}.rubric.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _received(self) -> Iterator[Any]:
        """Yield messages as they come in, and answer the server's own questions with nothing."""
        while True:
            message = self._messages.get(timeout=_SECONDS)
            if "id" in message and "method" in message:
                items = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
                self._send({"id": message["id"], "result": [{} for _ in items]})
            else:
                yield message

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        stream.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif not line.strip():
                self._messages.put(json.loads(stream.read(length)))
