"""The clean editorial text of a page, and where each of its characters stands on the page.

The only door to trafilatura (Barbaresi, "Trafilatura", ACL 2021 demo). It gets the tree that is already parsed, a
fixed set of options, and nothing that reads the clock or remembers earlier pages: no deduplication, no metadata, no
date search. Its quick rules read the page first; where they give far less than the page shows, its slow ones, which
ask two other extractors, read it again. Measured over 1,133 development pages (text F1 / snippet F1 / CPU ms a page):
slow for all .9443 / .9185 / 26.0, quick for all .9410 / .9078 / 15.0, quick and in doubt slow .9477 / .9154 / 16.5;
``archiver.extract.fitting`` then makes it .9567 / .9311.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import lxml.html
from trafilatura import bare_extraction

from archiver.extract import chrome, layout
from archiver.extract.fitting import fit
from archiver.extract.pieces import pieces, with_invisible
from archiver.model import Block, Page, TextPiece, Zone

# A running paragraph, when blocks have to be judged without trafilatura.
_PARAGRAPH = 40
_LEAD = 80  # a hidden one, when it has to be told from labels
_GAP = 2
_PARAGRAPHS = "\n\n"  # between two of them
# The alarm rings when this much more running text stands in article-like blocks than in the clean text.
_LOSS_RATIO = 2.5
_LOSS_CHARACTERS = 1_500
# What no reader sees and trafilatura does not know as hidden (HTML standard, sections 4.12.3 and 6.1).
_TEMPLATES = "//template"
_HIDDEN = "//*[@hidden][not(@hidden='until-found')]"
_MAY_BE_HIDDEN = "//@hidden/.."  # a third cheaper to ask for than the same with its exception
_HIDDEN_ARTICLE = 4  # hidden paragraphs that are no note or dialogue any more: the text waits there for a script
# Less text than this, or than this share of the page's running text, is worth a second and slower look.
_DOUBTFUL = 250
_MOST_ELEMENTS = 20_000
_MOST_CHILDREN = 3_000  # in one element; none of 1,475 news pages has half as many
_CROWDED = f"boolean(//*[*[{_MOST_CHILDREN + 1}]])"
_DOUBTFUL_SHARE = 0.3


def clean(page: Page, captured_at: datetime | None) -> tuple[str, tuple[TextPiece, ...]]:
    """The clean text of ``page`` and the pieces that lead from it to ``page.text``.

    For a text dump (no tree) and for a fragment the text follows from the zones of the blocks, so zones come
    first there. ``captured_at`` is not used today and stands for the promise: nothing here may ask the clock.
    """
    text, found, _ = clean_and_notes(page, captured_at)
    return text, found


def clean_and_notes(page: Page, captured_at: datetime | None) -> tuple[str, tuple[TextPiece, ...], tuple[str, ...]]:
    """As ``clean``, and in words why the extractor was not asked, where it was not."""
    del captured_at
    if page.fragment is not None:
        return page.text, (TextPiece(0, 0, len(page.text)),) if page.text else (), ()
    if page.tree is None:
        return (*chrome.clean(page), ())
    vast = _vast(page.tree)
    text = None if vast else _extracted(page)
    if text is None:
        return (*from_blocks(page, longest_run(page)), (vast,) if vast else ())
    text = with_invisible(text, page.text)
    return (*fit(page, text, pieces(text, page.text)), ())


def from_blocks(page: Page, blocks: Sequence[Block]) -> tuple[str, tuple[TextPiece, ...]]:
    """The text of ``blocks``, one a paragraph, with its pieces."""
    paragraphs: list[str] = []
    found: list[TextPiece] = []
    start = 0
    for block in blocks:
        quote = page.quote(block)
        paragraphs.append(quote)
        found.append(TextPiece(start, block.start, len(quote)))
        start += len(quote) + len(_PARAGRAPHS)
    return _PARAGRAPHS.join(paragraphs), tuple(found)


def longest_run(page: Page) -> list[Block]:
    """The longest run of paragraphs with at most two other lines between them; the fallback for odd pages."""
    best = range(0)
    first = size = best_size = gap = 0
    for index, block in enumerate(page.blocks):
        if is_running(block):
            size += block.end - block.start
            gap = 0
        else:
            gap += 1
        if gap > _GAP:
            first, size = index + 1, 0
        if size > best_size:
            best, best_size = range(first, index + 1), size
    return [page.blocks[index] for index in best if is_running(page.blocks[index])]


def is_running(block: Block) -> bool:
    """True for a paragraph-like block: long enough, mostly outside links, not in a part of furniture."""
    length = block.end - block.start
    linked = sum(link.end - link.start for link in block.links)
    return length >= _PARAGRAPH and linked * 2 < length and block.zone in {Zone.BODY, Zone.DEK, Zone.TAIL, Zone.SECTION}


def running(page: Page) -> int:
    """How many characters of ``page`` stand in paragraph-like blocks."""
    return sum(block.end - block.start for block in page.blocks if is_running(block))


def loss(page: Page, text: str) -> str | None:
    """A note when the page shows far more running text than ``text`` holds, else None."""
    if page.tree is None or page.fragment is not None:
        return None
    shown = running(page)
    if shown - len(text) < _LOSS_CHARACTERS or shown < _LOSS_RATIO * len(text):
        return None
    return f"the page shows {shown} characters of running text, the clean text holds {len(text)}: some may be missing"


def _vast(tree: lxml.html.HtmlElement) -> str | None:
    """A note on a page of many times the elements of any news page, else None: extractors take the square of them."""
    elements = int(tree.xpath("count(//*)"))
    if elements > _MOST_ELEMENTS:
        why = f"the page is made of {elements} elements"
    elif elements > _MOST_CHILDREN and tree.xpath(_CROWDED):
        why = f"one element of the page holds more than {_MOST_CHILDREN} others"
    else:
        return None
    return f"{why}: trafilatura was not asked, and the clean text is the longest run of paragraphs"


def _extracted(page: Page) -> str | None:
    cell = layout.main_cell(page.tree)
    tree = page.tree if cell is None else layout.alone(cell)
    unseen = _unseen(page.tree)
    text = _by_trafilatura(tree, unseen, fast=True)
    if len(text) < _DOUBTFUL or len(text) < _DOUBTFUL_SHARE * running(page):
        text = _by_trafilatura(tree, unseen, fast=False)
    return text or None


def _by_trafilatura(tree: lxml.html.HtmlElement, unseen: list[str] | None, *, fast: bool) -> str:
    """The lines that trafilatura takes for the article, or ""; ``fast`` asks no other extractor."""
    document = bare_extraction(
        tree,
        fast=fast,
        favor_recall=fast,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        include_formatting=False,
        deduplicate=False,
        with_metadata=False,
        prune_xpath=unseen,
    )
    if document is None or isinstance(document, dict):
        return ""
    return "\n".join(" ".join(line.split(" ")).strip() for line in (document.text or "").split("\n") if line.strip())


def _unseen(tree: lxml.html.HtmlElement) -> list[str] | None:
    """What no reader sees and trafilatura takes for text, unless the whole article is kept hidden.

    None where there is no such thing, as on most pages: to look through a page for nothing costs trafilatura a tenth.
    """
    hidden = [element for element in tree.xpath(_MAY_BE_HIDDEN) if element.get("hidden") != "until-found"]
    paragraphs = {
        paragraph
        for element in hidden
        for paragraph in islice(element.iter("p"), 4 * _HIDDEN_ARTICLE)
        if len("".join(islice(map(str, paragraph.itertext()), 8))) >= _LEAD
    }
    if hidden and len(paragraphs) <= _HIDDEN_ARTICLE:
        return [_TEMPLATES, _HIDDEN]
    return None if next(tree.iter("template"), None) is None else [_TEMPLATES]
