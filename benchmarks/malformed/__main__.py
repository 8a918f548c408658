"""Read thousands of damaged and hostile inputs, each in a process of its own, and say which promise broke.

The promises: no traceback, nothing over 10 s of CPU, no peak over 1 GB, every shown quote at its place, a sentence for
everything that is refused; and the same inputs added to one archive leave one that `verify` finds clean. Exit status 1
when one of them broke.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from archiver.model import Capture
from archiver.statements import read
from benchmarks.malformed import attacks, pages, shapes
from benchmarks.malformed.archive import keep_all
from benchmarks.malformed.check import checked
from benchmarks.malformed.inputs import Input
from benchmarks.malformed.watch import Seen, watched

SECONDS = 10
MEBIBYTES = 953  # 1 GB
_SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "pages"
_SHAPE_SIZE = 20_000


def main() -> int:
    """Build the inputs, read them all, print the table and the failures."""
    asked = _asked()
    started = time.monotonic()
    inputs = gathered(asked.attacks, asked.pages, asked.count, asked.seed)
    _warm()
    seen = [(one, watched(partial(checked, one.capture), seconds=SECONDS)) for one in inputs]
    broken = [(one, what) for one, what in seen if _broken(what)]
    print(_table(seen))
    for one, what in broken:
        print(f"\nBROKEN {what.end}, {what.cpu:.1f} s, {what.peak:.0f} MiB: {one.name}\n{_last(what)}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / re.sub(r"[^\w.-]{1,80}", "_", one.name)[:120]).write_bytes(one.capture.body)
    faults: Sequence[str] = ()
    if not asked.no_archive:
        with tempfile.TemporaryDirectory() as folder:
            kept = keep_all(inputs, Path(folder))
        print(f"\nadded to one archive: {dict(sorted(kept.outcomes.items()))}; verify: {kept.verified}")
        faults = kept.faults
        print("\n".join(f"BROKEN {fault}" for fault in faults))
    print(f"{len(inputs)} inputs, {len(broken) + len(faults)} promises broken, {time.monotonic() - started:.0f} s")
    return 1 if broken or faults else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.malformed", description=__doc__)
    parser.add_argument("--attacks", type=Path, help="a folder of attack suites; without it only damage and shapes")
    parser.add_argument("--pages", type=Path, default=_SAMPLES, help="a folder or tar of pages to damage")
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that broke a promise")
    parser.add_argument("--no-archive", action="store_true", help="do not add them all to an archive as well")
    return parser.parse_args()


def gathered(attack_folder: Path | None, page_source: Path, most: int, seed: int) -> list[Input]:
    """``most`` inputs: the hostile shapes, up to two fifths from attack suites, the rest damaged pages."""
    found = shapes.inputs(_SHAPE_SIZE)[:most]
    if attack_folder is not None:
        found += attacks.inputs(attack_folder, min(most * 2 // 5, most - len(found)), seed)
    return found + list(pages.damaged(pages.collect(page_source, _SAMPLES), most - len(found), seed))


def _warm() -> None:
    """Load every table before the first copy is made."""
    for body in (b"<p>A first page.</p>", b"A first text."):
        read(Capture(body))


def _broken(what: Seen) -> bool:
    return what.end != "done" or what.cpu > SECONDS or what.peak > MEBIBYTES


def _last(what: Seen) -> str:
    return "\n".join(str(what.answer).splitlines()[-12:])


def _table(seen: Sequence[tuple[Input, Seen]]) -> str:
    rows: dict[str, list[tuple[Input, Seen]]] = defaultdict(list)
    for one, what in seen:
        rows[one.kind].append((one, what))
    names = ("inputs", "read", "refused", "traceback", "hang", "killed", "CPU s", "MiB")
    lines = [
        f"{os.cpu_count()} processors; the limits are {SECONDS} s of CPU and {MEBIBYTES} MiB",
        f"{'kind':24}" + "".join(f"{name:>10}" for name in names),
    ]
    for kind, group in [*sorted(rows.items()), ("all", list(seen))]:
        ends = Counter(_end(what) for _, what in group)
        cpu, peak = max(what.cpu for _, what in group), max(what.peak for _, what in group)
        counts = "".join(f"{ends[name]:10}" for name in names[1:6])
        lines.append(f"{kind:24}{len(group):10}{counts}{cpu:10.1f}{peak:10.0f}")
    return "\n".join(lines)


def _end(what: Seen) -> str:
    return what.end if what.end != "done" else str(what.answer).partition(":")[0]


if __name__ == "__main__":
    sys.exit(main())
