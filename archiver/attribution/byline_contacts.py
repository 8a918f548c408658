"""Whoever answers questions about a text signed nothing: names under "Press contact" are none of its authors.

A statement to the press ends with the name, the job and the telephone of somebody, each in a line of its own. So do
articles that are signed; the line above tells which of the two it is.
"""

from archiver.attribution.byline_labels import line_begin
from archiver.attribution.byline_names import fold, lexicon
from archiver.model import Block, Page

_LONGEST = 70  # characters of a line that announces a contact, and of a line under it
_UNDER = 4  # lines under it that speak of the contact


def contacts(page: Page, blocks: tuple[Block, ...]) -> frozenset[int]:
    """Where the lines start that speak of a contact, among consecutive ``blocks`` of ``page``."""
    found: set[int] = set()
    left = 0
    for block in blocks:
        if block.end - block.start > _LONGEST:
            left = 0
        elif _announces(page, block):
            left = _UNDER
            found.add(block.start)
        elif left:
            left -= 1
            found.add(block.start)
    return frozenset(found)


def _announces(page: Page, block: Block) -> bool:
    """True for a line that begins as those do which announce a contact."""
    line = fold(page.text[line_begin(page.text, block) : block.end])
    begun = (label for label in lexicon().contacts if line.startswith(label))
    return any(not line[len(label) : len(label) + 1].isalnum() for label in begun)
