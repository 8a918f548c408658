"""Outlets are read from TOML files; a wrong entry is named with its file and place.

The packaged files lie in ``data/<region>.toml``. A user's own files have the same form; an outlet with the id of a
packaged one replaces it.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from archiver.outlets.names import mixes_scripts
from archiver.outlets.registry import TYPES, Outlet, Registry
from archiver.outlets.tables import Entry, Tables

_FIELDS = frozenset({"id", "name", "aliases", "domains", "languages", "country", "type", "common", "note"})


def load_registry(extra_paths: Iterable[Path] = ()) -> Registry:
    """The packaged outlets and those in ``extra_paths`` (TOML files, later ones win).

    Raises InputError that names file and entry for anything that is not an outlet.
    """
    own = OUTLETS.of_files(extra_paths)
    if not own:
        return default_registry()
    outlets = {outlet.id: outlet for outlet in default_registry().outlets}
    return Registry(tuple((outlets | own).values()))


@cache
def default_registry() -> Registry:
    """The packaged outlets. Raises InputError when two of them share an id."""
    return Registry(tuple(OUTLETS.packaged().values()))


def parse_outlets(text: str, source: str) -> list[Outlet]:
    """The outlets of one TOML ``text``. ``source`` is its name for error messages. Raises InputError."""
    return OUTLETS.parse(text, source)


def _outlet(entry: Entry) -> Outlet:
    outlet = Outlet(
        id=entry.text("id"),
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        domains=tuple(domain.lower() for domain in entry.texts("domains")),
        languages=entry.texts("languages"),
        country=entry.text("country") if "country" in entry.fields else None,
        type=entry.text("type", "outlet"),
        common=entry.texts("common"),
    )
    _check(outlet, entry)
    return outlet


def _check(outlet: Outlet, entry: Entry) -> None:
    if not outlet.id.isascii() or outlet.id != outlet.id.lower() or " " in outlet.id:
        raise entry.wrong("an id is lower-case ASCII without spaces")
    if outlet.type not in TYPES:
        raise entry.wrong(f"type {outlet.type!r} is none of {', '.join(TYPES)}")
    for name in outlet.names:
        if mixes_scripts(name):
            raise entry.wrong(f"{name!r} mixes Latin and look-alike letters in one word")
    for domain in outlet.domains:
        if not domain.isascii() or "/" in domain or "." not in domain or domain.startswith("www."):
            raise entry.wrong(f"{domain!r} is not a bare host name in ASCII")
    if set(outlet.common) - set(outlet.names):
        raise entry.wrong("`common` lists a name that is neither name nor alias")


OUTLETS = Tables("outlet", "archiver.outlets", "data", _FIELDS, _outlet, "see docs/how-to-add-an-outlet.md")
