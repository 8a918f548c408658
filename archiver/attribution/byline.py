"""Who signed: authors, translators, photographers, agencies and the account that posted, each with the words for it.

Only the head of an article and its end are read, zone by zone; a name in a related list or a footer signs nothing.
A byline that is the site's own name is the account that posted, never an author; jobs and desks are no names.

Rules and weights (50 and more is shown)::

    byline/label          85  "Author: X", "Written by X", "Müəllif: X" near the headline; 70 below the text
    byline/preposition    80  "By X", "von X", "par X" before the shape of a name
    byline/bare-name      66  a name alone near the headline; less where the text speaks of that person
    byline/pen-name       60  one word behind "by" that links to a page about its bearer, where metadata names nobody
    byline/people-link    64  a name near the headline that links to a page about its bearer
    byline/author-box     56  a name alone in a box about the author, where nothing else names one (inferred)
    byline/portrait       58  "Avatar for X", "Picture of X" beside the headline
    byline/sign-off       62  a name alone between the last paragraph and the furniture (inferred)
    byline/translator     88  "Translated by X", "Перевод: X", "Tərcümə: X"
    byline/photo          70  "Photo: X"
    byline/agency         75  a byline that is a news agency
    byline/own-account    80  a byline that is the site's own name
"""

import itertools
import re
from collections.abc import Iterator

from archiver.attribution.byline_judged import (
    NOT_SHOWN,
    Name,
    identity_of,
    made_candidate,
    outlet_of,
    own_identities,
    weaken_bare,
    without_subjects,
)
from archiver.attribution.byline_labels import LONGEST, SIGN, labelled_names, labels_in, line_begin
from archiver.attribution.byline_links import PEOPLE, all_people, boxed_author, linked_people
from archiver.attribution.byline_names import fold, lexicon, name_at, names_at
from archiver.model import Block, Candidate, Meant, Page, Zone

_ABOVE = 8  # blocks above the headline that may hold a byline
_BELOW = 14  # blocks below the text where an author's box may stand
_SIGNED_BELOW = 3  # blocks right below the text where a signature may stand in a byline of its own
_FROM_END = 4
_SIGNED = (Zone.TAIL, Zone.BYLINE)
_NO_SIGNATURES = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "button", "label", "option"}
)
_ONE_WORD = frozenset({"line", "p", "address"})  # where one word alone may be a signature
_STARTS = re.compile(
    r"[|•·–—/]\s{0,3}|\s-\s{1,3}|(?:(?:19|20)\d\d|\d\d:\d\d(?:\sUhr)?|\d{1,2}\.\d{1,2}\.\d\d)[,.]?\s{0,3}"
)
_DOMAIN = re.compile(r"(?:[\w-]{1,60}\.){1,3}[a-z]{2,10}", re.I)
_OTHERS = (Zone.COMMENTS, Zone.RELATED)  # whoever is named there signed something else
_NO_BYLINES = frozenset(
    {Zone.TITLE, Zone.CAPTION, Zone.CONSENT, Zone.COMMENTS, Zone.NAVIGATION, Zone.RELATED, Zone.FOOTER, Zone.BREADCRUMB}
)
_OTHERS_SPEAK = frozenset({Zone.COMMENTS, Zone.CAPTION, Zone.FOOTER, Zone.TITLE, Zone.CONSENT})
_LABEL_ALONE = 24  # characters of a line that is nothing but a label
_JUST_ABOVE = 3  # blocks right above the headline
_JUST_BELOW = 12
_SHORT = 60
_OWN_HINT = 60  # characters of a hint that speak of the element itself and what is nearest round it
_LONGEST_DATED = 90
_PARTS = re.compile(r"[|•·–—/]|\s-\s")
_WORDS_OF_ONE = 7
_WORDS_OF_NAME = 4
_MISTAKEN = frozenset({Zone.BODY, Zone.NAVIGATION, Zone.FOOTER})
_AUTHOR_MARK = re.compile(r"(?:^|[\s_-])(?:author|byline|creator|auteur|autor|writer)s?(?:$|[\s_-])", re.I)
_AUTHORS_OWN = re.compile(r"^[\w-]{0,20}\s?(?:[\w-]{1,20}[_-])?(?:author|auteur|autor|writer)(?:$|[\s_-])", re.I)
_HEAD_ONLY = ("byline/preposition@1", "byline/portrait@1")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./]\d\d|\d\d:\d\d")
_DAY_OR_HOUR = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d|\d\d:\d\d|\d{1,2}\.?\s[^\W\d_]{3,12}\.?,?\s20\d\d|[^\W\d_]{3,12}\s\d{1,2},\s20\d\d"
)
_AGENCY = re.compile(r"\b(?:Getty|Shutterstock|iStock|Alamy|Unsplash|Pixabay|AP Photo|Wikimedia)\b")
_PICTURE_CREDIT = re.compile(r"\s?/\s?[A-ZÀ-Þ][^\n/]{1,40}")
_OF_A_LIST = re.compile(r"card|teaser|title|label|headline|taxonomy|(?:^|[\s_-])tags?(?:$|[\s_-])", re.I)
_LABEL_SIGN = re.compile(r"[:：՝꞉]")


def candidates(page: Page, own_names: frozenset[str] = frozenset()) -> list[Candidate]:
    """Candidates for ``author``, ``translator``, ``photo_credit``, ``agency`` and ``posted_by``, in page order.

    ``own_names`` are names and hosts of the site itself; what the page shows of itself is added. Every quote is
    ``page.text[start:end]``. The page must be zoned.
    """
    own = own_identities(page, own_names)
    found = [*_in_head(page, own), *_in_tail(page, own), *_in_captions(page)]
    found.extend(_in_box(page, found))
    settled = without_subjects(page, weaken_bare(page, found, own))
    unique: dict[tuple[str, int, int], Name] = {}
    for name in sorted(settled, key=lambda name: -name.weight):
        unique.setdefault((name.property, name.start, name.end), name)
    return [made_candidate(page, name, own) for name in sorted(unique.values(), key=lambda name: name.start)]


def _in_head(page: Page, own: frozenset[str]) -> Iterator[Name]:
    blocks = _head(page)
    nearest = _behind_headline(page)
    for i, block in enumerate(blocks):
        following = nearest.get(block.start)
        if block.zone in _NO_BYLINES and not _names_its_author(page, block):
            if following is not None:
                yield from _mistaken(page, block, following, own)
            continue
        labelled = [
            name
            for name in labelled_names(page, block, following, own, 0)
            if block.tag == "line" or block.zone is not Zone.FURNITURE or name.rule not in _HEAD_ONLY
        ]
        yield from labelled
        if not labelled:
            yield from _linked(page, block)
        marked = block.zone in (Zone.BYLINE, Zone.FURNITURE) or _names_its_author(page, block)
        if (marked or _dated_line(page, block)) and not labelled:
            yield from _bare(page, block, own, near=[*blocks[max(0, i - 2) : i], *blocks[i + 1 : i + 3]])


def _behind_headline(page: Page) -> dict[int, Block]:
    """What stands behind each block between a little above the headline and the second paragraph."""
    titles = [i for i, block in enumerate(page.blocks) if block.zone is Zone.TITLE]
    bodies = [i for i, block in enumerate(page.blocks) if block.zone is Zone.BODY]
    first = max(0, titles[0] - _JUST_ABOVE) if titles else 0
    last = bodies[min(1, len(bodies) - 1)] + 1 if bodies else len(page.blocks)
    near = page.blocks[first : min(last, first + _JUST_ABOVE + _JUST_BELOW) + 1]
    return {block.start: following for block, following in itertools.pairwise(near)}


def _mistaken(page: Page, block: Block, following: Block, own: frozenset[str]) -> Iterator[Name]:
    """Names close to the headline in what was taken for a menu or list: links to people only, or a label alone."""
    if block.zone is Zone.COMMENTS or block.tag == "li":
        return
    if all_people(block):
        yield from _linked(page, block)
    if block.end - block.start <= _LABEL_ALONE:
        yield from (n for n in labelled_names(page, block, following, own, 0) if n.start >= following.start)


def _linked(page: Page, block: Block) -> Iterator[Name]:
    """Names that link to a page about their bearer, unless a label says that these did something else."""
    if block.end - block.start > LONGEST or block.zone in _OTHERS_SPEAK:
        return
    people = linked_people(page, block) if block.links else []
    labels = list(labels_in(page.text, block)) if people else []
    for start, end in people:
        label = next((kind for at, _, kind in reversed(labels) if at < start), "author")
        if SIGN.get(label) == "author":
            yield Name("author", start, end, "byline/people-link@1", 64)


def _in_box(page: Page, found: list[Name]) -> list[Name]:
    """The name in a box about the author, where nobody else is named."""
    if any(n.property == "author" and n.weight > NOT_SHOWN for n in found):
        return []
    place = boxed_author(page)
    return [Name("author", *place, "byline/author-box@1", 56, Meant.INFERRED)] if place else []


def _names_its_author(page: Page, block: Block) -> bool:
    """True for a short block between headline and text that is marked as the author's, whatever zone it fell into."""
    if block.zone not in _MISTAKEN or block.end - block.start > _SHORT:
        return False
    return _AUTHOR_MARK.search(block.hint) is not None and not page.text.startswith("#", block.start)


def _dated_line(page: Page, block: Block) -> bool:
    """True for a short line with a date and a sign between its parts, which took its place among the paragraphs."""
    if block.zone is not Zone.BODY or block.end - block.start > _LONGEST_DATED:
        return False
    quote = page.quote(block)
    return quote[0].isalpha() and _PARTS.search(quote) is not None and _DAY_OR_HOUR.search(quote) is not None


def _head(page: Page) -> list[Block]:
    """The blocks round the headline, down to the second paragraph."""
    titles = [i for i, block in enumerate(page.blocks) if block.zone is Zone.TITLE]
    bodies = [i for i, block in enumerate(page.blocks) if block.zone is Zone.BODY]
    if page.fragment is not None:
        return [block for block in page.blocks if block.zone in (Zone.BYLINE, Zone.DEK, Zone.BODY)]
    last = bodies[min(1, len(bodies) - 1)] + 1 if bodies else len(page.blocks)
    first = max(0, (titles[0] if titles else (bodies[0] if bodies else 0)) - _ABOVE)
    last = max(first, min(last, first + _ABOVE + 40))
    lower = page.blocks[last : bodies[min(4, len(bodies) - 1)]] if bodies else ()
    return [*page.blocks[first:last], *(block for block in lower if block.zone is Zone.BYLINE)]


def _in_tail(page: Page, own: frozenset[str]) -> Iterator[Name]:
    ends = [i for i, block in enumerate(page.blocks) if block.zone in (Zone.BODY, Zone.TAIL)]
    if not ends:
        return
    tail = [block for block in page.blocks if block.zone is Zone.TAIL]
    bodies = [block for block in page.blocks if block.zone is Zone.BODY]
    below = [b for b in page.blocks[ends[-1] + 1 : ends[-1] + 1 + _BELOW] if b.zone not in _OTHERS or _of_author(b)]
    marked = [b for b in _last_blocks(page, ends) if b.zone is Zone.BYLINE]
    near = [*(bodies[-2:] if len(bodies) > 3 else ()), *tail, *marked, *(b for b in below if b not in marked)]
    for i, block in enumerate(near):
        following = near[i + 1] if i + 1 < len(near) else None
        names = labelled_names(page, block, following, own, 0 if block.zone in _SIGNED else 15)
        yield from (name for name in names if name.rule not in _HEAD_ONLY or block.zone in _SIGNED)
    ends_with = [block for block in page.blocks[ends[-1] + 1 :][:_SIGNED_BELOW] if block.zone is Zone.BYLINE]
    signatures = [*bodies[-1:], *tail[:4], *ends_with]
    for i, block in enumerate(signatures):
        following = signatures[i + 1] if i + 1 < len(signatures) else None
        yield from _signed(page, block, own, credit_follows=following is not None and _like_credit(page, following))


def _of_author(block: Block) -> bool:
    """True for a short line below the text that is marked as the author's, although it fell among lists."""
    short = block.zone is Zone.RELATED and block.end - block.start <= _SHORT
    return short and _AUTHOR_MARK.search(block.hint) is not None


def _last_blocks(page: Page, ends: list[int]) -> tuple[Block, ...]:
    """From the third paragraph before the last to a few blocks below it."""
    return page.blocks[ends[max(0, len(ends) - _FROM_END)] : ends[-1] + 1 + _SIGNED_BELOW]


def _like_credit(page: Page, block: Block) -> bool:
    """True for what stands under a signature: more than one word, or an address."""
    quote = page.quote(block)
    return len(quote) <= 120 and (" " in quote or bool(_DOMAIN.search(quote)))


def _in_captions(page: Page) -> Iterator[Name]:
    for block in page.blocks:
        if block.zone is Zone.CAPTION and block.end - block.start <= LONGEST:
            yield from (
                name for name in labelled_names(page, block, None, frozenset(), 0) if name.property == "photo_credit"
            )


def _bare(page: Page, block: Block, own: frozenset[str], near: list[Block]) -> Iterator[Name]:
    """A name alone, or at the start of a part of a byline; the site's own name is the account that posted.

    A date beside it, its place in the byline or its coming again make it firmer; words that the page also writes
    small are no name.
    """
    if block.end - block.start > LONGEST:
        return
    dated = any(_DATED.search(page.quote(other)) for other in (block, *near) if other.end - other.start <= 120)
    text, begins = page.text, line_begin(page.text, block)
    if begins < block.end and identity_of(text[begins : block.end]) in own:
        yield Name("author", begins, block.end, "byline/bare-name@1", 66)
        return
    if _is_other_link(block) and (_AUTHOR_MARK.search(block.hint) is None or _is_sentence(text, block)):
        return
    if (
        block.tag in ("button", "label")
        or text.startswith("[", block.start)
        or next(labels_in(page.text, block), (-1, 0, ""))[0] == begins
    ):
        return
    starts = [begins, *(match.end() for match in _STARTS.finditer(text, begins, block.end))]
    for start in starts:
        names = names_at(text, start, block.end, promised=False)
        if names and (_PICTURE_CREDIT.match(text, names[-1][1], block.end) or _AGENCY.search(text, start, block.end)):
            return  # "Jane Doe/AP" took the picture
        if names and _stops_after(text, names[-1][1], block.end):
            hinted = 10 if "author" in block.hint or "byline" in block.hint else 0
            for first, last in names:
                if _too_long(text[first:last]):
                    continue
                weight = 48 + hinted + 12 * dated + 6 * (block.zone is Zone.BYLINE)
                weight += 8 * (page.text.count(text[first:last]) > 1) - 16 * _written_small(page, text[first:last])
                yield Name("author", first, last, "byline/bare-name@1", min(weight, 72))
            return
    yield from _one_word(page, block, begins, dated=dated)


def _one_word(page: Page, block: Block, begins: int, *, dated: bool) -> Iterator[Name]:
    """A first name, or a name that is written without spaces, that is all there is in an element of the author's."""
    if not _AUTHORS_OWN.search(block.hint[:_OWN_HINT]) or " " in (word := page.text[begins : block.end]):
        return
    if fold(word) in lexicon().bare_nobody or name_at(page.text, begins, block.end, promised=True) is None:
        return
    yield Name("author", begins, block.end, "byline/bare-name@1", 52 + 8 * dated)


def _too_long(name: str) -> bool:
    """True for more words than a name has, unless small ones ("de la") join them."""
    words = name.split()
    return len(words) > _WORDS_OF_NAME and not any(word.islower() for word in words)


def _written_small(page: Page, name: str) -> int:
    """How many words of ``name`` the article also writes with a small letter: "Key Points", not "Ann Lee"."""
    words = {word.lower() for word in name.split() if len(word) > 2 and word[0].isupper()}
    text = "".join(page.quote(block) + " " for block in page.blocks if block.zone in (Zone.BODY, Zone.DEK))
    return sum(1 for word in words if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def _stops_after(text: str, at: int, end: int) -> bool:
    """True when what follows a bare name is not the rest of a sentence: nothing, a sign, a number, a job."""
    rest = text[at:end].lstrip()
    return not rest or not rest[0].islower() or (at < len(text) and not text[at].isspace())


def _signed(page: Page, block: Block, own: frozenset[str], *, credit_follows: bool) -> Iterator[Name]:
    """A sign-off: a name that is all there is in the line."""
    begins = line_begin(page.text, block)
    end = begins + len(page.text[begins : block.end].rstrip(" .)]"))
    if not begins < end <= begins + 60 or _DOMAIN.fullmatch(page.text[begins:end]):
        return
    if block.tag in _NO_SIGNATURES or _is_other_link(block) or page.text.startswith("[", block.start):
        return
    if _OF_A_LIST.search(block.hint[:80]):
        return
    if _LABEL_SIGN.search(page.text, begins, end):
        return  # "Source: X" and "Translation: Y" say what the name is, and others read it
    if identity_of(page.text[begins:end]) in own or next(labels_in(page.text, block), (-1, 0, ""))[0] == begins:
        return  # "Translated by X": the label says who X is
    place = name_at(page.text, begins, end, promised=True)
    if place is None or place[1] < end - 1 or not page.text[place[0]].isupper():
        return
    name = page.text[slice(*place)]
    one_word = " " not in name
    beside = outlet_of(name.partition(" ")[2])
    if beside is not None and beside.type == "agency":
        return  # "Avec AFP"
    if (name.isupper() and len(name.split()) > 2) or _too_long(name):
        return  # a heading sooner than a signature
    if one_word and (block.zone is not Zone.TAIL or block.tag not in _ONE_WORD):
        return
    if not one_word and any(fold(word) in lexicon().bare_nobody for word in page.text[slice(*place)].split()):
        return  # nothing announces it, and "Evening Post" is no person
    weight = 62 if not one_word else (60 if credit_follows else 45)
    weight -= 16 * _written_small(page, page.text[slice(*place)])
    yield Name("author", *place, "byline/sign-off@1", weight, Meant.INFERRED)


def _is_other_link(block: Block) -> bool:
    """True for a line that is one link to something else than people: a button, a tag, another article."""
    linked = sum(link.end - link.start + 1 for link in block.links)
    if not block.links or linked < block.end - block.start - 2:
        return False
    return not any(PEOPLE.search(link.url) for link in block.links)


def _is_sentence(text: str, block: Block) -> bool:
    """True for more words than a line of one person has."""
    return len(text[block.start : block.end].split()) > _WORDS_OF_ONE
