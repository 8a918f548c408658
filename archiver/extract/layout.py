"""Pages of the time before style sheets: the cell of a layout table that holds the article.

Tables of data keep many small cells; a table that lays out a page keeps most of the page's running text in one.
Extractors that know tables as data alone would give such a page back whole, menu and side columns included.
"""

from copy import copy

import lxml.html
from lxml import etree

_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "a", "option", "textarea"})
_SHARE = 0.6
_LEAST = 600  # characters of running text that make an article
_SENTENCE = 40  # characters of one piece of text that are running text


def main_cell(tree: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The innermost table cell that holds most of the running text of ``tree`` outside links, or None.

    One walk over the elements, and none at all on a page without tables.
    """
    if next(tree.iter("td"), None) is None:
        return None
    own: dict[etree._Element | None, int] = {}
    total = 0
    cells: list[etree._Element | None] = [None]
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            unseen += tag in _UNSEEN
            if tag in _CELLS:
                cells.append(element)
            running = 0 if unseen else _running(element.text)
        else:
            unseen -= tag in _UNSEEN
            if tag in _CELLS:
                cells.pop()
            running = 0 if unseen else _running(element.tail)
        if running:
            total += running
            own[cells[-1]] = own.get(cells[-1], 0) + running
    if not own or total < _LEAST:
        return None
    best = max(own, key=lambda cell: own[cell])
    return best if best is not None and own[best] >= _SHARE * total else None


def alone(cell: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """A copy of ``cell`` as a page of its own; the tree it stands in stays as it is."""
    page = lxml.html.document_fromstring("<html><body></body></html>")
    article = copy(cell)
    article.tag = "article"
    article.tail = None
    page[0].append(article)
    return page


def _running(text: str | None) -> int:
    if not text or len(text) < _SENTENCE:
        return 0
    length = len(" ".join(text.split()))
    return length if length >= _SENTENCE else 0
