"""An add is stopped, or refused by the disk, at every system call that touches the archive: nothing is lost or half.

The calls are counted in an undisturbed run under strace; then each gets its own run with a fault in its place.
After each the same add must succeed, everything must be there exactly once, and nothing may be wrong.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.store import rows
from archiver.store.archive import Archive
from archiver.store.verdicts import Judgement
from archiver.store.verify import check
from tests.store.conftest import fill
from tests.store.helpers import audit, read

STRACE = shutil.which("strace")
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "ftruncate", "unlink", "mkdir", "fchmod", "pwritev")
ROOT = Path(__file__).parents[2]
ADD = """
import sys
from pathlib import Path
from archiver.errors import ArchiverError
from archiver.store.archive import Archive
from tests.store.helpers import audit, fetched, given, later, read
news = [given("Title: New\\nbody", at=later(90)), fetched(b"Title: Third\\nBody three.", at=later(91))]
try:
    with Archive.open(Path(sys.argv[1]), create=True) as archive, archive.writer(read, audit) as writer:
        writer.commit(news)
except ArchiverError as error:
    sys.exit(f"{error.message} -> {error.hint}")
"""
# Tracing is asked for where the kernel may refuse it (containers without ptrace).
can_trace = bool(STRACE) and subprocess.run([STRACE, "-o", "/dev/null", "true"], check=False).returncode == 0  # type: ignore[list-item]
needs_strace = pytest.mark.skipif(not can_trace, reason="strace is not there, or may not trace")


def add(folder: Path, *inject: str) -> subprocess.CompletedProcess[str]:
    """Run one add, with a fault where ``inject`` says so."""
    traced = [str(STRACE), "-f", "-qq", "-o", "/dev/null", *inject] if inject else []
    return subprocess.run(
        [*traced, sys.executable, "-c", ADD, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )


def points(folder: Path) -> list[tuple[str, int]]:
    """(system call, its count) for every call of one undisturbed add."""
    trace = folder.parent / "trace"
    command = [str(STRACE), "-f", "-qq", "-o", str(trace), "-e", f"trace={','.join(CALLS)}"]
    subprocess.run([*command, sys.executable, "-c", ADD, str(folder)], cwd=ROOT, capture_output=True, check=True)
    seen: dict[str, int] = {}
    for name in re.findall(r"^\d+ +([a-z0-9]+)\(", trace.read_text(), re.M):
        seen[name] = seen.get(name, 0) + 1
    return [(name, at) for name, many in sorted(seen.items()) for at in range(1, many + 1)]


def wrong_after(folder: Path, result: subprocess.CompletedProcess[str]) -> list[str]:
    """What is wrong after a fault, and after the same add once more."""
    wrong = []
    if "Traceback" in result.stderr:
        wrong.append(result.stderr)
    if result.returncode == 0:  # the add was acknowledged
        with Archive.open(folder, read_only=True) as archive:
            if rows.counts(archive.conn).captures < 9:
                wrong.append("an acknowledged capture is lost")
    again = add(folder)
    if again.returncode != 0:
        return [*wrong, f"the same add fails: {again.stderr}"]
    with Archive.open(folder, read_only=True) as archive:
        given_once = archive.conn.execute("SELECT count(*) FROM captures WHERE filename = 'a.txt'").fetchone()[0]
        if given_once != 2:
            wrong.append(f"the file is there {given_once - 1} times")
        if list(folder.glob("snapshots/*/.*")):
            wrong.append("a temporary file is left")
        wrong += [
            f"{one.message} ({one.place})"
            for one in check(archive, read, audit)
            if one.judgement is not Judgement.MATCH
        ]
    return wrong


def every(tmp_path: Path, fault: str, step: int) -> dict[tuple[str, int], list[str]]:
    """Every ``step``-th point with ``fault`` in its place: point -> what is wrong after it."""
    start = tmp_path / "start"
    with Archive.open(start, create=True) as archive:
        fill(archive)
    shutil.copytree(start, tmp_path / "counted")
    found = points(tmp_path / "counted")
    assert len(found) > 20
    failures = {}
    for name, at in found[::step]:
        folder = tmp_path / f"{name}-{at}"
        shutil.copytree(start, folder)
        result = add(folder, "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={at}")
        wrong = wrong_after(folder, result)
        if wrong:
            failures[(name, at)] = wrong
        shutil.rmtree(folder)
    return failures


@needs_strace
def test_kill_9_at_some_calls_of_an_add(tmp_path: Path) -> None:
    """A sample of what the slow test does at every call."""
    assert every(tmp_path, "signal=KILL", 9) == {}


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("fault", ["signal=KILL", "error=EIO", "error=ENOSPC"])
def test_a_fault_at_every_call_of_an_add(tmp_path: Path, fault: str) -> None:
    """Killed, or told by the disk that it cannot: whole or not there, and the next add puts it right."""
    assert every(tmp_path, fault, 1) == {}
