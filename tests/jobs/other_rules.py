"""This program with other rules: a copy of the package with other wordings and outlets, as a release brings them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import archiver

PACKAGE = Path(archiver.__file__).parent
WORDING = """
[[phrase]]
id = "en/put-into-english-out-of"
says = "translated_from"
pattern = "put into english out of <origin>"
areas = ["head", "tail"]
own_text = true
examples = { "Put into English out of suyolu.example" = "suyolu.example" }
"""
OUTLET = """
[[outlet]]
id = "harbour-gazette-test"
name = "The Harbour Gazette of Ilsen"
aliases = ["Harbour Gazette"]
domains = ["gazette.example"]
languages = ["en"]
"""


# Loads the rules once; each command then runs in a copy of this process, as if it had been started by itself.
SERVER = """
import json, os, sys
import archiver.audit, archiver.jobs.add, archiver.jobs.reread, archiver.jobs.verify
from archiver.cli import main
from archiver.model import Capture
from archiver.statements import read
read(Capture(b"A first text."))
for line in sys.stdin:
    out, err, arguments = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = ["archiver", *arguments]
        main()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Program:
    """One edition of the program, in a folder of its own; a context manager."""

    def __init__(self, folder: Path, edition: int = 1, more: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        shutil.copytree(PACKAGE, folder / "archiver", ignore=shutil.ignore_patterns("__pycache__"))
        self.change("statements/reader.py", "RULES_VERSION = 1", f"RULES_VERSION = {edition}")
        for name, text in (more or {}).items():
            path = folder / "archiver" / name
            path.write_text(path.read_text("utf-8") + text, "utf-8")
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.communicate()

    def change(self, name: str, old: str, new: str) -> None:
        """Replace some lines in one file of the package, before the first command."""
        path = self.folder / "archiver" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Python in this edition, as a process of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command to its end, and what it said."""
        if self._server is None:
            self._server = self.start("-c", SERVER)
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        out, err = self.folder / "out", self.folder / "err"
        self._server.stdin.write(json.dumps([str(out), str(err), arguments]) + "\n")
        self._server.stdin.flush()
        status = int(self._server.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, out.read_text("utf-8"), err.read_text("utf-8"))
