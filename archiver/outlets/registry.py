"""A printed name or an address leads to an outlet by identity, never by a string that merely looks the same.

The order in which a name is tried: its own key, the key without a leading article, the key without a case
ending, the declension stem, a printed domain. The first that hits decides; several outlets under one key stay
ambiguous unless language, country or a domain nearby leaves exactly one.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from archiver.outlets.declined import declined_key, declines_foreign_names, family, opening
from archiver.outlets.names import (
    begins_like_a_name,
    first_stem,
    fold,
    is_acronym,
    is_cased,
    mixes_scripts,
    skeleton,
    stem,
    strip_marks,
    without_endings,
)
from archiver.urls import ascii_host

TYPES = ("outlet", "agency", "aggregator", "syndicator", "government", "platform")

_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,4}[^\W\d_]{2,18})(?=$|[/:?#\s.,;)\]»”\"'’-])", re.I
)
_PLAIN_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|il|los|las|o|a)\s+", re.I)
_SIGNS_SMALL = frozenset({"de", "cs", "sk", "da"})  # languages whose agencies sign in lower case
_BARE_TLD = re.compile(r"(?:com|net|org|info|az|am|ge|tr|ru|ua|by|kz|uz|kg|ir|eu|uk|de|fr|it|es|pl|me|tv)", re.I)
_SECOND_LEVEL = frozenset(["com", "co", "org", "net", "gov", "edu", "ac", "gen", "news", "press", "media"])


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, agency, aggregator, syndicator, government site or platform.

    ``id`` is ASCII and unique; ``name`` how it is shown; ``aliases`` other names in any script; ``domains`` hosts
    without ``www.``, the first being its address; ``languages`` and ``country`` in ISO codes; ``type`` one of
    TYPES; ``common`` those of its names that are ordinary words, which count only where they are printed as names.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    country: str | None = None
    type: str = "outlet"
    common: tuple[str, ...] = ()

    @property
    def domain(self) -> str | None:
        """The outlet's address, or None where none is known."""
        return self.domains[0] if self.domains else None

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and all aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed name leads to: one ``outlet``, several (``ambiguous``), or none.

    ``how``: "name", "ending" (a case ending was taken off), "stem", "domain", "mixed_scripts" or "unknown".
    ``common`` says the name is also an ordinary word. ``imitates`` is the outlet that a name in mixed scripts
    looks like; it is never the outlet itself. ``domain`` is the one printed in the name, whoever owns it.
    """

    printed: str
    how: str
    outlet: Outlet | None = None
    ambiguous: tuple[Outlet, ...] = ()
    common: bool = False
    domain: str | None = None
    imitates: Outlet | None = None

    @property
    def known(self) -> bool:
        """True when the name leads to exactly one outlet, or to several that share it."""
        return self.outlet is not None or bool(self.ambiguous)

    @property
    def site(self) -> str | None:
        """The address of the outlet, else the domain printed in the name, else None."""
        return (self.outlet.domain if self.outlet else None) or self.domain


@dataclass(frozen=True)
class Registry:
    """Outlets, found by name and by address. Built once, never changed."""

    outlets: tuple[Outlet, ...]
    _by_id: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _by_key: dict[str, tuple[Outlet, ...]] = field(init=False, repr=False, compare=False)
    _by_stem: dict[str, tuple[Outlet, ...]] = field(init=False, repr=False, compare=False)
    _by_domain: dict[str, Outlet] = field(init=False, repr=False, compare=False)
    _common: frozenset[str] = field(init=False, repr=False, compare=False)
    _acronyms: frozenset[str] = field(init=False, repr=False, compare=False)
    _spellings: frozenset[str] = field(init=False, repr=False, compare=False)
    _sorted_keys: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _sorted_stems: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = [(name, outlet) for outlet in self.outlets for name in outlet.names]
        keys = {key for _, outlet in named for name in outlet.names if (key := fold(name))}
        bare = [(label, outlet) for outlet in self.outlets for name in outlet.names if (label := _without_tld(name))]
        put = object.__setattr__
        put(self, "_by_id", {outlet.id: outlet for outlet in self.outlets})
        put(self, "_by_key", _index((fold(name), outlet) for name, outlet in (*named, *_unless(bare, keys))))
        put(self, "_by_stem", _index((stem(name), outlet) for name, outlet in named))
        put(self, "_by_domain", {domain: outlet for outlet in reversed(self.outlets) for domain in outlet.domains})
        # "Media" of Media.example is no more than a word until something marks it as a name.
        ordinary = {fold(label) for label, _ in _unless(bare, keys)}
        put(self, "_common", frozenset(fold(name) for outlet in self.outlets for name in outlet.common) | ordinary)
        put(self, "_spellings", frozenset(name for name, _ in named))
        put(self, "_sorted_keys", tuple(sorted(self._by_key)))
        put(self, "_sorted_stems", tuple(sorted(self._by_stem)))
        put(self, "_acronyms", frozenset(fold(name) for name, _ in named if is_acronym(name)))

    def get(self, outlet_id: str) -> Outlet | None:
        """The outlet with this id, or None."""
        return self._by_id.get(outlet_id)

    def by_domain(self, host: str) -> Outlet | None:
        """The outlet that answers at ``host`` or at a parent of it ("m.news.example" leads to news.example)."""
        labels = _ascii(host).split(".")
        for start in range(len(labels) - 1):
            outlet = self._by_domain.get(".".join(labels[start:]))
            if outlet:
                return outlet
        return None

    def resolve(
        self, name: str, *, language: str | None = None, country: str | None = None, near_domain: str | None = None
    ) -> Resolution:
        """What ``name`` leads to.

        ``language`` and ``country`` are those of the page and serve to undo case endings and to choose between
        outlets that share a name; ``near_domain`` is a host printed or linked beside the name and chooses best.
        """
        if mixes_scripts(name):
            return self._suspicious(name)
        for how, key in self._keys(name, language):
            found = self._by_key.get(key, ())
            if found and self._printed_as_name(name, key, language):
                return self._settled(name, how, key, _chosen(found, language, country, near_domain))
        declined = stem(name)
        found = self._by_stem.get(declined, ()) if declined else ()
        if found and strip_marks(name)[:1].isupper():
            return self._settled(name, "stem", declined or "", _chosen(found, language, country, near_domain))
        if (form := self._as_form(name, language)) is not None:
            return self._settled(name, "stem", form[0], _chosen(form[1], language, country, near_domain))
        return self._as_domain(name)

    def _as_form(self, name: str, language: str | None) -> tuple[str, tuple[Outlet, ...]] | None:
        """The key of the name of which ``name`` is a declined form in ``language``, and the outlets of that name."""
        kin = family(language)
        if kin is None or not strip_marks(name)[:1].isupper():
            return None
        key = declined_key(strip_marks(name), kin)
        return self._forms[kin].keys.get(key) if key else None

    @cached_property
    def _forms(self) -> "_Forms":
        """The declined forms of all names, by family; each is made when a page in its languages is first read."""
        return _Forms(self)

    def may_open(self, word: str, language: str | None = None) -> bool:
        """False when no name that begins with ``word`` can lead to an outlet: a quick look before `resolve`.

        What opens a name is the beginning of its key, or holds the whole key before a case ending.
        """
        key = fold(word)
        if not key or "." in word or _ARTICLE.match(strip_marks(word) + " "):
            return True
        if _any_begins(self._sorted_keys, key) or any(key[:end] in self._by_key for end in range(1, len(key))):
            return True
        declined = first_stem(word)
        if declined is not None and _any_begins(self._sorted_stems, declined):
            return True
        kin = family(language) if word[:1].isupper() else None
        return kin is not None and _any_begins(self._forms[kin].ordered, opening(strip_marks(word), kin))

    def may_name(self, text: str, language: str | None = None) -> bool:
        """False when nothing in ``text``, from the beginning of any word on, can lead to an outlet."""
        return "." in text or any(self.may_open(word, language) for word in _PLAIN_WORD.findall(text))

    def _keys(self, name: str, language: str | None) -> Iterable[tuple[str, str]]:
        bare = strip_marks(name)
        yield "name", fold(bare)
        without = _ARTICLE.sub("", bare)
        if without != bare:
            yield "name", fold(without)
        for key in without_endings(name, language):
            yield "ending", key

    def _printed_as_name(self, name: str, key: str, language: str | None) -> bool:
        """A short acronym must be in capitals, an ordinary word must begin with one (where the script has any)."""
        bare = strip_marks(name)
        if "." in bare and _DOMAIN.search(bare):
            return True
        if key in self._acronyms and len(key) <= 4 and bare not in self._spellings:
            in_small = bare.islower() and language in _SIGNS_SMALL and key not in self._common  # "APA/sda/dpa", "(čtk)"
            return not is_cased(bare) or _in_capitals(bare) or in_small
        if key in self._common:
            return begins_like_a_name(bare) or name.lstrip()[:1] in "«“\"„'‘"
        return True

    def _settled(self, name: str, how: str, key: str, found: tuple[Outlet, ...]) -> Resolution:
        domain = printed_domain(name) if " " not in strip_marks(name) else None
        common = key in self._common
        if len(found) == 1:
            return Resolution(name, how, found[0], common=common, domain=domain)
        return Resolution(name, how, ambiguous=found, common=common, domain=domain)

    def _as_domain(self, name: str) -> Resolution:
        """A name that is nothing but an address, perhaps with a case ending; a sentence that holds one is no name."""
        domain = printed_domain(name) if "." in name and " " not in strip_marks(name) else None
        outlet = self.by_domain(domain) if domain else None
        return Resolution(name, "domain" if outlet else "unknown", outlet, domain=domain)

    def _suspicious(self, name: str) -> Resolution:
        found = self._by_key.get(skeleton(strip_marks(name)), ())
        return Resolution(name, "mixed_scripts", imitates=found[0] if found else None)


class _OneFamily(NamedTuple):
    """Declined forms in one family of languages: key -> (key of the name itself, outlets), and all keys in order."""

    keys: dict[str, tuple[str, tuple[Outlet, ...]]]
    ordered: tuple[str, ...]


class _Forms(dict[str, _OneFamily]):
    """The declined forms of a registry's names by family of languages; a family is made when first asked for."""

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self._outlets = registry.outlets

    def __missing__(self, kin: str) -> _OneFamily:
        found: dict[str, tuple[str, list[Outlet]]] = {}
        for outlet in self._outlets:
            if not (declines_foreign_names(kin) or any(family(tongue) == kin for tongue in outlet.languages)):
                continue
            for name in outlet.names:
                if key := declined_key(name, kin):
                    outlets = found.setdefault(key, (fold(name), []))[1]
                    if outlet not in outlets:
                        outlets.append(outlet)
        keys = {key: (name, tuple(outlets)) for key, (name, outlets) in found.items()}
        made = self[kin] = _OneFamily(keys, tuple(sorted(keys)))
        return made


def printed_domain(text: str) -> str | None:
    """The first host name printed in ``text`` ("see News.Example/a" gives "news.example"), as ASCII, or None.

    A word with a stop in it counts only when it ends like an address: "F.A.S." and "U.S." are none.
    """
    for match in _DOMAIN.finditer(text):
        host = match.group(1)
        labels = host.split(".")
        if len(labels[-1]) < 2 or all(len(label) == 1 for label in labels[:-1]) or labels[-1].isdigit():
            continue
        if host.isascii() or not mixes_scripts(host):
            return _ascii(host)
    return None


def site_label(domain: str) -> str:
    """The part of ``domain`` that names the site: "news" of m.news.example, "bbc" of bbc.co.uk."""
    labels = [label for label in domain.lower().split(".") if label and label != "www"]
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else domain


def _in_capitals(name: str) -> bool:
    """True for "AFP", "AA'nın" and "ТАССу": the name in capitals, a case ending perhaps not."""
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) >= max(2, len(letters) - 3)


def _ascii(host: str) -> str:
    try:
        return ascii_host(host.strip()).removeprefix("www.")
    except ValueError:
        return host.strip().lower()


def _without_tld(name: str) -> str | None:
    head, dot, tail = name.rpartition(".")
    return head if dot and _BARE_TLD.fullmatch(tail) and len(fold(head)) >= 5 and " " not in name else None


def _unless(named: list[tuple[str, Outlet]], keys: set[str]) -> list[tuple[str, Outlet]]:
    return [(name, outlet) for name, outlet in named if fold(name) not in keys]


def _index(pairs: Iterable[tuple[str | None, Outlet]]) -> dict[str, tuple[Outlet, ...]]:
    found: dict[str, list[Outlet]] = defaultdict(list)
    for key, outlet in pairs:
        if key and outlet not in found[key]:
            found[key].append(outlet)
    return {key: tuple(outlets) for key, outlets in found.items()}


def _any_begins(ordered: tuple[str, ...], opening: str) -> bool:
    """True when one of ``ordered`` (sorted) begins with ``opening``."""
    place = bisect_left(ordered, opening)
    return place < len(ordered) and ordered[place].startswith(opening)


def _chosen(
    found: tuple[Outlet, ...], language: str | None, country: str | None, near_domain: str | None
) -> tuple[Outlet, ...]:
    """The outlets of one name, narrowed by the strongest ground that leaves exactly one."""
    if len(found) == 1:
        return found
    near = _ascii(near_domain) if near_domain else None
    grounds: list[Callable[[Outlet], bool]] = []
    if near:
        grounds.append(lambda outlet: any(near == d or near.endswith("." + d) for d in outlet.domains))
    if country:
        grounds.append(lambda outlet: outlet.country == country)
    if near:
        grounds.append(lambda outlet: (outlet.country or "-").lower() == near.rpartition(".")[2])
    if language:
        grounds.append(lambda outlet: outlet.languages[:1] == (language,))
        grounds.append(lambda outlet: language in outlet.languages)
    for ground in grounds:
        left = tuple(outlet for outlet in found if ground(outlet))
        if len(left) == 1:
            return left
    return found
