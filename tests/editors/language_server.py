"""A client of the YAML language server, as far as the tests need one: JSON-RPC over its standard input and output."""

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

WAITING = 60
"""Seconds to wait for an answer: the server reads schemas when it is first asked."""


class LanguageServer:
    """A server that was started, and what it said. Used as a context: it ends with it."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.answers: queue.Queue[Any] = queue.Queue()
        self.diagnostics: queue.Queue[Any] = queue.Queue()
        self.asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": CAPABILITIES})
        self._send({"method": "initialized", "params": {}})

    def __enter__(self) -> "LanguageServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def open(self, file: str, text: str) -> list[Any]:
        """Open a file of the workspace with this text; what the server has to say about it."""
        uri = (self.folder / file).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            found = self.diagnostics.get(timeout=WAITING)
            if found["uri"] == uri:
                return list(found["diagnostics"])

    def completion(self, file: str, line: int, character: int) -> list[str]:
        """What could be written at a place (counted from 0)."""
        found = self.ask("textDocument/completion", self._at(file, line, character))
        return [item["label"] for item in found["items"]]

    def hover(self, file: str, line: int, character: int) -> str:
        """What is shown over a place."""
        found = self.ask("textDocument/hover", self._at(file, line, character))
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, params: Any) -> Any:
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": params})
        while True:
            answer = self.answers.get(timeout=WAITING)
            if answer["id"] == self.asked:
                assert "error" not in answer, answer
                return answer["result"]

    def _at(self, file: str, line: int, character: int) -> Any:
        uri = (self.folder / file).as_uri()
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if message.get("method") == "workspace/configuration":
                settings = [SETTINGS.get(item.get("section"), {}) for item in message["params"]["items"]]
                self._send({"id": message["id"], "result": settings})
            elif message.get("method") == "textDocument/publishDiagnostics":
                self.diagnostics.put(message["params"])
            elif "method" in message:
                if "id" in message:
                    self._send({"id": message["id"], "result": None})
            else:
                self.answers.put(message)


SETTINGS: dict[str, Any] = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "schemas": {},
    }
}
CAPABILITIES: dict[str, Any] = {
    "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
    "textDocument": {"completion": {}, "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}},
}
