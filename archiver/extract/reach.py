"""Rules look at the beginning and the end of a page that no reader would finish, and a note says what they left out.

What a page says of itself stands at its head and at its foot. The longest of 1,475 news pages shows fewer than 70,000
characters; the limits leave room for books, and bound what a text built to be slow can cost.
"""

from dataclasses import replace

from archiver.model import Block, Page

HEAD = 200_000  # characters of the page's text
TAIL = 50_000


def within_reach(page: Page) -> tuple[Page, tuple[str, ...]]:
    """``page`` with the blocks that rules look at, cut where the reach ends, and a note when some are left out.

    The text is whole and every offset holds; a page of up to HEAD + TAIL characters is given back as it is.
    """
    length = len(page.text)
    if length <= HEAD + TAIL:
        return page, ()
    head = [_clipped(page.text, block, 0, HEAD) for block in page.blocks if block.start < HEAD]
    tail = [_clipped(page.text, block, length - TAIL, length) for block in page.blocks if block.end > length - TAIL]
    blocks = tuple(block for block in (*head, *tail) if block is not None)
    note = (
        f"the page shows {length} characters: rules looked at the first {HEAD} and the last {TAIL}, "
        "and not for dates, names, credits and signs of translation in between"
    )
    return replace(page, blocks=blocks), (note,)


def _clipped(text: str, block: Block, low: int, high: int) -> Block | None:
    """The part of ``block`` between ``low`` and ``high``, without space at its ends; None where only space is left."""
    start, end = max(block.start, low), min(block.end, high)
    if (start, end) == (block.start, block.end):
        return block
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    if start >= end:
        return None
    links = tuple(link for link in block.links if start <= link.start and link.end <= end)
    return replace(block, start=start, end=end, links=links)
