"""All the inputs into one archive, with the commands that people use: no traceback, every input answered, verified."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.malformed.inputs import Input


@dataclass(frozen=True, slots=True)
class Kept:
    """What `archiver add` and `archiver verify` made of all inputs; ``faults`` is empty when all promises held."""

    outcomes: Counter[str]
    verified: str
    faults: tuple[str, ...]


def keep_all(inputs: Sequence[Input], folder: Path) -> Kept:
    """Add ``inputs`` to an archive under ``folder`` through a list of files, then verify it."""
    listing = _written(inputs, folder)
    add = _archiver(folder, "add", str(listing), "--json")
    answers = [json.loads(line) for line in add.stdout.splitlines()]
    outcomes = Counter(answer["outcome"] for answer in answers)
    failed = [answer for answer in answers if answer["outcome"] not in {"kept", "unchanged"}]
    faults = [f"no reason given for {a['target']}" for a in failed if not a["reason"]]
    faults += [a["reason"] for a in failed if "broke off" in (a["reason"] or "")]
    if len(answers) != len(inputs):
        faults.append(f"{len(inputs)} inputs, {len(answers)} answers")
    due = 0 if not failed else 3 if len(failed) < len(answers) else 1
    if add.returncode != due:
        faults.append(f"`add` ended with status {add.returncode}, {due} was due")
    if "Traceback" in add.stderr:
        faults.append("`add` showed a traceback: " + add.stderr[-2_000:])
    broken = _archiver(folder, "audit", "--format", "json", "--rule", "rule-broke-off")
    faults += [line for line in broken.stdout.splitlines() if "rule-broke-off" in line]
    verify = _archiver(folder, "verify")
    if verify.returncode != 0:
        faults.append(f"`verify` ended with status {verify.returncode}: {(verify.stdout + verify.stderr)[-2_000:]}")
    said = verify.stdout.splitlines() or verify.stderr.splitlines()
    first = next((number for number, line in enumerate(said) if line.startswith("As captured")), len(said) - 1)
    return Kept(outcomes, " ".join(said[first:]), tuple(faults))


def _written(inputs: Sequence[Input], folder: Path) -> Path:
    lines = []
    for number, one in enumerate(inputs):
        place = folder / "in" / str(number)
        place.mkdir(parents=True)
        file = place / (one.capture.filename or "page")
        file.write_bytes(one.capture.body)
        line = {"path": str(file), "url": one.capture.url, "format": one.capture.format}
        lines.append(json.dumps({key: value for key, value in line.items() if value is not None}) + "\n")
    listing = folder / "all.jsonl"
    listing.write_text("".join(lines))
    return listing


def _archiver(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archiver", *words, "--archive", str(folder / "archive")]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
