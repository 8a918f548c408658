"""Tags of thousands of attributes are thinned before a parser sees them: libxml2 compares each with all before it.

Measured with libxml2 2.14.6: 20,000 attributes of one element take 0.5 s, 60,000 take 5 s, 200,000 a minute.
"""

import re

# Pages shorter than this cannot hold enough attributes to matter.
_HARMLESS = 20_000
_LONGEST_TAG = 20_000
_MOST_NAMES = 2_000
_MOST_KEPT = 256
KEPT = frozenset({"class", "id", "itemprop", "itemtype", "rel", "href", "src", "role", "datetime", "content"})
# A comment, or a tag from "<" to its ">" with quoted values whole, and a program with its tag. Every part is possessive
# and the end of the text closes what is open, so that each character is looked at once. What is most common is asked
# for first: a search that begins with "<" alone, a name that is no program's, a quote right behind its "=".
_VALUE = r"\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)"
_TAG = re.compile(
    r"<(?:(?P<tag>(?:[a-rt-zA-RT-Z]|(?P<program>(?i:script|style))(?=[\s/>])|[sS])"
    rf"(?:[^=>]++|=(?:{_VALUE}|\s{{0,9}}+(?:{_VALUE}|)))*+)"
    r"(?(program)(?:[^<]++|<(?!/(?i:script|style)))*+)"
    r"|!--(?:[^-]++|-(?!->))*+)"
)
_ATTRIBUTE = re.compile(r"[^\s>/=]++(?:\s{0,9}=\s{0,9}(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]*+))?|[/=]")


def thinned(text: str) -> tuple[str, int]:
    """``text`` with only the common attributes of tags that have more than 2,000, and how many tags that were."""
    if len(text) < _HARMLESS:
        return text, 0
    out: list[str] = []
    place = count = 0
    for found in _TAG.finditer(text):
        start, end = found.start(), found.end("tag")  # -1 for a comment
        if end - start < _LONGEST_TAG:
            continue
        pieces = _ATTRIBUTE.findall(text, start, end)
        if len(pieces) > _MOST_NAMES:
            common = [piece for piece in pieces[1:] if piece.partition("=")[0].strip().lower() in KEPT]
            out += [text[place:start], " ".join([pieces[0], *common[:_MOST_KEPT]])]
            place = end
            count += 1
    return ("".join([*out, text[place:]]), count) if count else (text, 0)
