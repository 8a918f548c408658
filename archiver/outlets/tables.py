"""A file of tables is read whole or refused, and what is wrong in it is named with its file and place.

Outlets and wordings are data of one shape: TOML files of ``[[outlet]]`` or ``[[phrase]]`` tables. Those of the program
lie in a folder of its package; a user's own files have the same form, and a table with the id of a packaged one
replaces it.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from archiver.errors import InputError


class Named(Protocol):
    """What a table is made into: it has an id, unique among its kind."""

    @property
    def id(self) -> str:
        """ASCII, as printed in the table."""
        ...


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class Entry:
    """One table: its fields, and where it stands ("mine.toml: outlet 3 (gull)")."""

    fields: dict[str, Any]
    place: str
    hint: str

    def wrong(self, message: str) -> InputError:
        """An error that says where and what, to be raised."""
        return InputError(f"{self.place}: {message}", self.hint)

    def text(self, key: str, default: str | None = None) -> str:
        """The text at ``key``. Raises InputError where there is none and no ``default``."""
        value = self.fields.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"`{key}` must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts at ``key``, () where there are none. Raises InputError for anything but a list of texts."""
        value = self.fields.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(f"`{key}` must be a list of texts")
        return tuple(value)

    def some_of(self, key: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """The texts at ``key``, each one of ``allowed``. Raises InputError."""
        value, allowed = self.fields.get(key, []), tuple(allowed)
        if not isinstance(value, list) or not all(item in allowed for item in value):
            raise self.wrong(f"`{key}` must be of {', '.join(allowed)}")
        return tuple(value)


@dataclass(frozen=True)
class Tables(Generic[T]):
    """Files of one kind of tables.

    ``name`` is what a table is called in them, ``package`` and ``folder`` say where the packaged files lie, ``fields``
    what a table may hold; ``make`` turns one into what it describes and raises InputError; ``hint`` leads to help.
    """

    name: str
    package: str
    folder: str
    fields: frozenset[str]
    make: Callable[[Entry], T]
    hint: str

    def parse(self, text: str, source: str) -> list[T]:
        """What one TOML ``text`` describes, in its order. ``source`` names it in errors. Raises InputError."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{source}: not TOML: {error}", self.hint) from error
        entries = data.get(self.name)
        if set(data) - {self.name} or not isinstance(entries, list):
            raise InputError(f"{source}: such a file holds [[{self.name}]] tables and nothing else", self.hint)
        return [self.make(self._entry(entry, f"{source}: {self.name} {i}")) for i, entry in enumerate(entries, 1)]

    def packaged(self) -> dict[str, T]:
        """By id all that comes with the program, in the order of files and lines. Raises InputError for twins."""
        found: dict[str, T] = {}
        for resource in sorted(files(self.package).joinpath(self.folder).iterdir(), key=lambda item: item.name):
            if not resource.name.endswith(".toml"):
                continue
            for made in self.parse(resource.read_text(encoding="utf-8"), resource.name):
                if made.id in found:
                    raise InputError(f"{resource.name}: {self.name} {made.id!r} exists twice", self.hint)
                found[made.id] = made
        return found

    def of_files(self, paths: Iterable[Path]) -> dict[str, T]:
        """By id what the user's files at ``paths`` describe, later ones win. Raises InputError."""
        found: dict[str, T] = {}
        for path in paths:
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise InputError(f"{self.name}s cannot be read from {path}: {error}", self.hint) from error
            found |= {made.id: made for made in self.parse(text, str(path))}
        return found

    def _entry(self, fields: object, place: str) -> Entry:
        if not isinstance(fields, dict):
            raise InputError(f"{place}: not a table", self.hint)
        entry = Entry(fields, f"{place} ({fields.get('id') or fields.get('name') or 'without id'})", self.hint)
        if unknown := set(fields) - self.fields:
            raise entry.wrong(f"unknown field {min(unknown)!r}")
        return entry
