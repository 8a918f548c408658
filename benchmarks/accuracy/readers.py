"""Every reader is a process of its own over the same pages: ours by its command, each peer by its adapter."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver import __version__
from benchmarks.accuracy.measures import FIELDS, Answer
from benchmarks.accuracy.peer import SECONDS_A_PAGE
from benchmarks.accuracy.truth import Page

OURS = "archiver"
_PROJECT = Path(__file__).resolve().parents[2]
_DONE, _PARTLY = 0, 3


@dataclass(frozen=True, slots=True)
class Read:
    """What one reader made of the pages: answers by page id, its version, what it gives, how many pages it failed on.

    ``records`` are our own records, with every candidate; empty for a peer.
    """

    version: str
    fields: frozenset[str]
    answers: Mapping[str, Answer]
    failed: int = 0
    records: Mapping[str, Mapping[str, Any]] | None = None


class NotReadError(Exception):
    """A reader could not be run at all; the sentence says why."""


def read_ours(pages: Sequence[Page], jobs: int) -> Read:
    """`archiver read --jsonl` over ``pages``. Raises NotReadError."""
    with tempfile.TemporaryDirectory() as folder:  # also its working folder: no outlets.toml lies there
        asked = Path(folder) / "pages.jsonl"
        asked.write_text(_lines(pages), "utf-8")
        command = [sys.executable, "-m", "archiver", "read", "--jsonl", str(asked), "--jobs", str(jobs), "--quiet"]
        done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, check=False)
    if done.returncode not in {_DONE, _PARTLY}:
        raise NotReadError(f"archiver read ended with status {done.returncode}: {_last_line(done.stderr)}")
    records = {record["id"]: record for record in _parsed(done.stdout)}
    answers = {name: _ours(record) for name, record in records.items() if "error" not in record}
    failed = len(records) - len(answers)
    return Read(_own_version(), frozenset(FIELDS), answers, failed, records)


def read_peer(name: str, pages: Sequence[Page], python: str) -> Read:
    """The peer ``name`` over ``pages``, run by the interpreter ``python``. Raises NotReadError.

    A field it gave for no page counts as one it does not give.
    """
    command = [python, "-m", "benchmarks.accuracy.peer", name]
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env=_environment(),
                input=_lines(pages).encode(),
                capture_output=True,
                check=False,
                timeout=SECONDS_A_PAGE * (1 + len(pages)),
            )
        except (subprocess.TimeoutExpired, OSError) as why:
            raise NotReadError(f"{name}: {why}") from why
    lines = _parsed(done.stdout)
    head = next(lines, {"missing": _last_line(done.stderr)})
    if "missing" in head:
        raise NotReadError(f"{name} is not installed for {Path(python).name}: {head['missing']}")
    answers = {line["id"]: _theirs(line) for line in lines if "error" not in line}
    given = frozenset(field for field in head["fields"] if any(getattr(each, field) for each in answers.values()))
    return Read(head["version"], given, answers, len(pages) - len(answers))


def _ours(record: Mapping[str, Any]) -> Answer:
    return Answer(
        text=record["text"] or "",
        title=record["title"] or "",
        date=(record["published"] or {}).get("value") or "",
        authors=tuple(record["authors"]),
        sitename=(record["outlet"] or {}).get("name") or "",
        language=record["language"] or "",
    )


def _theirs(line: Mapping[str, Any]) -> Answer:
    authors = line.get("authors") or []
    return Answer(
        authors=tuple(str(name) for name in ([authors] if isinstance(authors, str) else authors) if name),
        **{field: _string(line.get(field)) for field in FIELDS if field != "authors"},
    )


def _string(value: object) -> str:
    """Some peers answer a list where one string is meant: its first."""
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value)


def _lines(pages: Sequence[Page]) -> str:
    asked = ({"id": page.id, "path": str(page.path), "url": page.url} for page in pages)
    return "".join(json.dumps({key: value for key, value in each.items() if value}) + "\n" for each in asked)


def _parsed(output: bytes) -> Iterator[dict[str, Any]]:
    """The whole lines of ``output``; the last of a reader that died may be cut."""
    for line in output.decode("utf-8", "replace").split("\n")[:-1]:
        if line:
            yield json.loads(line)


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(_PROJECT)}


def _own_version() -> str:
    """Our version; run from a checkout also the commit, and whether the code has been changed since."""
    try:
        commit = _git("rev-parse", "--short=7", "HEAD")
        changed = _git("status", "--porcelain", "--", "archiver")
    except (FileNotFoundError, subprocess.CalledProcessError):
        return __version__
    return f"{__version__} (commit {commit}{', with changes' if changed else ''})"


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_PROJECT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
