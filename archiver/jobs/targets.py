"""From what was typed to what is to be captured: addresses, files, folders, lists, standard input.

The kind of a target is seen from itself: an address is one that begins with http:// or https://, a file whose
every line is an address is a list, everything else is a page. A folder gives its files in the order of their
names, so that the same folder is the same batch everywhere.
"""

import json
import os
import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from archiver.errors import ArchiverError, InputError, UsageError
from archiver.formats import FORMATS
from archiver.formats.jsonl import holds_article
from archiver.model import Capture, Grade
from archiver.timepoint import parse_utc
from archiver.urls import is_web_address, normalise, without_credentials

_LINES = frozenset({".jsonl", ".ndjson"})
MOST_BYTES = 32 * 1024 * 1024  # a page larger than this is none; a fetch stops there too
# Only text-like files are taken from a folder; what lies beside saved pages (pictures, styles) is passed over.
PAGE_ENDINGS = frozenset(
    {
        *(".txt", ".text", ".html", ".htm", ".xhtml", ".shtml", ".xml", ".asp", ".aspx", ".php", ".jsp", ""),
        *(".mhtml", ".mht", ".eml", ".md", ".markdown", ".mdown", ".mkd", ".pdf", ".docx", ".rtf"),
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of the targets beside naming them."""

    url: str | None = None
    captured_at: datetime | None = None
    format: str | None = None
    language: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to capture: an address to fetch, a file, text from standard input, or one that failed already.

    ``name`` is how the target is called in messages.
    """

    name: str
    given: Given
    address: str | None = None
    path: Path | None = None
    body: bytes | None = None
    error: ArchiverError | None = None

    def load(self) -> Capture:
        """The capture of a file or of pasted text. Raises InputError with what, where and what to do."""
        if self.error is not None:
            raise self.error
        body = self.body if self.body is not None else _read_file(self.path)
        if not body.strip():
            raise InputError(f"{self.name}: there is nothing in it", "give a file that holds a page or its text")
        url = self.given.url
        return Capture(
            body=body,
            grade=Grade.FILE if self.path is not None else Grade.PASTE,
            url=normalise(url) if url else None,
            captured_at=self.given.captured_at,
            filename=self.path.name if self.path is not None else None,
            format=self.given.format,
            language=self.given.language,
            zone=self.given.zone,
        )


def expand(names: Iterable[str], given: Given, stdin: BinaryIO) -> Iterator[Target]:
    """Every single target behind ``names``, in order. What cannot be opened comes as a target with its error.

    Raises UsageError where what was given cannot apply (one --url for several files).
    """
    names = tuple(names)
    if "" in names:
        raise UsageError("an empty target names nothing", "for this folder, write .")
    if given.format is not None and given.format not in {form.name for form in FORMATS}:
        known = ", ".join(form.name for form in FORMATS)
        raise UsageError(f"no format is called {given.format!r}", f"--as takes one of: {known}")
    many = len(names) > 1 or any(Path(name).is_dir() for name in names if not is_web_address(name))
    if given.url and not is_web_address(given.url):
        raise UsageError(f"--url: not an http or https address: {given.url!r}", "such as https://news.example/a")
    if given.url and (many or any(is_web_address(name) for name in names)):
        raise UsageError(
            "--url gives one file its address", "add one file at a time, or a list (see `archiver add -h`)"
        )
    for name in names:
        yield from _expand_one(name, given, stdin)


def _expand_one(name: str, given: Given, stdin: BinaryIO) -> Iterator[Target]:
    if is_web_address(name):
        yield _address(name, given)
    elif name == "-":
        yield from _from_stdin(stdin.read(MOST_BYTES + 1), given)
    else:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, given)
        elif not path.exists():
            yield Target(name, given, error=_missing(name))
        elif path.suffix.lower() in {*_LINES, ".toml"} and given.format is None:
            yield from expand_list(path, given)
        else:
            yield from _file(path, name, given)


def _address(address: str, given: Given) -> Target:
    """A target to fetch, called by its address without any password in it."""
    if not is_web_address(address) or " " in address:
        problem = InputError(f"{address[:80]}: not an address", "one address a line, with http:// or https://")
        return Target(address[:80], given, error=problem)
    try:
        return Target(without_credentials(address), given, address=address)
    except ValueError as error:
        return Target("an address", given, error=InputError(f"not a usable address ({error})", "check how it is spelt"))


def _missing(name: str) -> InputError:
    if "." in name and "/" not in name.strip("/") and not name.startswith("."):
        return InputError(f"{name}: no such file", f"for an address, write https://{name}")
    return InputError(f"{name}: no such file or folder", "check the path; an address begins with http:// or https://")


def _file(path: Path, name: str, given: Given) -> Iterator[Target]:
    addresses = _addresses(path) if path.suffix in {".txt", ".urls", ".list", ""} and given.format is None else []
    if addresses:
        yield from (_address(address, given) for address in addresses)
    else:
        yield Target(name, given, path=path)


def _addresses(path: Path) -> list[str]:
    """The addresses in a file that holds nothing else (but empty lines and # comments)."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if not start.lstrip().lower().startswith((b"http", b"#")):
                return []
            return address_lines(start + file.read(MOST_BYTES))
    except OSError:
        return []  # the error is found again, with its reason, when the file is loaded


def address_lines(data: bytes) -> list[str]:
    """The lines of ``data`` if it is a list of addresses (empty lines and # comments apart), else nothing.

    A list is what begins with an address and is mostly addresses; a line of it that is none comes along, to be
    named as a failure of its own.
    """
    try:
        lines = [line.strip() for line in data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        return []
    wanted = [line for line in lines if line and not line.startswith("#")]
    good = sum(is_web_address(line) and " " not in line for line in wanted)
    return wanted if wanted and is_web_address(wanted[0]) and good * 2 > len(wanted) else []


def _from_stdin(data: bytes, given: Given) -> Iterator[Target]:
    if len(data) > MOST_BYTES:
        yield Target("-", given, error=_too_large("standard input"))
        return
    addresses = address_lines(data) if given.format is None else []
    if addresses:
        yield from (_address(address, given) for address in addresses)
    else:
        yield Target("standard input", given, body=data)


def _folder(folder: Path, given: Given) -> Iterator[Target]:
    files = sorted(_pages_in(folder))
    if not files:
        hint = "pages end in .html, .htm or .txt"
        yield Target(str(folder), given, error=InputError(f"{folder}: no page in this folder", hint))
    for path in files:
        yield Target(str(path), given, path=path)


def _pages_in(folder: Path) -> Iterator[Path]:
    """Page files below ``folder``: no hidden ones, no links (they may lead anywhere), nothing of an archive."""
    for place, folders, names in os.walk(folder):
        if "archive.db" in names:
            folders[:] = [name for name in folders if name != "snapshots"]
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if path.suffix.lower() in PAGE_ENDINGS and not name.startswith(".") and not path.is_symlink():
                yield path


def expand_list(path: Path, given: Given) -> Iterator[Target]:
    """The pages that a list names or holds: a JSONL file, a line each, or a TOML file with ``[[page]]`` tables.

    Keys: ``path`` (beside the list) or ``url`` to fetch; with a path also ``url``, ``captured_at``,
    ``language``, ``format``. A line of JSONL with ``text`` or ``html`` is an article itself (docs/importing.md).
    A line that is none of these comes as a target with its error and its number (that of the line in the file).
    """
    entries = _tables(path) if path.suffix.lower() == ".toml" else _json_lines(path)
    none = True
    try:
        for number, line, entry in entries:
            none = False
            yield _listed_one(path, number, line, entry, given)
        if none:
            raise ValueError("no entries")
    except (OSError, ValueError) as error:
        hint = "one JSON object a line, or [[page]] tables with path, url, captured_at"
        yield Target(str(path), given, error=InputError(f"{path}: not a list of pages ({error})", hint))


def _tables(path: Path) -> Iterator[tuple[int, bytes, object]]:
    for number, entry in enumerate(tomllib.loads(path.read_text("utf-8")).get("page", []), 1):
        yield number, b"", entry


def _json_lines(path: Path) -> Iterator[tuple[int, bytes, object]]:
    """(number of the line, its bytes, what it holds); one that is no JSON stays bytes, and is named in its turn."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MOST_BYTES + 1):
            number += 1
            line = line.removeprefix(BOM_UTF8) if number == 1 else line
            if len(line) > MOST_BYTES and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(MOST_BYTES)
                yield number, b"", ValueError(f"larger than {MOST_BYTES // 1024 // 1024} MiB")
            elif line.strip():
                yield number, line.strip(b"\r\n"), _parsed(line)


def _parsed(line: bytes) -> object:
    """What a line holds, or in words why it holds nothing."""
    try:
        return json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return ValueError("not in UTF-8")
    except (ValueError, RecursionError):
        return ValueError("not JSON")


def _listed_one(path: Path, number: int, line: bytes, entry: object, given: Given) -> Target:
    name = f"{path}, entry {number}"
    if not isinstance(entry, dict):
        hint = 'write {"path": "page.html", "url": "https://news.example/a"}'
        why = str(entry) if isinstance(entry, ValueError) else "not a JSON object"
        return Target(name, given, error=InputError(f"{name}: {why}", hint))
    if line and holds_article(entry):
        # What such a line says of itself is testimony of the file, and no word of the person who adds it.
        return Target(name, given, path=path, body=line)
    wrong = [key for key in ("path", "url", "language", "format") if not isinstance(entry.get(key), str | None)]
    if wrong:
        return Target(name, given, error=InputError(f'{name}: "{wrong[0]}" is not a text', "give it in double quotes"))
    try:
        return _target_of(path.parent, entry, given)
    except (ValueError, TypeError) as error:
        return Target(name, given, error=InputError(f"{name}: {error}", "see `archiver add --help`"))
    except ArchiverError as error:
        return Target(name, given, error=error)


def _target_of(folder: Path, entry: Mapping[str, Any], given: Given) -> Target:
    moment = entry.get("captured_at")
    if isinstance(moment, datetime):
        moment = moment.isoformat()
    said = Given(
        url=entry.get("url"),
        captured_at=parse_utc(moment) if moment else given.captured_at,
        format=entry.get("format", given.format),
        language=entry.get("language", given.language),
        zone=entry.get("zone"),
    )
    if "path" in entry:
        path = folder / entry["path"]
        return Target(str(path), said, path=path)
    if said.url:
        return _address(said.url, replace(said, url=None))
    raise ValueError("neither path, url, text nor html")


def _read_file(path: Path | None) -> bytes:
    assert path is not None
    try:
        if not path.is_file():
            raise InputError(f"{path}: not a file", "give a page, a folder of pages or an address")
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(str(path))
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}", "check that the file can be read") from error


def _too_large(name: str) -> InputError:
    return InputError(
        f"{name}: larger than {MOST_BYTES // 1024 // 1024} MiB", "no news page is; give the page without its media"
    )
