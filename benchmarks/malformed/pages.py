"""Good pages, damaged in every way and wrapping: the same inputs from the same seed."""

import random
import tarfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from archiver.model import Capture
from benchmarks.malformed.damage import WAYS, Damage
from benchmarks.malformed.inputs import Input
from benchmarks.malformed.wrappings import OFTEN, WRAPPINGS

_LARGEST = 3 << 20


def collect(source: Path, samples: Path) -> list[tuple[str, bytes]]:
    """(name, bytes) of every page in a tar or folder, and of every sample of the project."""
    found = [(path.name, path.read_bytes()) for path in sorted(samples.rglob("*")) if path.is_file()]
    if source.is_dir():
        found += [(path.name, path.read_bytes()) for path in sorted(source.rglob("*.html"))]
    else:
        found += _from_tar(source)
    return [(name, body) for name, body in found if 2 < len(body) <= _LARGEST]


def _from_tar(source: Path) -> list[tuple[str, bytes]]:
    pages = []
    with tarfile.open(source) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() and member.name.endswith(".html") else None
            if stream is not None:
                pages.append((Path(member.name).name, stream.read()))
    return sorted(pages)


def damaged(pages: Sequence[tuple[str, bytes]], most: int, seed: int) -> Iterator[Input]:
    """``most`` inputs: each way of damage in its turn, each on a page and in a wrapping that ``seed`` chooses.

    Half are pages as they are; the other half wrap one first and damage the wrapping.
    """
    rng = random.Random(seed)
    for number in count():
        if number >= most:
            return
        way: Damage = WAYS[number % len(WAYS)]
        name, body = rng.choice(pages)
        _, other = rng.choice(pages)
        wrapping = rng.choice(WRAPPINGS if rng.random() < 0.3 else OFTEN) if number % 2 else WRAPPINGS[0]
        good = wrapping.wrap(body)
        bad = way(rng, good, other)
        if rng.random() < 0.15:
            bad = rng.choice(WAYS)(rng, bad, other) if len(bad) > 2 else bad
        filename = f"page{wrapping.ending}" if rng.random() < 0.8 else None
        capture = Capture(body=bad, filename=filename, url="https://news.example/a" if rng.random() < 0.5 else None)
        yield Input(wrapping.name, f"{number} {way.__name__} {wrapping.name} of {name}", capture)
