"""Who signed: authors, translators, photographers, agencies and the account that posted, each with the words for it.

Only the head of an article and its end are read, zone by zone; a name in a related list or a footer signs nothing.
A byline that is the site's own name is the account that posted, never an author; jobs and desks are no names.

Rules and weights (50 and more is shown)::

    byline/label          85  "Author: X", "Written by X", "Müəllif: X" near the headline; 70 below the text
    byline/preposition    80  "By X", "von X", "par X" before the shape of a name
    byline/bare-name      66  a name alone near the headline; less where the text speaks of that person
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.attribution.byline_links import PEOPLE, all_people, boxed_author, linked_people
from archiver.attribution.byline_names import fold, lexicon, name_at, names_at
from archiver.attribution.languages import code_of
from archiver.model import Block, Candidate, Meant, Page, Zone
from archiver.outlets import Outlet, default_registry

_ABOVE = 8  # blocks above the headline that may hold a byline
_NOT_SHOWN = 45
_FIRM_BARE = 64  # a bare name with a date beside it
_BELOW = 14  # blocks below the text where an author's box may stand
_SIGNED_BELOW = 3  # blocks right below the text where a signature may stand in a byline of its own
_FROM_END = 4
_SIGNED = (Zone.TAIL, Zone.BYLINE)
_NO_SIGNATURES = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "button", "label", "option"}
)
_ONE_WORD = frozenset({"line", "p", "address"})  # where one word alone may be a signature
_LONGEST = 220  # characters of a line that can be a byline
_OF = frozenset({"de", "da", "di", "od"})  # also "of", unlike "von" and "par"
_AFTER_LABEL = re.compile(r"\s{0,3}(?:[:：՝=/]|\s?[–—-](?=\s))?\s{0,3}")
_STARTS = re.compile(r"[|•·–—/]\s{0,3}|(?:(?:19|20)\d\d|\d\d:\d\d(?:\sUhr)?)[,.]?\s{0,3}")
_BULLET = re.compile(r"[\s•·●*–—|(\[-]{1,6}")
_EMAIL = re.compile(r"[\w.+-]{1,60}@([\w-]{1,60}(?:\.[\w-]{1,30}){1,3})")
_DOMAIN = re.compile(r"(?:[\w-]{1,60}\.){1,3}[a-z]{2,10}", re.I)
_CRUMB = re.compile(r"\s[>»›/→]\s")
_COPYRIGHT_PART = re.compile(r"©|\([cC]\)|[–—|,.](?:\s|$)|\b(?:19|20)\d\d\b")
_GLUED = re.compile(r"^(.{3,40})\1$")
_ENDING = re.compile(r"\.(?:com|org|net|info|news|media|press|tv|co|eu|[a-z]{2})$", re.I)
_WORD = re.compile(r"[^\s|·•]{1,40}")
_NO_LABELS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
_WORD_BEGINS = re.compile(r"(?<![^\W_])\S")
_INNER_CAPITAL = re.compile(r"(?<=[^\W_])[^\W\d_a-zа-яёա-ևა-ჰ]")  # or a small letter that is in none of these ranges
_OTHERS = (Zone.COMMENTS, Zone.RELATED)  # whoever is named there signed something else
_NO_BYLINES = frozenset(
    {Zone.TITLE, Zone.CAPTION, Zone.CONSENT, Zone.COMMENTS, Zone.NAVIGATION, Zone.RELATED, Zone.FOOTER, Zone.BREADCRUMB}
)
_NOT_OF_ITSELF = frozenset({Zone.BODY, Zone.TITLE, Zone.DEK, Zone.RELATED, Zone.COMMENTS})
_OTHERS_SPEAK = frozenset({Zone.COMMENTS, Zone.CAPTION, Zone.FOOTER, Zone.TITLE, Zone.CONSENT})
_LABEL_ALONE = 24  # characters of a line that is nothing but a label
_JUST_ABOVE = 3  # blocks right above the headline
_JUST_BELOW = 12
_SHORT = 60
_WORDS_OF_ONE = 7
_WORDS_OF_NAME = 4
_MISTAKEN = frozenset({Zone.BODY, Zone.NAVIGATION, Zone.FOOTER})
_AUTHOR_MARK = re.compile(r"(?:^|[\s_-])(?:author|byline|creator|auteur|autor|writer)s?(?:$|[\s_-])", re.I)
_HEAD_ONLY = ("byline/preposition@1", "byline/portrait@1")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[./]\d{1,2}[./]\d\d|\d\d:\d\d")
_SIGN = {
    "author": "author",
    "by": "author",
    "posted": "author",
    "portrait": "author",
    "translator": "translator",
    "photo": "photo_credit",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name read at a place: for which property, by which rule, how firmly."""

    property: str
    start: int
    end: int
    rule: str
    weight: int
    meant: Meant = Meant.STATED


def candidates(page: Page, own_names: frozenset[str] = frozenset()) -> list[Candidate]:
    """Candidates for ``author``, ``translator``, ``photo_credit``, ``agency`` and ``posted_by``, in page order.

    ``own_names`` are names and hosts of the site itself; what the page shows of itself is added. Every quote is
    ``page.text[start:end]``. The page must be zoned.
    """
    own = _identities(page, own_names)
    found = [*_in_head(page, own), *_in_tail(page, own), *_in_captions(page)]
    found.extend(_in_box(page, found))
    settled = _without_subjects(page, _weaken_bare(page, found, own))
    unique: dict[tuple[str, int, int], _Name] = {}
    for name in sorted(settled, key=lambda name: -name.weight):
        unique.setdefault((name.property, name.start, name.end), name)
    return [_candidate(page, name, own) for name in sorted(unique.values(), key=lambda name: name.start)]


# -- where bylines stand ----------------------------------------------------------------------------------------------


def _in_head(page: Page, own: frozenset[str]) -> Iterator[_Name]:
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
            for name in _labelled(page, block, following, own, 0)
            if block.tag == "line" or block.zone is not Zone.FURNITURE or name.rule not in _HEAD_ONLY
        ]
        yield from labelled
        if not labelled:
            yield from _linked(page, block)
        if (block.zone in (Zone.BYLINE, Zone.FURNITURE) or _names_its_author(page, block)) and not labelled:
            yield from _bare(page, block, own, near=[*blocks[max(0, i - 2) : i], *blocks[i + 1 : i + 3]])


def _behind_headline(page: Page) -> dict[int, Block]:
    """What stands behind each block between a little above the headline and the second paragraph."""
    titles = [i for i, block in enumerate(page.blocks) if block.zone is Zone.TITLE]
    bodies = [i for i, block in enumerate(page.blocks) if block.zone is Zone.BODY]
    first = max(0, titles[0] - _JUST_ABOVE) if titles else 0
    last = bodies[min(1, len(bodies) - 1)] + 1 if bodies else len(page.blocks)
    near = page.blocks[first : min(last, first + _JUST_ABOVE + _JUST_BELOW) + 1]
    return {block.start: following for block, following in itertools.pairwise(near)}


def _mistaken(page: Page, block: Block, following: Block, own: frozenset[str]) -> Iterator[_Name]:
    """Names close to the headline in what was taken for a menu or list: links to people only, or a label alone."""
    if block.zone is Zone.COMMENTS or block.tag == "li":
        return
    if all_people(block):
        yield from _linked(page, block)
    if block.end - block.start <= _LABEL_ALONE:
        yield from (n for n in _labelled(page, block, following, own, 0) if n.start >= following.start)


def _linked(page: Page, block: Block) -> Iterator[_Name]:
    """Names that link to a page about their bearer, unless a label says that these did something else."""
    if block.end - block.start > _LONGEST or block.zone in _OTHERS_SPEAK:
        return
    people = linked_people(page, block) if block.links else []
    labels = list(_labels(page.text, block)) if people else []
    for start, end in people:
        label = next((kind for at, _, kind in reversed(labels) if at < start), "author")
        if _SIGN.get(label) == "author":
            yield _Name("author", start, end, "byline/people-link@1", 64)


def _in_box(page: Page, found: list[_Name]) -> list[_Name]:
    """The name in a box about the author, where nobody else is named."""
    if any(n.property == "author" and n.weight > _NOT_SHOWN for n in found):
        return []
    place = boxed_author(page)
    return [_Name("author", *place, "byline/author-box@1", 56, Meant.INFERRED)] if place else []


def _names_its_author(page: Page, block: Block) -> bool:
    """True for a short block between headline and text that is marked as the author's, whatever zone it fell into."""
    if block.zone not in _MISTAKEN or block.end - block.start > _SHORT:
        return False
    return _AUTHOR_MARK.search(block.hint) is not None and not page.text.startswith("#", block.start)


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


def _in_tail(page: Page, own: frozenset[str]) -> Iterator[_Name]:
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
        names = _labelled(page, block, following, own, 0 if block.zone in _SIGNED else 15)
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


def _in_captions(page: Page) -> Iterator[_Name]:
    for block in page.blocks:
        if block.zone is Zone.CAPTION and block.end - block.start <= _LONGEST:
            yield from (
                name for name in _labelled(page, block, None, frozenset(), 0) if name.property == "photo_credit"
            )


# -- what a line says -------------------------------------------------------------------------------------------------


def _labelled(page: Page, block: Block, following: Block | None, own: frozenset[str], minus: int) -> Iterator[_Name]:
    """The names behind labels and prepositions in ``block``; a label alone announces the name in the next block."""
    if block.end - block.start > _LONGEST:
        return
    text = page.text
    begins = _begin(text, block)
    for at, length, kind in _labels(text, block):
        behind = _AFTER_LABEL.match(text, at + length, block.end)
        place = behind.end() if behind else at + length
        colon = behind is not None and bool(behind.group().strip())
        opens = at == begins or (kind == "translator" and _opens_sentence(text, at))
        if kind == "other" or not _allowed(kind, opens, block.zone, colon):
            continue
        particle = kind == "by" and fold(text[at : at + length]) in lexicon().particles
        if particle and at != begins and _behind_a_name(text, begins, at):
            continue  # "Ana de Vita", "Temps de lecture"
        if at != begins and fold(text[at : at + length]) in _OF and _within_sentence(text, begins, at):
            continue  # "La información es de Ana Ruiz"
        again = _BY_AGAIN.match(text, place, block.end) if kind == "author" else None
        place = again.end() if again else place
        if kind == "translator":
            place = _behind_language(text, place, block.end)
        if place >= block.end:
            if following is not None and following.end - following.start <= 60:
                names = names_at(text, _begin(text, following), following.end, promised=True)
                whole = names and names[0][0] <= following.start + 1 and _is_end(text, names[-1][1], following.end)
                if whole and (kind != "by" or " " in text[slice(*names[0])]):
                    yield from _named(kind, names, minus + 5)
            continue
        account = _own_account(text, place, block.end, own) if kind in ("author", "by", "posted") else None
        if account is not None:
            yield from _named(kind, [account], minus)
            continue
        promised = colon or kind in ("by", "posted", "translator", "portrait") or text[at] > "\u2e7f"
        names = names_at(text, place, block.end, promised=promised)
        if kind == "translator":
            names = [name for name in names if not (_is_language(quote := text[slice(*name)]) or _is_machine(quote))]
        people = _people(text, names, kind, colon, block.end)
        if kind == "by" and at != begins:
            title = next((page.quote(b) for b in page.blocks if b.zone is Zone.TITLE), "")
            people = [p for p in people if " " in text[slice(*p)] and text[slice(*p)] not in title]  # "liked by Ann"
        surname = particle and text[at].isupper()  # "Van Jones", not "van Jan Jansen"
        yield from _named(kind, [p for p in people if not surname or " " in text[slice(*p)]], minus)


def _behind_language(text: str, at: int, end: int) -> int:
    """Where the name begins when the label goes on with the language: "Translation from English: Ann Lee"."""
    further = _FROM_LANGUAGE.match(text, at, end)
    return further.end() if further and code_of(further.group(1)) else at


def _is_language(name: str) -> bool:
    """True for one word that names a language, and for "from English" where the first word is written so."""
    words = name.split()
    return bool(code_of(words[-1])) and (len(words) == 1 or words[0] in _FROM)


def _is_machine(name: str) -> bool:
    """True for a program: no person translated."""
    words = fold(name).split()
    return name in _MACHINES or any(word.strip(".") in _PROGRAMS for word in words)


def _is_end(text: str, at: int, end: int) -> bool:
    """True where no more follows than a sign, or the short name of an agency: "Ann Lee/KVP"."""
    return at >= end - 2 or _AGENCY_BEHIND.fullmatch(text, at, end) is not None


def _own_account(text: str, start: int, end: int, own: frozenset[str]) -> tuple[int, int] | None:
    """The longest run of up to four words at ``start`` that is a name of the site itself."""
    ends = [match.end() for match in itertools.islice(_WORD.finditer(text, start, min(end, start + 80)), 4)]
    return next(((start, last) for last in reversed(ends) if _identity(text[start:last]) in own), None)


def _allowed(kind: str, begins: bool, zone: Zone, colon: bool) -> bool:
    if begins or colon:
        return True
    return zone is Zone.BYLINE and kind in ("by", "posted", "author")


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return text[at].isupper() and before.endswith((".", ";", "|", "·", "(", "–", "—"))


def _behind_a_name(text: str, start: int, at: int) -> bool:
    """True when the word before ``at`` begins with a capital: what follows is part of the same name."""
    words = text[max(start, at - 60) : at].split()
    return bool(words) and words[-1][0].isupper() and words[-1][-1].isalpha()


def _within_sentence(text: str, start: int, at: int) -> bool:
    """True when a small word stands before a preposition: no date and no label, but a sentence."""
    words = text[max(start, at - 60) : at].split()
    return bool(words) and words[-1].islower()


def _named(kind: str, names: Iterable[tuple[int, int]], minus: int) -> Iterator[_Name]:
    rule, weight = {
        "author": ("byline/label", 85),
        "by": ("byline/preposition", 80),
        "posted": ("byline/label", 75),
        "portrait": ("byline/portrait", 58),
        "translator": ("byline/translator", 88),
        "photo": ("byline/photo", 70),
    }[kind]
    yield from (_Name(_SIGN[kind], start, end, f"{rule}@1", weight - minus) for start, end in names)


def _people(text: str, names: list[tuple[int, int]], kind: str, colon: bool, end: int) -> list[tuple[int, int]]:
    """Behind a bare preposition one word is a name only if nothing but a sign or a date stands behind it."""
    if colon or kind in ("translator", "author", "posted"):
        return names
    return [(a, b) for a, b in names if " " in text[a:b] or not (rest := text[b:end].lstrip()) or not rest[0].isalpha()]


def _labels(text: str, block: Block) -> Iterator[tuple[int, int, str]]:
    """(place, length, kind) of the labels in a line, none inside another."""
    line = text[block.start : block.end]
    folded = fold(line)
    labels = lexicon().labels
    behind = 0
    for at in _beginnings(line, folded):
        if at < behind:
            continue
        phrases, kinds = labels.get(folded[at : at + 2], _NO_LABELS)
        if not folded.startswith(phrases, at):
            continue
        hit = next((pair for pair in zip(phrases, kinds, strict=True) if _is_label(folded, at, pair[0])), None)
        if hit is not None:
            yield block.start + at, len(hit[0]), hit[1]
            behind = at + len(hit[0])


def _beginnings(line: str, folded: str) -> list[int]:
    """Where words begin, also where software glued two of them together."""
    begins = {match.start() for match in _WORD_BEGINS.finditer(folded)}
    glued = (match.start() for match in _INNER_CAPITAL.finditer(line))
    return sorted(begins.union(at for at in glued if at and _glued(line, at)))


def _is_label(folded: str, at: int, phrase: str) -> bool:
    if not folded.startswith(phrase, at):
        return False
    behind = folded[at + len(phrase) : at + len(phrase) + 1]
    return not behind.isalnum() or not phrase[-1].isalnum() or phrase[-1] > "\u2e7f"


def _glued(text: str, at: int) -> bool:
    """True between a small letter and a capital: where software glued two lines together."""
    return text[at - 1].islower() and text[at].isupper()


def _bare(page: Page, block: Block, own: frozenset[str], near: list[Block]) -> Iterator[_Name]:
    """A name alone, or at the start of a part of a byline; the site's own name is the account that posted.

    A date beside it, its place in the byline or its coming again make it firmer; words that the page also writes
    small are no name.
    """
    if block.end - block.start > _LONGEST:
        return
    dated = any(_DATED.search(page.quote(other)) for other in (block, *near) if other.end - other.start <= 120)
    text, begins = page.text, _begin(page.text, block)
    if begins < block.end and _identity(text[begins : block.end]) in own:
        yield _Name("author", begins, block.end, "byline/bare-name@1", 66)
        return
    if _is_other_link(block) and (_AUTHOR_MARK.search(block.hint) is None or _is_sentence(text, block)):
        return
    if block.tag in ("button", "label") or next(_labels(page.text, block), (-1, 0, ""))[0] == begins:
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
                yield _Name("author", first, last, "byline/bare-name@1", min(weight, 72))
            return


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


_FROM_LANGUAGE = re.compile(r"\s{0,2}(?:[^\W\d_]{1,14}['’\s]){0,2}([^\W\d_]{3,20})\s?[:：՝]\s?")
_FROM = frozenset({"از", "من", "עם"})
_PROGRAMS = frozenset(
    {"google", "deepl", "chatgpt", "gpt", "openai", "yandex", "bing", "microsoft", "machine", "яндекс"}
)
_MACHINES = frozenset({"AI", "KI", "IA", "ИИ", "ШІ", "Artificial Intelligence", "Yapay Zekâ", "Süni İntellekt"})
_AGENCY_BEHIND = re.compile(r"\s?/\s?[\w.-]{2,12}")
_BY_AGAIN = re.compile(r"(?:by|von|par|por)\s{1,3}", re.I)
_AGENCY = re.compile(r"\b(?:Getty|Shutterstock|iStock|Alamy|Unsplash|Pixabay|AP Photo|Wikimedia)\b")
_PICTURE_CREDIT = re.compile(r"\s?/\s?[A-ZÀ-Þ][^\n/]{1,40}")
_LABEL_SIGN = re.compile(r"[:：՝꞉]")


def _signed(page: Page, block: Block, own: frozenset[str], *, credit_follows: bool) -> Iterator[_Name]:
    """A sign-off: a name that is all there is in the line."""
    begins = _begin(page.text, block)
    end = begins + len(page.text[begins : block.end].rstrip(" .)]"))
    if not begins < end <= begins + 60 or _DOMAIN.fullmatch(page.text[begins:end]):
        return
    if block.tag in _NO_SIGNATURES or _is_other_link(block):
        return
    if _LABEL_SIGN.search(page.text, begins, end):
        return  # "Source: X" and "Translation: Y" say what the name is, and others read it
    if _identity(page.text[begins:end]) in own or next(_labels(page.text, block), (-1, 0, ""))[0] == begins:
        return  # "Translated by X": the label says who X is
    place = name_at(page.text, begins, end, promised=True)
    if place is None or place[1] < end - 1 or not page.text[place[0]].isupper():
        return
    name = page.text[slice(*place)]
    one_word = " " not in name
    beside = _outlet(name.partition(" ")[2])
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
    yield _Name("author", *place, "byline/sign-off@1", weight, Meant.INFERRED)


def _is_other_link(block: Block) -> bool:
    """True for a line that is one link to something else than people: a button, a tag, another article."""
    linked = sum(link.end - link.start + 1 for link in block.links)
    if not block.links or linked < block.end - block.start - 2:
        return False
    return not any(PEOPLE.search(link.url) for link in block.links)


def _is_sentence(text: str, block: Block) -> bool:
    """True for more words than a line of one person has."""
    return len(text[block.start : block.end].split()) > _WORDS_OF_ONE


def _begin(text: str, block: Block) -> int:
    match = _BULLET.match(text, block.start, block.end)
    return match.end() if match else block.start


# -- who it is --------------------------------------------------------------------------------------------------------


def _weaken_bare(page: Page, found: Iterable[_Name], own: frozenset[str]) -> list[_Name]:
    """Where a label names the author, names that merely stand near the headline are not shown."""
    names = list(found)
    weak = ("byline/bare-name@1", "byline/sign-off@1", "byline/people-link@1")
    authors = [n for n in names if n.property == "author" and _identity(page.text[n.start : n.end]) not in own]
    labelled = any(n.weight >= 65 and n.rule not in weak for n in authors)
    firm = max((n.weight for n in authors if n.rule != "byline/sign-off@1"), default=0)
    return [
        _with_weight(n, min(n.weight, _NOT_SHOWN))
        if (labelled and n.rule in weak)
        or (firm >= _FIRM_BARE and n.rule == "byline/sign-off@1")
        or (firm >= 75 and n in authors and n.weight < 75)
        else n
        for n in names
    ]


def _without_subjects(page: Page, names: list[_Name]) -> list[_Name]:
    """A bare name that the headline or the text itself speaks of is whom the article is about, not who wrote it."""
    if not any(name.rule == "byline/bare-name@1" for name in names):
        return names
    head = " ".join(page.quote(block) for block in page.blocks if block.zone in (Zone.TITLE, Zone.DEK))
    prose = " ".join(page.quote(block) for block in page.blocks if _is_prose(block))
    out = []
    for name in names:
        quote = page.text[name.start : name.end]
        if name.rule == "byline/bare-name@1" and (quote in head or (quote in prose and name.weight < _FIRM_BARE)):
            out.append(_with_weight(name, min(name.weight, _NOT_SHOWN)))
        else:
            out.append(name)
    return out


def _is_prose(block: Block) -> bool:
    return block.zone is Zone.BODY and block.end - block.start > 80


def _with_weight(name: _Name, weight: int) -> _Name:
    return _Name(name.property, name.start, name.end, name.rule, weight, name.meant)


def _candidate(page: Page, name: _Name, own: frozenset[str]) -> Candidate:
    quote = page.text[name.start : name.end]
    prop, rule, weight = name.property, name.rule, name.weight
    if prop == "author":
        outlet = _outlet(quote)
        if _identity(quote) in own:
            prop, rule, weight = "posted_by", "byline/own-account@1", 80
        elif outlet is not None and outlet.type == "agency":
            prop, rule, weight = "agency", "byline/agency@1", min(weight, 75)
        elif outlet is not None:
            return _made(page, name, prop, rule, weight, "the name of an outlet, not of a person")
    return _made(page, name, prop, rule, weight, None)


def _made(page: Page, name: _Name, prop: str, rule: str, weight: int, rejected: str | None) -> Candidate:
    quote = page.text[name.start : name.end]
    return Candidate(
        property=prop,
        value=" ".join(quote.split()),
        quote=quote,
        space=page.space,
        rule=rule,
        meant=name.meant,
        weight=weight,
        start=name.start,
        end=name.end,
        rejected=rejected,
    )


def _outlet(name: str) -> Outlet | None:
    found = default_registry().resolve(name)
    return found.outlet if found.how in ("name", "domain") and not found.common else None


def _identity(name: str) -> str:
    """Letters and digits of a name in one case, without the end of an address: Post.Media meets PostMedia."""
    bare = _ENDING.sub("", name.strip())
    whole = "".join(c for c in fold(name) if c.isalnum())
    short = "".join(c for c in fold(bare) if c.isalnum())
    return whole if len(short) < 4 else short


def _identities(page: Page, own_names: frozenset[str]) -> frozenset[str]:
    """Everything the page calls itself, in the forms bylines are compared with."""
    own: set[str] = set()
    for name in own_names:
        own |= _forms(name)
    home = next((block for block in page.blocks if block.zone is Zone.BREADCRUMB), None)
    if home is not None:
        own |= _forms(_CRUMB.split(page.quote(home)[:300], maxsplit=1)[0])
    for block in page.blocks:
        if block.zone not in _NOT_OF_ITSELF:
            own |= _said_by(page.text[block.start : min(block.end, block.start + 300)])
    return frozenset(form for form in own if len(form) > 2)


def _said_by(line: str) -> set[str]:
    """Names of the site in one line: an address, a name printed twice without a space, a copyright."""
    forms: set[str] = set()
    if "@" in line:
        for match in _EMAIL.finditer(line):
            forms |= _forms(match.group(1))
    half = len(line) // 2
    if 3 <= half <= 40 and line[0] == line[half] and (glued := _GLUED.match(line)):
        forms |= _forms(glued.group(1))
    if "©" in line or "(c)" in line or "(C)" in line:
        for part in _COPYRIGHT_PART.split(line):
            forms |= _forms(part)
    return forms


def _forms(name: str) -> set[str]:
    """A name with and without the end of an address; what ``_identity`` of any spelling of it can be."""
    whole = "".join(c for c in fold(name) if c.isalnum())
    return {whole, _identity(name)} if 2 < len(whole) <= 40 else set()
