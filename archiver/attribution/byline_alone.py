"""A name that stands alone: near the headline it is a byline, under the text a signature.

Nothing announces it but its place, so it must look like a name and like nothing else: no button, tag, card, slogan,
agency, picture credit or job; and what the article itself writes with a small letter is no name.
"""

import re
from collections.abc import Iterator

from archiver.attribution.byline_judged import Name, identity_of, outlet_of
from archiver.attribution.byline_labels import LONGEST, begins_with_label, line_begin
from archiver.attribution.byline_links import AUTHORS, PEOPLE
from archiver.attribution.byline_names import behind_place, fold, lexicon, name_at, names_at
from archiver.model import Block, Meant, Page, Zone

_NO_SIGNATURES = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "button", "label", "option"}
)
_ONE_WORD = frozenset({"line", "p", "address"})  # where one word alone may be a signature
_STARTS = re.compile(
    r"[|•·–—/]\s{0,3}|\s-\s{1,3}|(?:(?:19|20)\d\d|\d\d:\d\d(?:\sUhr)?|\d{1,2}\.\d{1,2}\.\d\d)[,.]?\s{0,3}"
)
_DOMAIN = re.compile(r"(?:[\w-]{1,60}\.){1,3}[a-z]{2,10}", re.I)
_OWN_HINT = 60  # characters of a hint that speak of the element itself and what is nearest round it
_LONGEST_DATED = 90
_PARTS = re.compile(r"[|•·–—/]|\s-\s")
_WORDS_OF_ONE = 7
_WORDS_OF_NAME = 4
_AUTHORS_OWN = re.compile(r"^[\w-]{0,20}\s?(?:[\w-]{1,20}[_-])?(?:author|auteur|autor|writer)(?:$|[\s_-])", re.I)
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./]\d\d|\d\d:\d\d")
_DAY_OR_HOUR = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d|\d\d:\d\d|\d{1,2}\.?\s[^\W\d_]{3,12}\.?,?\s20\d\d|[^\W\d_]{3,12}\s\d{1,2},\s20\d\d"
)
_AGENCY = re.compile(r"\b(?:Getty|Shutterstock|iStock|Alamy|Unsplash|Pixabay|AP Photo|Wikimedia)\b")
_PICTURE_CREDIT = re.compile(r"\s?/\s?[A-ZÀ-Þ][^\n/]{1,40}")
_SLIDES = re.compile(r"slider|carousel|ticker|marquee", re.I)
_OF_A_LIST = re.compile(r"card|teaser|title|label|headline|taxonomy|(?:^|[\s_-])tags?(?:$|[\s_-])", re.I)
_LABEL_SIGN = re.compile(r"[:：՝꞉]")


def has_day(page: Page, block: Block) -> bool:
    """True for a short line with a day or an hour."""
    return block.end - block.start < _LONGEST_DATED and _DAY_OR_HOUR.search(page.quote(block)) is not None


def bare_names(
    page: Page, block: Block, own: frozenset[str], near: list[Block], *, placed: bool = True
) -> Iterator[Name]:
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
    if _is_other_link(block) and (AUTHORS.search(block.hint) is None or _is_sentence(text, block)):
        return
    if (
        block.tag in ("button", "label")
        or text.startswith("[", block.start)
        or _SLIDES.search(block.hint[:80])
        or begins_with_label(page.text, begins, block.end)
    ):
        return
    rule = "byline/bare-name@1" if placed else "byline/name-nearby@1"
    starts = [begins, *(match.end() for match in _STARTS.finditer(text, begins, block.end))]
    for start in starts:
        if text.startswith("By", start) and text[start + 2 : start + 3].isupper():
            start += len("By")  # "ByAnn Lee": two elements glued together
        elif start != begins and begins_with_label(text, start, block.end):
            continue
        names = names_at(text, start, block.end, promised=False)
        if names and (_PICTURE_CREDIT.match(text, names[-1][1], block.end) or _AGENCY.search(text, start, block.end)):
            return  # "Jane Doe/AP" took the picture
        if names and _stops_after(text, _behind(text, names[-1][1], block), block.end):
            hinted = 10 if "author" in block.hint or "byline" in block.hint else 0
            for first, last in names:
                if _too_long(text[first:last]):
                    continue
                weight = 48 + hinted + 12 * dated + 6 * (block.zone is Zone.BYLINE)
                weight += 8 * (page.text.count(text[first:last]) > 1) - 16 * _written_small(page, text[first:last])
                yield Name("author", first, last, rule, min(weight, 72))
            return
    yield from _announced(page, block, begins, dated=dated)


def _announced(page: Page, block: Block, begins: int, *, dated: bool) -> Iterator[Name]:
    """What is all there is in an element of the author's: a first name alone, or a surname that is a word, too."""
    word = page.text[begins : block.end]
    if not (AUTHORS if " " in word else _AUTHORS_OWN).search(block.hint[:_OWN_HINT]):
        return
    place = name_at(page.text, begins, block.end, promised=True)
    if place is None or (" " not in word and fold(word) in lexicon().bare_nobody) or _too_long(word):
        return
    if fold(word.split()[0]) in lexicon().modifiers | lexicon().roles:
        return  # "Former Consultant"
    if " " not in word or place == (begins, block.end):
        yield Name("author", begins, block.end, "byline/bare-name@1", 52 + 8 * dated)


def signature(page: Page, block: Block, own: frozenset[str], following: Block | None) -> Iterator[Name]:
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
    if identity_of(page.text[begins:end]) in own or begins_with_label(page.text, begins, block.end):
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
    weight = 62 if not one_word else (60 if following is not None and _like_credit(page, following) else 45)
    weight += 2 * (following is not None and _is_credit(page, following))
    weight -= 16 * _written_small(page, page.text[slice(*place)])
    yield Name("author", *place, "byline/sign-off@1", weight, Meant.INFERRED)


def _like_credit(page: Page, block: Block) -> bool:
    """True for what stands under a signature: more than one word, or an address."""
    quote = page.quote(block)
    return len(quote) <= 120 and (" " in quote or bool(_DOMAIN.search(quote)))


def _is_credit(page: Page, block: Block) -> bool:
    """True for a line that says where the text came from, or who else worked on it."""
    if block.end - block.start > LONGEST:
        return False
    labelled = begins_with_label(page.text, line_begin(page.text, block), block.end)
    return labelled or _DOMAIN.search(page.quote(block)) is not None


def only_names(page: Page, block: Block) -> bool:
    """True for a line among the paragraphs that is several names and nothing else."""
    if block.zone is not Zone.BODY or block.end - block.start > LONGEST or block.tag in _NO_SIGNATURES:
        return False
    if page.text[block.end - 1] in ".!?:" or not page.text[block.start].isupper():
        return False  # as most paragraphs end, and few lines of names
    names = names_at(page.text, block.start, block.end, promised=False)
    shouted = page.quote(block).isupper()  # a slogan
    return len(names) > 1 and names[-1][1] == block.end and not shouted


def dated_line(page: Page, block: Block) -> bool:
    """True for a short line with a date and a sign between its parts, which took its place among the paragraphs."""
    if block.zone is not Zone.BODY or block.end - block.start > _LONGEST_DATED:
        return False
    quote = page.quote(block)
    return quote[0].isalpha() and _PARTS.search(quote) is not None and _DAY_OR_HOUR.search(quote) is not None


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


def _behind(text: str, at: int, block: Block) -> int:
    """In a byline where the place ends that closes the line behind a name: "Ann Lee in Hill"."""
    end = behind_place(text, at, block.end) if block.zone is Zone.BYLINE else at
    return end if end == block.end else at


def _is_other_link(block: Block) -> bool:
    """True for a line that is one link to something else than people: a button, a tag, another article."""
    linked = sum(link.end - link.start + 1 for link in block.links)
    if not block.links or linked < block.end - block.start - 2:
        return False
    return not any(PEOPLE.search(link.url) for link in block.links)


def _is_sentence(text: str, block: Block) -> bool:
    """True for more words than a line of one person has."""
    return len(text[block.start : block.end].split()) > _WORDS_OF_ONE
