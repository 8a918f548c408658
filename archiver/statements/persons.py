"""A site that bears a person's name is that person's own, and what it publishes is signed by its name.

An account with the site's name is no author ("QuayPost"); a writer whose site is called after her is one. The two
are told apart by a first name that people bear and houses do not (``given_names.toml``).
"""

import tomllib
from functools import cache
from importlib import resources

from archiver.extract.people import looks_like_organisation


@cache
def _given_names() -> frozenset[str]:
    data = tomllib.loads(resources.files("archiver.statements").joinpath("given_names.toml").read_text("utf-8"))
    return frozenset(name for names in data.values() for name in names.split())


def is_persons_name(name: str) -> bool:
    """True for a first name of people, then one to three capitalised words that name no house."""
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(word[0].isupper() for word in words) or words[-1].isupper():
        return False
    return words[0].lower() in _given_names() and not looks_like_organisation(name)
