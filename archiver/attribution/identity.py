"""Whose page this is, decided by identity: names, addresses, sister addresses, never by one string alone."""

from dataclasses import dataclass, field

from archiver.attribution.printed import Printed, without_case_mark
from archiver.outlets import Registry, Resolution
from archiver.outlets.names import fold, without_endings
from archiver.outlets.registry import printed_domain, site_label

_COUNTRY_OF_TLD = {"uk": "GB", "eu": None, "tv": None, "me": None, "io": None, "co": None, "su": "RU", "ai": None}


@dataclass(frozen=True, slots=True)
class Own:
    """Who the page itself is: names it goes by, hosts without ``www.``, ids of outlets in the registry."""

    names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    outlet_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Self:
    """`Own` with what the registry knows of it: answers whether a printed name is the page's own outlet."""

    own: Own
    registry: Registry
    ids: frozenset[str] = field(init=False)
    keys: frozenset[str] = field(init=False)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        by_domain = [self.registry.by_domain(domain) for domain in sorted(self.own.domains)]
        by_name = [self.registry.resolve(name).outlet for name in sorted(self.own.names)]
        # A page that is only hosted on a platform is not the platform's own.
        found = [outlet for outlet in (*by_domain, *by_name) if outlet and outlet.type != "platform"]
        ids = self.own.outlet_ids | {outlet.id for outlet in found}
        outlets = [outlet for each in ids if (outlet := self.registry.get(each))]
        names = {*self.own.names, *(name for outlet in outlets for name in outlet.names)}
        labels = {site_label(domain) for domain in self.own.domains}
        labels |= {site_label(domain) for outlet in outlets for domain in outlet.domains}
        object.__setattr__(self, "ids", ids)
        object.__setattr__(self, "names", frozenset(names))
        object.__setattr__(self, "keys", frozenset(key for name in (*names, *labels) if len(key := fold(name)) > 1))

    @property
    def country(self) -> str | None:
        """The country that the page's own address ends in, or None."""
        tlds = {domain.rpartition(".")[2] for domain in self.own.domains}
        if len(tlds) != 1 or len(tld := tlds.pop()) != 2:
            return None
        return _COUNTRY_OF_TLD.get(tld, tld.upper())

    def is_own(self, printed: Printed) -> bool:
        """True when ``printed`` is the page's own outlet: an alias, another script, a sister address, a case form."""
        return self.owns(printed.text, printed.found)

    def owns(self, text: str, found: Resolution) -> bool:
        """The same for a text and what it leads to."""
        candidates = (found.outlet, *found.ambiguous)
        if any(outlet and outlet.id in self.ids for outlet in candidates):
            return True
        if found.outlet and self.ids:
            return False  # both are known, and they are two
        domain = found.domain or printed_domain(text)
        if domain and (domain in self.own.domains or fold(site_label(domain)) in self.keys):
            return True
        bare = without_case_mark(text)
        keys = {fold(text), fold(bare), *without_endings(text)}
        if any(key in self.keys for key in keys) or self._glued(text):
            return True
        return not found.known and any(self._part_of(key) for key in keys)

    def _glued(self, text: str) -> bool:
        """An own acronym with stops, and the page's next words glued to it: "G.T.Buy this article"."""
        return any(text.startswith(name) and "." in name[:-1] and name.endswith(".") for name in self.names)

    def _part_of(self, key: str) -> bool:
        """A section or service of the own outlet: its name begins with the own name."""
        return any(key.startswith(own) and len(own) >= (2 if own > "\u2e80" else 5) for own in self.keys)
