"""Who is who: the outlets that are known, and which one a name means."""

from pathlib import Path
from typing import Any

from archiver.jobs.folder import registry_of
from archiver.outlets import Outlet


def known(folder: Path, language: str | None = None, country: str | None = None) -> list[dict[str, Any]]:
    """Every known outlet that publishes in ``language`` and sits in ``country``, by name."""
    outlets = [
        outlet
        for outlet in registry_of(folder).outlets
        if (language is None or language in outlet.languages)
        and (country is None or (outlet.country or "").upper() == country.upper())
    ]
    return [_outlet(outlet) for outlet in sorted(outlets, key=lambda o: o.name.casefold())]


def who(folder: Path, name: str) -> dict[str, Any]:
    """Which outlet ``name`` (a name in any script, or a domain) means, and how that was found."""
    resolution = registry_of(folder).resolve(name)
    found = (resolution.outlet,) if resolution.outlet else resolution.ambiguous
    outlets = [_outlet(outlet) for outlet in found]
    if not outlets:
        sentence = f"“{name}” is no outlet that is known here."
        if resolution.imitates:
            sentence = f"“{name}” mixes scripts to look like {resolution.imitates.name}; it is not that outlet."
    elif len(outlets) > 1:
        sentence = f"“{name}” may be any of {len(outlets)} outlets; a domain, country or language settles which."
    else:
        sentence = f"“{name}” is {outlets[0]['name']} (found by {resolution.how})."
    return {"schema": "archiver/who/1", "asked": name, "sentence": sentence, "outlets": outlets}


def _outlet(outlet: Outlet) -> dict[str, Any]:
    return {
        "schema": "archiver/outlet/1",
        "id": outlet.id,
        "name": outlet.name,
        "aliases": list(outlet.aliases),
        "domains": list(outlet.domains),
        "country": outlet.country,
        "languages": list(outlet.languages),
        "type": outlet.type,
    }
