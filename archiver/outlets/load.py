"""Outlets are read from TOML files; a wrong entry is named with its file and place.

The packaged files lie in ``data/<region>.toml``. A user's own files have the same form; an outlet with the id of a
packaged one replaces it.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from archiver.errors import InputError
from archiver.outlets.names import mixes_scripts
from archiver.outlets.registry import TYPES, Outlet, Registry

_FIELDS = {"id", "name", "aliases", "domains", "languages", "country", "type", "common", "note"}
_HINT = "see docs/how-to-add-an-outlet.md"


def load_registry(extra_paths: Iterable[Path] = ()) -> Registry:
    """The packaged outlets and those in ``extra_paths`` (TOML files, later ones win).

    Raises InputError that names file and entry for anything that is not an outlet.
    """
    extra = list(extra_paths)
    if not extra:
        return default_registry()
    outlets = {outlet.id: outlet for outlet in default_registry().outlets}
    for path in extra:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"outlets cannot be read from {path}: {error}", _HINT) from error
        outlets |= {outlet.id: outlet for outlet in parse_outlets(text, str(path))}
    return Registry(tuple(outlets.values()))


@cache
def default_registry() -> Registry:
    """The packaged outlets. Raises InputError when two of them share an id."""
    outlets: dict[str, Outlet] = {}
    for resource in sorted(files("archiver.outlets").joinpath("data").iterdir(), key=lambda item: item.name):
        if not resource.name.endswith(".toml"):
            continue
        for outlet in parse_outlets(resource.read_text(encoding="utf-8"), resource.name):
            if outlet.id in outlets:
                raise InputError(f"{resource.name}: outlet {outlet.id!r} exists twice", _HINT)
            outlets[outlet.id] = outlet
    return Registry(tuple(outlets.values()))


def parse_outlets(text: str, source: str) -> list[Outlet]:
    """The outlets of one TOML ``text``. ``source`` is its name for error messages. Raises InputError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{source}: not TOML: {error}", _HINT) from error
    entries = data.get("outlet")
    if set(data) - {"outlet"} or not isinstance(entries, list):
        raise InputError(f"{source}: a file of outlets holds [[outlet]] tables and nothing else", _HINT)
    return [_outlet(entry, f"{source}: outlet {number}") for number, entry in enumerate(entries, 1)]


def _outlet(entry: object, place: str) -> Outlet:
    if not isinstance(entry, dict):
        raise InputError(f"{place}: not a table", _HINT)
    place = f"{place} ({entry.get('id') or entry.get('name') or 'without id'})"
    unknown = set(entry) - _FIELDS
    if unknown:
        raise InputError(f"{place}: unknown field {min(unknown)!r}", _HINT)
    outlet = Outlet(
        id=_text(entry, "id", place),
        name=_text(entry, "name", place),
        aliases=_texts(entry, "aliases", place),
        domains=tuple(domain.lower() for domain in _texts(entry, "domains", place)),
        languages=_texts(entry, "languages", place),
        country=_text(entry, "country", place) if "country" in entry else None,
        type=_text(entry, "type", place) if "type" in entry else "outlet",
        common=_texts(entry, "common", place),
    )
    _check(outlet, place)
    return outlet


def _check(outlet: Outlet, place: str) -> None:
    if not outlet.id.isascii() or outlet.id != outlet.id.lower() or " " in outlet.id:
        raise InputError(f"{place}: an id is lower-case ASCII without spaces", _HINT)
    if outlet.type not in TYPES:
        raise InputError(f"{place}: type {outlet.type!r} is none of {', '.join(TYPES)}", _HINT)
    for name in outlet.names:
        if mixes_scripts(name):
            raise InputError(f"{place}: {name!r} mixes Latin and look-alike letters in one word", _HINT)
    for domain in outlet.domains:
        if not domain.isascii() or "/" in domain or "." not in domain or domain.startswith("www."):
            raise InputError(f"{place}: {domain!r} is not a bare host name in ASCII", _HINT)
    if set(outlet.common) - set(outlet.names):
        raise InputError(f"{place}: `common` lists a name that is neither name nor alias", _HINT)


def _text(entry: dict[str, object], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{place}: `{key}` must be a text", _HINT)
    return value


def _texts(entry: dict[str, object], key: str, place: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise InputError(f"{place}: `{key}` must be a list of texts", _HINT)
    return tuple(value)
