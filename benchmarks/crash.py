"""`kill -9` at random moments of an `add`; after the next run everything is there exactly once.

Each round starts an `add` of all pages into the same archive and kills it, with all it started, after a random
time: between the half of what starting costs and the time that a fifth of the pages takes beyond it. So the
kills of one archive spread over its whole life, from its making to its last batch. When a run ends before it is
killed the archive is looked at: one more `add` adds nothing, every page is held exactly once, `verify` is clean,
and `rebuild`, which reads every snapshot again, gives the same rows. Then the next archive begins.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pages import collect, small


def archiver(archive: Path, *arguments: str) -> list[str]:
    """The command line of one archiver command on ``archive``."""
    return [sys.executable, "-m", "archiver", *arguments, "--archive", str(archive), "--quiet"]


def main() -> int:
    """Run the rounds; print what was found; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of .html files or a tar of them; made ones by default")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--small", action="store_true", help="made text dumps of a few lines: many kills in short time")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        pages = (
            small(Path(folder) / "pages", asked.limit)
            if asked.small
            else collect(asked.pages, Path(folder) / "pages", asked.limit)
        )
        start = timed_add(Path(folder) / "start", pages[:1])
        whole = timed_add(Path(folder) / "whole", pages)
        latest = start + (whole - start) / 5
        killed, archives = 0, 0
        while killed < asked.kills:
            archives += 1
            archive = Path(folder) / f"archive-{archives}"
            while killed < asked.kills and kill_one(archive, pages, rng.uniform(start / 2, latest)):
                killed += 1
                print(f"{killed} kills", file=sys.stderr, flush=True)
            bad += not sound(archive, pages)
            print(f"{killed} kills, {archives} archives, {bad} bad", flush=True)
    print(f"kill -9 at {killed} random moments of an add of {len(pages)} pages: {archives} archives, {bad} bad")
    return 1 if bad else 0


def timed_add(archive: Path, pages: list[Path]) -> float:
    """Seconds that an add takes undisturbed."""
    started = time.monotonic()
    subprocess.run([*archiver(archive, "add"), *map(str, pages)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def kill_one(archive: Path, pages: list[Path], after: float) -> bool:
    """Start an add and kill it, with all it started, after ``after`` seconds; False when it was done before."""
    process = subprocess.Popen(
        [*archiver(archive, "add"), *map(str, pages)], start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def sound(archive: Path, pages: list[Path]) -> bool:
    """True when one more add completes, each page is held once, verify is clean and rebuild gives the same rows."""
    added = subprocess.run([*archiver(archive, "add"), *map(str, pages)], check=False, stdout=subprocess.DEVNULL)
    verified = subprocess.run(
        [*archiver(archive, "verify", "--quick", "--json")], check=False, capture_output=True, text=True
    )
    totals = json.loads(verified.stdout.splitlines()[-1]) if verified.stdout else {}
    with sqlite3.connect(archive / "archive.db") as conn:
        kept = conn.execute("select count(*), count(distinct sha256) from captures where outcome = 'kept'").fetchone()
    distinct = len({p.read_bytes() for p in pages})
    before = rows_of(archive)
    rebuilt = subprocess.run([*archiver(archive, "rebuild")], check=False, stdout=subprocess.DEVNULL)
    same = rows_of(archive) == before
    fine = (
        added.returncode == 0 and verified.returncode == 0 and kept == (distinct, distinct) and rebuilt.returncode == 0
    )
    if not (fine and same):
        print(added.returncode, verified.returncode, totals, kept, distinct, rebuilt.returncode, same, file=sys.stderr)
    return fine and same


def rows_of(archive: Path) -> list[str]:
    """A dump of every table but the full-text index's own."""
    with sqlite3.connect(archive / "archive.db") as conn:
        names = [row[0] for row in conn.execute("select name from sqlite_master where type = 'table' order by name")]
        return [
            f"{n} {row!r}" for n in names if not n.startswith("_search") for row in conn.execute(f"select * from [{n}]")
        ]


if __name__ == "__main__":
    sys.exit(main())
