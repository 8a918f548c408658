"""Every printed date of a page at its place: which block, which zone, what a label beside or above it says.

How a page writes day and month is told by its unmistakable dates, else by the country of its address; only dates that
the digits leave open are read again with that order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from archiver.extract.address_dates import order_of_host
from archiver.extract.date_order import order_of_dates
from archiver.extract.date_roles import role_of_heading
from archiver.extract.date_spots import DATE_CUE, blocks_with
from archiver.extract.printed_dates import PrintedDate, read_printed
from archiver.model import Block, Capture, Page, Zone

POST = re.compile(r"\(?@\w{2,30}\)?")  # somebody's post, shown below the text

_FRAGMENTS = {
    "top": Zone.BYLINE,
    "byline": Zone.BYLINE,
    "head": Zone.BYLINE,
    "meta": Zone.BYLINE,
    "bottom": Zone.TAIL,
    "tail": Zone.TAIL,
    "inline": Zone.BODY,
    "body": Zone.BODY,
    "title": Zone.TITLE,
    "caption": Zone.CAPTION,
    "footer": Zone.FOOTER,
}
# What an element inside the article calls itself, nearest first: "related <aside> <article> <main>".
_RELATED_ASIDE = re.compile(
    r"(?<![a-z])(?:related|recommend(?:ed|ations)?|read-?(?:next|more|also)|more-?(?:stories|news|articles|posts)|"
    r"most-?(?:read|popular)|also-?read|see-?also|teasers?|similar)(?![a-z])[^<]{0,80}<aside>"
)
_SHORT_PAGE = 200
_LONGEST_HEADING = 40
_OPENING = 2  # a bullet or a bracket may stand before a date that opens its line


@dataclass(frozen=True, slots=True)
class Placed:
    """A printed date and the block it stands in. ``start`` and ``end`` count in the page's text."""

    block: Block
    index: int
    zone: Zone
    printed: PrintedDate

    @property
    def start(self) -> int:
        """Where its words start in the page's text."""
        return self.block.start + self.printed.start

    @property
    def end(self) -> int:
        """Where its words end in the page's text."""
        return self.block.start + self.printed.end


def is_in_related(block: Block) -> bool:
    """True where the elements round ``block`` say that it is aside and of other articles."""
    hint = block.hint.lower()
    return "<aside>" in hint and _RELATED_ASIDE.search(hint) is not None


def placed_dates(page: Page, capture: Capture, language: str | None) -> list[Placed]:
    """Every date of the page with its zone; day and month of doubtful ones settled by the page's other dates."""
    first = list(_read(page, blocks_with(DATE_CUE, page), language, None))
    doubtful = {each.index: each.block for each in first if _is_doubtful(each.printed)}
    if not doubtful:
        return first
    order, ground = order_of_dates(_telling(page, first)), "order"
    if order is None:
        order, ground = order_of_host(capture.url), "country"
    if order is None:
        return first
    again = {
        (each.start, each.end): _settled_by(each, ground) for each in _read(page, doubtful.items(), language, order)
    }
    return [again.get((each.start, each.end), each) if _is_doubtful(each.printed) else each for each in first]


def by_block(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    """The dates of each block together, in page order."""
    together: dict[int, list[Placed]] = {}
    for each in placed:
        together.setdefault(each.index, []).append(each)
    yield from together.values()


def _read(page: Page, blocks: Iterable[tuple[int, Block]], language: str | None, order: str | None) -> Iterator[Placed]:
    for index, block in blocks:
        zone = _zone(page, block)
        for number, printed in enumerate(read_printed(page.quote(block), language, order=order)):
            labelled = _with_heading(page, index, printed) if number == 0 else printed
            yield Placed(block, index, zone, labelled)


def _with_heading(page: Page, index: int, printed: PrintedDate) -> PrintedDate:
    """``printed`` with what the line above says of it: "Updated:" and below it the day."""
    if printed.role is not None or printed.start > _OPENING or index == 0:
        return printed
    above = page.blocks[index - 1]
    if above.end - above.start > _LONGEST_HEADING:
        return printed
    role = role_of_heading(page.quote(above))
    return replace(printed, role=role) if role else printed


def _settled_by(placed: Placed, ground: str) -> Placed:
    if placed.printed.settled_by != "order" or ground == "order":
        return placed
    return replace(placed, printed=replace(placed.printed, settled_by=ground))


def _telling(page: Page, placed: list[Placed]) -> list[PrintedDate]:
    """The dates that show how the page writes: not those of comments and of posts shown in it."""
    own = [each for each in placed if each.zone is not Zone.COMMENTS and each.block.tag != "blockquote"]
    posts = {
        index for index, block in {each.index: each.block for each in own}.items() if POST.search(page.quote(block))
    }
    return [each.printed for each in own if each.index not in posts]


def _is_doubtful(printed: PrintedDate) -> bool:
    return len(printed.values) > 1 or (printed.settled_by == "language" and printed.calendar == "gregorian")


def _zone(page: Page, block: Block) -> Zone:
    if page.fragment is not None:
        return _FRAGMENTS.get(page.fragment, block.zone)
    # A text that is nothing but a line around a date has no room for zones.
    if len(page.text) <= _SHORT_PAGE and len(page.blocks) == 1 and "©" not in page.text:
        return Zone.BYLINE
    return Zone.RELATED if is_in_related(block) else block.zone
