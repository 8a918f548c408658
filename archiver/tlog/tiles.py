"""A log as files: tiles of hashes and bundles of entries (c2sp.org/tlog-tiles).

A tile holds up to 256 hashes of one level, a bundle up to 256 entries. Full ones never change; the last of each level
is partial and named by its width. What is written follows from the entries alone, so it can be written again any time.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from archiver.errors import ProofError
from archiver.tlog.merkle import HASH_SIZE, leaf_hash, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
LARGEST_ENTRY = 0xFFFF  # bytes: the length stands in two
ENTRIES = "entries"

_CACHED = 64  # tiles of 8 KiB kept while proofs are made
_PATH = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")

Load = Callable[[str], bytes]


def path_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """Where tile ``number`` of ``level`` (or of ``ENTRIES``) lies, ``width`` entries wide: ``tile/0/x001/234.p/17``."""
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    name = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def parse_path(path: str) -> tuple[int | str, int, int] | None:
    """(level, number, width) of a path that `path_of` made, None for any other."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    level = match[1] if match[1] == ENTRIES else int(match[1])
    number, width = int(match[2].replace("x", "").replace("/", "")), int(match[3] or WIDTH)
    return (level, number, width) if path_of(level, number, width) == path else None


def widths(size: int) -> Iterator[tuple[int | str, int, int]]:
    """(level, number, width) of the last tile of every level and of the entries, in a log of ``size`` entries."""
    count, level = size, 0
    while count:
        number, width = divmod(count - 1, WIDTH)
        if level == 0:
            yield ENTRIES, number, width + 1
        yield level, number, width + 1
        count, level = count // WIDTH, level + 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """``entries`` one after the other, each behind its length. Raises ProofError for one that is too long."""
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LARGEST_ENTRY:
            raise ProofError(f"an entry of a log has at most {LARGEST_ENTRY:,} bytes; this one has {len(entry):,}")
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def parse_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ProofError where it breaks off or holds more than fits."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) < length:
            raise ProofError(f"entry {len(entries)} of the bundle breaks off")
        entries.append(entry)
        at += 2 + length
    if len(entries) > WIDTH:
        raise ProofError(f"a bundle has at most {WIDTH} entries")
    return entries


def subtree(hashes: Sequence[bytes]) -> bytes:
    """The hash over ``hashes``, a power of two of them."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


class Tiles:
    """The hashes and entries of a log of ``size`` entries, read from its files.

    ``load`` gives the bytes of a path, and raises what it likes. A full file is taken where a partial one is gone.
    """

    def __init__(self, size: int, load: Load) -> None:
        """See the class."""
        self.size = size
        self._load = load
        self._tile = lru_cache(_CACHED)(self._read)

    def node(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree of 2**``level`` leaves at ``index``. Raises ProofError."""
        tall, rest = divmod(level, HEIGHT)
        first = index << rest
        hashes = self._tile(tall, first >> HEIGHT)[first % WIDTH :][: 1 << rest]
        if len(hashes) != 1 << rest:
            raise ProofError(f"{path_of(tall, first >> HEIGHT)} is too short")
        return subtree(hashes)

    def entry(self, index: int) -> bytes:
        """Entry ``index``, whose hash is the one of its tile. Raises ProofError."""
        if not 0 <= index < self.size:
            raise ProofError(f"there is no entry {index} in a log of {self.size}")
        number, place = divmod(index, WIDTH)
        entries = self.entries(number)
        if leaf_hash(entries[place]) != self.node(0, index):
            raise ProofError(f"entry {index} is not the one that {path_of(0, number)} has the hash of")
        return entries[place]

    def entries(self, number: int) -> list[bytes]:
        """The entries of bundle ``number``; their hashes are not looked at. Raises ProofError."""
        width = self._width(0, number)
        entries = parse_bundle(self._bytes(ENTRIES, number, width))
        if len(entries) < width:
            raise ProofError(f"{path_of(ENTRIES, number, width)} holds {len(entries)} entries and not {width}")
        return entries[:width]

    def _width(self, level: int, number: int) -> int:
        count = self.size >> (HEIGHT * level)
        return max(0, min(WIDTH, count - number * WIDTH))

    def _read(self, level: int, number: int) -> tuple[bytes, ...]:
        width = self._width(level, number)
        if not width:
            raise ProofError(f"a log of {self.size} entries has no {path_of(level, number)}")
        data = self._bytes(level, number, width)
        if len(data) % HASH_SIZE or len(data) < width * HASH_SIZE or len(data) > WIDTH * HASH_SIZE:
            raise ProofError(f"{path_of(level, number, width)} has {len(data)} bytes and not {width * HASH_SIZE}")
        return tuple(data[i : i + HASH_SIZE] for i in range(0, width * HASH_SIZE, HASH_SIZE))

    def _bytes(self, level: int | str, number: int, width: int) -> bytes:
        if width == WIDTH:
            return self._load(path_of(level, number))
        try:
            return self._load(path_of(level, number, width))
        except FileNotFoundError:
            return self._load(path_of(level, number))


def growth(old: int, entries: Sequence[bytes], load: Load) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file that a log of ``old`` entries gains by ``entries``, in an order that may be cut off.

    Bundles and tiles of lower levels come first. ``load`` gives the files of the log as it was. Raises ProofError.
    """
    if not entries:
        return
    yield from _grown(ENTRIES, old, [bundle([entry]) for entry in entries], _kept_bundle(load, old))
    level, count, hashes = 0, old, [leaf_hash(entry) for entry in entries]
    while hashes:
        kept = _kept_hashes(load, level, count)
        yield from _grown(level, count, hashes, b"".join(kept))
        whole = [*kept, *hashes]
        hashes = [subtree(whole[i : i + WIDTH]) for i in range(0, len(whole) - WIDTH + 1, WIDTH)]
        level, count = level + 1, count // WIDTH


def _kept_bundle(load: Load, count: int) -> bytes:
    """The partial bundle that the next entries continue."""
    number, width = divmod(count, WIDTH)
    return bundle(parse_bundle(load(path_of(ENTRIES, number, width)))[:width]) if width else b""


def _kept_hashes(load: Load, level: int, count: int) -> list[bytes]:
    """The hashes of the partial tile that the next one of ``level`` continues."""
    number, width = divmod(count, WIDTH)
    data = load(path_of(level, number, width)) if width else b""
    if len(data) != width * HASH_SIZE:
        raise ProofError(f"{path_of(level, number, width)} has {len(data)} bytes and not {width * HASH_SIZE}")
    return [data[i : i + HASH_SIZE] for i in range(0, len(data), HASH_SIZE)]


def _grown(level: int | str, count: int, parts: Sequence[bytes], before: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of one level from the one that ``count`` parts end in, which holds ``before``, to the last one."""
    number, width = divmod(count, WIDTH)
    at = 0
    while at < len(parts):
        taken = parts[at : at + WIDTH - width]
        yield path_of(level, number, width + len(taken)), before + b"".join(taken)
        at, number, width, before = at + len(taken), number + 1, 0, b""
