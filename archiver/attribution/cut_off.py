"""A text that breaks off, with a button "Read more" right under it, goes on somewhere else: this is an excerpt of it.

"... until Monday […]" and then "Continue reading". Under a whole text the same button leads to another article, and
a button that leads to the page's own house opens its own text: neither says anything of where this one is from.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from archiver.attribution import weights
from archiver.attribution.areas import TAILS
from archiver.attribution.mentions import Context, Mention
from archiver.attribution.words import lines as word_lines
from archiver.model import Meant
from archiver.outlets.names import is_cased
from archiver.urls import host

_BROKEN_OFF = ("…", "...", "[…]", "[...]")
_BUTTON = 60  # characters that a button may have
_NOT_LETTERS = re.compile(r"^\W{1,4}")


def mentions(context: Context) -> Iterator[Mention]:
    """The button under a text that breaks off, as an excerpt of a text that is not named.

    A page with several such buttons is a list of teasers.
    """
    below = [(above, line) for above, line in pairwise(context.lines) if len(line.text) <= _BUTTON]
    buttons = [(above, line) for above, line in below if above.text.endswith(_BROKEN_OFF) and _is_button(line.text)]
    if len(buttons) != 1 or buttons[0][0].area not in TAILS:
        return
    line = buttons[0][1]
    start, end = line.block.start, line.block.end
    url = context.link_in(line, start, end)
    if _leads_elsewhere(context, url) or line.block.tag == "line":
        weight = weights.of("cut_off", "tail")
        yield Mention("cut_off", "grammar/cut-off@1", line, start, end, None, weight, Meant.INFERRED, url=url)


def linked_labels(context: Context) -> Iterator[Mention]:
    """A line that is nothing but "Source" or "Original article", and a link to another house: there it is from."""
    for line in context.lines:
        if line.area not in {"head", "tail"} or len(line.text) > _BUTTON or not line.block.links:
            continue
        if _NOT_LETTERS.sub("", line.text).casefold().rstrip(" .:»→›>") not in word_lines("source_links"):
            continue
        start, end = line.block.start, line.block.end
        url = context.link_in(line, start, end)
        if _leads_elsewhere(context, url):
            weight = weights.of("bare", line.area)
            yield Mention(
                "source_label", "grammar/linked-label@1", line, start, end, None, weight, Meant.STATED, url=url
            )


def _is_button(text: str) -> bool:
    """True for a line that begins with words such as "Read more", and ends soon after them."""
    words = _NOT_LETTERS.sub("", text).casefold()
    longest = 3 if is_cased(words) else 2
    return any(words.startswith(button) and len(words) <= longest * len(button) for button in word_lines("read_on"))


def _leads_elsewhere(context: Context, url: str | None) -> bool:
    """True for an address that is not the page's own."""
    address = host(url) if url else None
    return address is not None and not context.self.owns(address, context.reader.resolve(address))
