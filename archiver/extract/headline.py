"""The headline a reader sees: the heading that agrees best with what the page's metadata calls itself.

Annotators write down the visible headline, metadata often holds a shorter or a search engine's one; the ``h1``
whose words agree best with them is right more often than any of them (measured: 83 against 66 %).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.model import Block, Page, Zone

_TOKEN = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"\s(?:[|–—\-•·:»«/]|::|\|\|)\s|\s?\|\s?")
_DENSE_NAME = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef”…]{8})[-_—–|｜]([\u3040-\u30ff\u3400-\u9fff]{2,8})$")
AGREES = 0.5
_AGREES_WELL = 0.8
_IN_ONE_PIECE = 0.2
_LONGEST = 400
_SHORTEST_PART = 16  # characters of a declared title that may be cut out of a visible one
_SENTENCE = 4  # words that are no name of a section
_LONGER = 4  # letters of a word that tells something
_NARROW = re.compile(r"[^\S\u3000]{1,400}")


@dataclass(frozen=True, slots=True)
class Headline:
    """A visible headline: its place in ``page.text``, its value on one line, how well metadata agrees (0..1).

    ``tag`` is the element it stands in; ``order`` is the agreement with a bonus for the same words in a row.
    """

    start: int
    end: int
    value: str
    agreement: float
    tag: str = "h1"
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class _Title:
    tokens: frozenset[str]
    squeezed: str
    written: str


def find(page: Page, declared: Sequence[str], element: str | None = None) -> Headline | None:
    """The visible headline of ``page``, or None.

    ``declared`` are the titles its metadata states, ``element`` is its title element, which holds the site's name
    as well: it counts only where no heading agrees with the metadata.
    """
    firm = [_Title(_tokens(title), _squeeze(title), title) for title in declared if _tokens(title)]
    first = list(_runs(page, lambda block: block.tag == "h1"))
    if firm and element:
        found = _by_agreement(page, first, firm)
        if found is not None and found.agreement >= AGREES:
            return found
        if any(title.squeezed in _squeeze(element) for title in firm):
            element = None  # it is the same title and the site's name, and only that agrees with a heading
    loose = [_Title(_tokens(element), _squeeze(element), element)] if element and _tokens(element) else []
    return _by_agreement(page, first, [*firm, *loose])


def _by_agreement(page: Page, first: Sequence[Sequence[Block]], wanted: Sequence["_Title"]) -> Headline | None:
    best = _best(page, first, wanted)
    if best is not None and (best.agreement >= AGREES or not wanted):
        return best
    other = list(_runs(page, lambda block: block.tag in {"h2", "h3"} or block.zone is Zone.TITLE))
    second = _best(page, other, wanted)
    if second is not None and second.agreement >= _AGREES_WELL:
        return second
    return best and _telling(best, wanted)


def _telling(found: Headline, wanted: Sequence["_Title"]) -> Headline:
    """A whole sentence that shares a longer word with the metadata agrees: search engines are told it otherwise."""
    words = _TOKEN.findall(found.value.casefold())
    if found.tag != "h1" or len(words) < _SENTENCE:
        return found
    longer = {word for word in words if len(word) >= _LONGER}
    return found if all(longer.isdisjoint(title.tokens) for title in wanted) else replace(found, agreement=AGREES)


def declared_titles(page: Page) -> tuple[tuple[str, ...], str | None]:
    """What the HTML ``page`` calls itself in its head: (Open Graph and Twitter, the title element)."""
    if page.tree is None:
        return (), None
    found = [
        element.get("content") or ""
        for element in page.tree.iter("meta")
        if (element.get("property") or element.get("name") or "").lower() in {"og:title", "twitter:title"}
    ]
    title = next(("".join(element.itertext()) for element in page.tree.iter("title")), "")
    stated = tuple(title for title in (" ".join(each.split()) for each in found[:8]) if title)
    return stated, " ".join(title.split()) or None


def _runs(page: Page, wanted: Callable[[Block], bool]) -> Iterator[list[Block]]:
    """Headings as runs of neighbouring blocks: one headline may stand on several lines."""
    run: list[Block] = []
    for block in page.blocks:
        if wanted(block) and (not run or (block.hint == run[-1].hint and block.tag == run[-1].tag)):
            run.append(block)
            continue
        if run:
            yield run
        run = [block] if wanted(block) else []
    if run:
        yield run


def _best(page: Page, runs: Sequence[Sequence[Block]], wanted: Sequence[_Title]) -> Headline | None:
    found: list[Headline] = []
    for run in runs:
        found.extend(_readings(page, run, wanted))
    if not found:
        return None
    return max(found, key=lambda headline: (round(headline.order, 2), -headline.start, headline.end))


def _readings(page: Page, run: Sequence[Block], wanted: Sequence[_Title]) -> Iterator[Headline]:
    """The whole run as one headline, and each of its lines: a kicker may stand in the same element."""
    spans = {(run[0].start, run[-1].end)} | {(block.start, block.end) for block in run[:4]}
    spans |= {span for title in wanted for block in run[:4] if (span := _ending(page, block, title)) is not None}
    for start, end in sorted(spans):
        if end - start <= _LONGEST:
            value = one_line(page.text[start:end])
            agreement, order = max((_agreement(value, other) for other in wanted), default=(0.0, 0.0))
            yield Headline(start, end, value, agreement, run[0].tag, order)


def _ending(page: Page, block: Block, title: _Title) -> tuple[int, int] | None:
    """Where ``title`` is the whole of ``block`` but for a kicker before it or a site's name behind it."""
    if len(title.written) < _SHORTEST_PART or block.end - block.start > _LONGEST:
        return None
    at = page.quote(block).replace("\xa0", " ").find(title.written.replace("\xa0", " "))
    if at < 0:
        return None
    at += block.start
    end = at + len(title.written)
    behind = page.text[end : block.end]
    if at > block.start and behind:
        return None
    return (at, end) if not behind or _SEPARATOR.match(behind) else None


def one_line(text: str) -> str:
    """``text`` with its white space as single spaces; the wide space of East Asian titles is a letter among them."""
    if "\u3000" not in text:
        return " ".join(text.split())
    return _NARROW.sub(" ", text).strip()


def _agreement(title: str, other: _Title) -> tuple[float, float]:
    """F1 of the words of two titles, without and with a bonus where ``other`` holds ``title`` in one piece."""
    tokens = _tokens(title)
    shared = len(tokens & other.tokens)
    if not shared:
        return 0.0, 0.0
    f1 = 2 * shared / (len(tokens) + len(other.tokens))
    return f1, f1 + (_IN_ONE_PIECE if _squeeze(title) in other.squeezed else 0.0)


def _squeeze(title: str) -> str:
    return "".join(_TOKEN.findall(title.casefold()))


def _tokens(title: str) -> frozenset[str]:
    found = _TOKEN.findall(title.casefold())
    if len(found) <= 2 and len(title) > 8:  # scripts that write no spaces
        return frozenset(title.casefold())
    return frozenset(found)


def without_site_name(title: str, names: Sequence[str]) -> tuple[str, str | None]:
    """``title`` without a site name at its end or start, and that name; (title, None) where there is none.

    ``names`` are folded names the site is known under. Chinese and Japanese pages set theirs behind a stroke without
    spaces; there a short name at the end is one though nothing else on the page gives it.
    """
    dense = _DENSE_NAME.search(title)
    if dense:
        return title[: dense.start()].strip(), dense.group(1)
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title, None
    last, first = parts[-1], parts[0]
    head, tail = title[: last.start()].strip(), title[last.end() :].strip()
    if any(_same(tail, name) for name in names):
        return head, tail
    if any(_same(title[: first.start()], name) for name in names):
        return title[first.end() :].strip(), title[: first.start()].strip()
    return title, None


def outer_parts(title: str) -> tuple[str, ...]:
    """What stands before the first and after the last separator of ``title``: where site names stand."""
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return ()
    return title[parts[-1].end() :].strip(), title[: parts[0].start()].strip()


def _same(part: str, name: str) -> bool:
    folded = "".join(_TOKEN.findall(part.casefold()))
    return bool(folded) and (
        folded == name
        or (len(folded) >= 4 and folded in name)
        or (len(name) >= 4 and name in folded and len(folded) < 3 * len(name))
    )
