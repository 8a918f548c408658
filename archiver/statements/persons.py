"""A site that bears a person's name is that person's own, and what it publishes is signed by its name.

An account with the site's name is no author ("QuayPost"); a writer whose site is called after her is one. The two
are told apart by a first name that people bear and houses do not (``given_names.toml``).
"""

import re
import tomllib
from functools import cache
from importlib import resources

from archiver.extract.people import looks_like_organisation

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


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


def bears_a_first_name(name: str) -> bool:
    """True where a word before the last is a known first name; what is not in Latin letters may be anybody's."""
    if not _LATIN.match(name):
        return True
    return any(word.strip(".").lower() in _given_names() for word in name.split()[:-1])
