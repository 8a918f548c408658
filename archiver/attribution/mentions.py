"""One place where the page says something about its origin, before it is decided what that means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archiver.attribution.areas import Line
from archiver.attribution.identity import Self
from archiver.attribution.phrases import Phrase
from archiver.attribution.printed import Printed, Reader
from archiver.model import Meant, Page
from archiver.outlets import Outlet
from archiver.outlets.names import fold
from archiver.outlets.registry import site_label
from archiver.urls import host


@dataclass(frozen=True, slots=True)
class Mention:
    """``says`` (a wording's meaning, or a grammar: dateline, byline, bare, brackets, affix) at ``start``..``end``.

    ``name`` is None where an origin is stated and not named. ``url`` is the link on the credit. ``language`` is an
    ISO code, only where the words state the source language. ``own``: the name is the page's own outlet.
    """

    says: str
    rule: str
    line: Line
    start: int
    end: int
    name: Printed | None
    weight: int
    meant: Meant = Meant.STATED
    own: bool = False
    url: str | None = None
    language: str | None = None
    phrase: Phrase | None = None

    @property
    def outlet(self) -> Outlet | None:
        """The outlet the name leads to, if exactly one."""
        return self.name.found.outlet if self.name else None


@dataclass(frozen=True)
class Context:
    """What every rule reads: the page, its lines, how names are read, and whose page it is."""

    page: Page
    lines: tuple[Line, ...]
    reader: Reader
    self: Self
    phrases: tuple[Phrase, ...]
    articles: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        """The page text that all offsets count in."""
        return self.page.text

    def link_in(self, line: Line, start: int, end: int) -> str | None:
        """The address that the words at ``start``..``end`` link to, if any of them do."""
        return next((link.url for link in line.block.links if link.start < end and link.end > start), None)

    def link_of(self, line: Line, name: Printed) -> str | None:
        """The address in ``line`` that leads to the outlet ``name``, wherever in the line it stands."""
        outlet, key = name.found.outlet, fold(name.text)
        for link in line.block.links:
            address = host(link.url)
            if address and (
                fold(site_label(address)) == key or (outlet and self.reader.registry.by_domain(address) == outlet)
            ):
                return link.url
        return None

    def names_in(self, start: int, end: int, *, separators: str) -> Iterator[Printed]:
        """The names of a list such as "APA/dpa, Reuters", each at its place."""
        for first, last in split(self.text, start, end, separators):
            printed = self.reader.at(self.text, first, last)
            if printed.start < printed.end:
                yield printed


def split(text: str, start: int, end: int, separators: str) -> Iterator[tuple[int, int]]:
    """The spans between ``separators`` (single characters) in ``text[start:end]``."""
    first = start
    for i in range(start, end):
        if text[i] in separators:
            if i > first:
                yield first, i
            first = i + 1
    if end > first:
        yield first, end


def heaviest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """``mentions`` by weight, then by place."""
    return sorted(mentions, key=lambda mention: (-mention.weight, mention.start))


def with_own(mention: Mention, identity: Self) -> Mention:
    """``mention`` with the answer to whether it names the page's own outlet."""
    return replace(mention, own=mention.name is not None and identity.is_own(mention.name))
