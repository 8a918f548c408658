"""Names that markup says are people's: the text of a link to somebody's page, the name in an author's box.

Only names are found here; whether they sign the article is for ``byline`` to say.
"""

import re
from urllib.parse import unquote

from archiver.attribution.byline_names import fold, lexicon, names_at
from archiver.model import Block, Link, Page, Zone

PEOPLE = re.compile(
    r"/(?:authors?|autor\w{0,3}|auteurs?|yazar\w{0,3}|avtor|people|person|profiles?|profil|staff|writers?|by|u|users?"
    r"|journalist\w{0,3}|reporters?|contributors?|columnists?|redakteur\w{0,3}|team|bio|members?|editors?|bloggers?"
    r"|personnalites|redacteurs?|redactores|redazione|skribent\w{0,3}|journalister)/[^/]|@|mailto",
    re.I,
)
_BOX = re.compile(
    r"(?:^|[\s_-])author[\s_-]{0,2}(?:box|bio|card|info|name|profile|block|area|section|about|description|and)"
    r"|about[\s_-]{1,2}(?:the[\s_-])?author|post[\s_-]author",
    re.I,
)
AUTHORS = re.compile(r"(?:^|[\s_-])(?:author|byline|creator|auteur|autor|writer)s?(?:$|[\s_-])", re.I)
_NOT_THE_AUTHOR = re.compile(r"comment|related|recommend|teaser|menu|widget[\s_-]recent", re.I)
_PAGES_OF_MANY = re.compile(r"/(?:tag|tags|category|topic|topics|search)/", re.I)
_REST = re.compile(r"\s{0,2}(?:$|[,|(–—/·-])")
_LONGEST_BOX_NAME = 60
_HANDLE = re.compile(r"(?:u/|@)?([^\W_][\w.-]{2,29})")


def linked_people(page: Page, block: Block) -> list[tuple[int, int]]:
    """The places of the names in ``block`` that link to a page about their bearer."""
    return [place for link in block.links if PEOPLE.search(link.url) for place in _linked(page.text, link, block.hint)]


def all_people(block: Block) -> bool:
    """True when every link of ``block`` leads to people."""
    return bool(block.links) and all(PEOPLE.search(link.url) for link in block.links)


def handle_at(page: Page, block: Block, start: int) -> tuple[int, int] | None:
    """The place of the pen name at ``start``: one word that links to a page about its bearer, and is no desk."""
    for link in block.links:
        if link.start <= start < link.end and PEOPLE.search(link.url) and not _PAGES_OF_MANY.search(link.url):
            handle = _HANDLE.fullmatch(page.text, start, link.end)
            if handle is not None and fold(handle.group(1)) not in lexicon().bare_nobody:
                return handle.span(1)
    return None


def boxed_author(page: Page) -> tuple[int, int] | None:
    """The place of the first name that stands alone in a box about the author, below the headline."""
    below = False
    for block in page.blocks:
        below = below or block.zone is Zone.TITLE
        if not below or block.zone is Zone.COMMENTS or block.end - block.start > _LONGEST_BOX_NAME:
            continue
        if "author" not in block.hint or _BOX.search(block.hint) is None or _NOT_THE_AUTHOR.search(block.hint):
            continue
        names = names_at(page.text, block.start, block.end, promised=False)
        if len(names) == 1 and _REST.match(page.text[names[0][1] : block.end]):
            return names[0]
    return None


def _linked(text: str, link: Link, hint: str) -> list[tuple[int, int]]:
    if _PAGES_OF_MANY.search(link.url):
        return []
    names = names_at(text, link.start, link.end, promised=False)
    if names and names[0][0] == link.start and _REST.match(text[names[-1][1] : link.end]):
        return names
    handle = _HANDLE.fullmatch(text, link.start, link.end)
    if handle is None:
        return _written_small(text, link, hint)
    if fold(handle.group(1)) in lexicon().bare_nobody:
        return []
    return [(link.start, link.end)] if _letters(handle.group(1)) == _letters(_last_part(link.url)) else []


def _written_small(text: str, link: Link, hint: str) -> list[tuple[int, int]]:
    """Two or three small words that markup or the address of their bearer's page confirm: "ann lee" at "/ann-lee"."""
    words = text[link.start : link.end].split()
    if len(words) not in (2, 3) or not all(word.islower() and word.isalpha() for word in words):
        return []
    address = re.sub(r"[-_]\d{1,4}$", "", _last_part(link.url)).replace("_", "-").lower()
    return [(link.start, link.end)] if "-".join(words) == address or AUTHORS.search(hint) else []


def _last_part(url: str) -> str:
    return unquote(url.split("?", 1)[0].split("#", 1)[0].rstrip("/").rsplit("/", 1)[-1][:80])


def _letters(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())
