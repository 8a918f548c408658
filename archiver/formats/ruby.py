"""The small readings that ruby sets beside characters are taken out of a page, so that words and names stay whole.

``<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>都`` (HTML standard, section 4.5.10) is the word 東京都,
printed with letters over it that say how it is spoken. Kept in line, they would stand inside words and names: 東京都
would be found no more, and a name would be none. In parentheses they would do so too, and no browser shows those. What
the author wrote, and what others quote, is the base; the readings stay in the snapshot, and a note says how many.
"""

from itertools import islice

import lxml.html

READINGS = ("rt", "rp", "rtc")
_MOST = 20_000  # a book for children has fewer on a page
_LONGEST = 80  # characters of a reading; what is longer was never closed, and holds text of the page


def without_readings(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    """Take the readings out of ``tree``; a note on how many, or () when there were none.

    What only bears their name stays, as an element without a meaning: a reading without characters, one that holds
    paragraphs or is long, one outside of any ruby element.
    """
    count = 0
    for ruby in _outermost(list(islice(tree.iter("ruby"), _MOST)), "ruby"):
        readings = _outermost(list(islice(ruby.iter(*READINGS), _MOST)), *READINGS)
        if readings and all(map(_is_reading, readings)) and _length(ruby) > sum(map(_length, readings)):
            count += sum(1 for _ in ruby.iter("rt"))
            for reading in readings:
                reading.drop_tree()
    for other in list(tree.iter(*READINGS)):
        other.tag = "span"
    if not count:
        return ()
    return (f"{count} {'readings' if count > 1 else 'reading'} of characters (ruby) left out of the text",)


def _outermost(elements: list[lxml.html.HtmlElement], *tags: str) -> list[lxml.html.HtmlElement]:
    """Those of ``tags`` that stand in none of the others: end tags may be left out, and libxml2 nests them then."""
    among = set(elements)
    return [each for each in elements if among.isdisjoint(each.iterancestors(*tags))]


def _is_reading(element: lxml.html.HtmlElement) -> bool:
    return _length(element) <= _LONGEST and next(element.iter("p", "div", "li", "br", "table"), None) is None


def _length(element: lxml.html.HtmlElement) -> int:
    return len("".join(map(str, element.itertext())).strip())
