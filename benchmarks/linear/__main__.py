"""Does twice the hostile text take more than twice the time? Asked of every pattern and of every step of reading.

Each pattern found in the reading packages (see ``patterns``) searches texts made of its own beginnings; each step reads
every shape of ``benchmarks.malformed.shapes``. CPU is measured at one, two and four times a size. Exit status 1 when
something grows by more than 2.6 a doubling, costs more than 25 microseconds a character, or takes over 10 s.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from archiver.errors import FormatError
from archiver.model import Capture
from archiver.statements import read
from benchmarks.linear.patterns import all_patterns, only_from_start
from benchmarks.linear.timed import Growth, of_pattern, of_stages
from benchmarks.malformed import shapes
from benchmarks.malformed.watch import watched

RATIO = 2.6
PER_CHARACTER = 25.0  # microseconds; rules look at 250,000 characters of a page
SECONDS = 10
_TELLING = {"patterns": 0.004, "steps": 0.15}  # seconds below which a ratio is noise


def main() -> int:
    """Measure, print the dearest and the fastest growing, and say what broke the promise."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linear", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="characters of the smallest text of a step")
    parser.add_argument("--only", choices=["patterns", "steps"], help="half of it")
    asked = parser.parse_args()
    begun = time.monotonic()
    for body in (b"<p>A first page.</p>", b"A first text."):
        read(Capture(body))
    broken = 0
    for half, calls in (("patterns", _patterns()), ("steps", _steps(asked.size))):
        if asked.only in {None, half}:
            broken += _report(half, calls)
    print(f"{broken} promises broken, {time.monotonic() - begun:.0f} s")
    return 1 if broken else 0


def _patterns() -> Iterator[tuple[str, Callable[[], list[Growth]]]]:
    for name, pattern in all_patterns().items():
        yield name, partial(_one, name, pattern, only_from_start(name))


def _one(name: str, pattern: Any, from_start: bool) -> list[Growth]:
    return [of_pattern(name, pattern, from_start)]


def _steps(size: int) -> Iterator[tuple[str, Callable[[], list[Growth]]]]:
    for form, named in (("html", shapes.HTML), (None, shapes.TEXT)):
        for name, shape in named.items():
            yield name, partial(_stages, name, shape, size, form)


def _stages(name: str, shape: shapes.Shape, size: int, form: str | None) -> list[Growth]:
    try:
        return of_stages(name, shape, size, form)
    except FormatError:
        return []  # refused in a sentence, which costs nothing


def _report(half: str, calls: Iterator[tuple[str, Callable[[], list[Growth]]]]) -> int:
    found: list[Growth] = []
    failed: list[str] = []
    for name, call in calls:
        seen = watched(call, seconds=6 * SECONDS)
        if seen.end == "done":
            found += seen.answer
        else:
            failed.append(f"BROKEN {name}: {seen.end} {str(seen.answer)[-600:]}")
    print(f"{half}: {len(found)} measured; the dearest, and those that grow most")
    telling = [each for each in found if each.seconds >= _TELLING[half]]
    dearest = sorted(found, key=lambda each: -max(each.per_character, each.seconds))[:12]
    growing = sorted(telling, key=lambda each: -each.ratio)[:12]
    for each in dict.fromkeys([*dearest, *growing]):
        print(f"  {each.seconds:7.3f} s  x{each.ratio:4.1f}  {each.per_character:7.2f} us a character  {each.what}")
    failed += [
        f"BROKEN x{each.ratio:.1f}, {each.per_character:.1f} us a character, {each.seconds:.1f} s: {each.what}"
        for each in found
        if each.per_character > PER_CHARACTER or each.seconds > SECONDS or (each in telling and each.ratio > RATIO)
    ]
    print("\n".join(failed))
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
