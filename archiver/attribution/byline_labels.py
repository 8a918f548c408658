"""Labels that announce a name, in any language: "Author: X", "Translated by X", "Photo: X"."""

import itertools
import re
from collections.abc import Iterable, Iterator

from archiver.attribution.byline_judged import (
    Name,
    identity_of,
)
from archiver.attribution.byline_links import PEOPLE, handle_at, linked_people
from archiver.attribution.byline_names import fold, lexicon, names_at
from archiver.attribution.languages import code_of
from archiver.model import Block, Page, Zone

LONGEST = 220  # characters of a line that can be a byline
_LONGEST_LABEL = 80
_OF = frozenset({"de", "da", "di", "od"})  # also "of", unlike "von" and "par"
_AFTER_LABEL = re.compile(r"\s{0,3}(?:[:：՝=/]|\s?[–—-](?=\s))?\s{0,3}")
_BULLET = re.compile(r"[\s•·●*–—|(\[-]{1,6}")
_WORD = re.compile(r"[^\s|·•]{1,40}")
_NO_LABELS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
_WORD_BEGINS = re.compile(r"(?<![^\W_])\S")
_INNER_CAPITAL = re.compile(r"(?<=[^\W_])[^\W\d_a-zа-яёա-ևა-ჰ]")  # or a small letter that is in none of these ranges
_SHORT_LINE = 60
_MENU = 600  # blocks from the top of the page that may be its menu
_WROTE = ("author", "by", "posted")
SIGN = {
    "author": "author",
    "by": "author",
    "posted": "author",
    "portrait": "author",
    "translator": "translator",
    "photo": "photo_credit",
}
_FROM_LANGUAGE = re.compile(r"\s{0,2}(?:[^\W\d_]{1,14}['’\s]){0,2}([^\W\d_]{3,20})\s?[:：՝]\s?")
_FROM = frozenset({"از", "من", "עם"})
_PROGRAMS = frozenset(
    {"google", "deepl", "chatgpt", "gpt", "openai", "yandex", "bing", "microsoft", "machine", "яндекс"}
)
_MACHINES = frozenset({"AI", "KI", "IA", "ИИ", "ШІ", "Artificial Intelligence", "Yapay Zekâ", "Süni İntellekt"})
_AGENCY_BEHIND = re.compile(r"\s?/\s?[\w.-]{2,12}")
_BY_AGAIN = re.compile(r"(?:by|von|par|por)\s{1,3}", re.I)


def labelled_names(
    page: Page, block: Block, following: Block | None, own: frozenset[str], minus: int
) -> Iterator[Name]:
    """The names behind labels and prepositions in ``block``; a label alone announces the name in the next block."""
    if block.end - block.start > LONGEST:
        return
    text = page.text
    begins = line_begin(text, block)
    for at, length, kind in labels_in(text, block):
        behind = _AFTER_LABEL.match(text, at + length, block.end)
        place = behind.end() if behind else at + length
        colon = behind is not None and bool(behind.group().strip())
        opens = at == begins or (kind == "translator" and _opens_part(text, at, block.zone))
        if kind == "other" or not _allowed(kind, opens, block.zone, colon):
            continue
        if block.zone is Zone.BODY and at != begins and text[at].islower() and text[at - 2 : at - 1].isalpha():
            continue  # "Source text: X" within a paragraph
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
            if following is not None and following.end - following.start <= LONGEST:
                names = _in_next_line(page, following, kind)
                yield from _named(kind, names, minus + 5)
                if not names and kind in _WROTE:
                    yield from _pen_name(page, following, line_begin(text, following))
            continue
        promised = colon or kind in ("by", "posted", "translator", "portrait") or text[at] > "\u2e7f"
        names = names_at(text, place, block.end, promised=promised)
        account = _own_account(text, place, block.end, own) if kind in _WROTE else None
        if account is not None and (len(names) < 2 or names[0] != account):
            yield from _named(kind, [account], minus)
            continue
        if kind == "translator":
            names = [name for name in names if not (_is_language(quote := text[slice(*name)]) or is_machine(quote))]
        people = _people(text, names, kind, colon, block.end)
        if kind == "by" and at != begins:
            title = next((page.quote(b) for b in page.blocks if b.zone is Zone.TITLE), "")
            people = [p for p in people if " " in text[slice(*p)] and text[slice(*p)] not in title]  # "liked by Ann"
        surname = particle and text[at].isupper()  # "Van Jones", not "van Jan Jansen"
        kind = "author" if kind == "by" and colon else kind  # "By: Ann Lee" is a label, and no half of a sentence
        people = [p for p in people if not surname or " " in text[slice(*p)]]
        yield from _named(kind, people, minus)
        if not people and kind in _WROTE:
            yield from _pen_name(page, block, place)


def _in_next_line(page: Page, block: Block, kind: str) -> list[tuple[int, int]]:
    """The names that are all there is in the line under a label, or those in it that link to people's pages."""
    text = page.text
    if block.end - block.start > _SHORT_LINE:
        return linked_people(page, block) if kind in _WROTE else []
    names = names_at(text, line_begin(text, block), block.end, promised=True)
    if not names or names[0][0] > block.start + 1 or not _is_end(text, names[-1][1], block.end):
        return []
    if kind == "by" and (" " not in text[slice(*names[0])] or _in_menu(page, block)):
        return []
    return names


def _pen_name(page: Page, block: Block, start: int) -> Iterator[Name]:
    """One word behind "by" that links to a page about its bearer: somebody who signs so."""
    place = handle_at(page, block, start)
    if place is not None:
        yield Name("author", *place, "byline/pen-name@1", 60)


def _in_menu(page: Page, block: Block) -> bool:
    """True for a line that is a link which the site's own menu has, too: a section, no person."""
    if len(block.links) != 1 or PEOPLE.search(block.links[0].url):
        return False
    url = block.links[0].url
    menu = (b for b in page.blocks[:_MENU] if b.zone is Zone.NAVIGATION)
    return any(link.url == url for b in menu for link in b.links)


def _behind_language(text: str, at: int, end: int) -> int:
    """Where the name begins when the label goes on with the language: "Translation from English: Ann Lee"."""
    further = _FROM_LANGUAGE.match(text, at, end)
    return further.end() if further and code_of(further.group(1)) else at


def _is_language(name: str) -> bool:
    """True for one word that names a language, and for "from English" where the first word is written so."""
    words = name.split()
    return bool(code_of(words[-1])) and (len(words) == 1 or words[0] in _FROM)


def is_machine(name: str) -> bool:
    """True for a program: no person translated."""
    words = fold(name).split()
    return name in _MACHINES or any(word.strip(".") in _PROGRAMS for word in words)


def _is_end(text: str, at: int, end: int) -> bool:
    """True where no more follows than a sign, or the short name of an agency: "Ann Lee/KVP"."""
    return at >= end - 2 or _AGENCY_BEHIND.fullmatch(text, at, end) is not None


def _own_account(text: str, start: int, end: int, own: frozenset[str]) -> tuple[int, int] | None:
    """The longest run of up to four words at ``start`` that is a name of the site itself."""
    ends = [match.end() for match in itertools.islice(_WORD.finditer(text, start, min(end, start + 80)), 4)]
    return next(((start, last) for last in reversed(ends) if identity_of(text[start:last]) in own), None)


def _allowed(kind: str, begins: bool, zone: Zone, colon: bool) -> bool:
    if begins or colon:
        return True
    return zone is Zone.BYLINE and kind in ("by", "posted", "author")


def _opens_part(text: str, at: int, zone: Zone) -> bool:
    """True where a sentence begins, and in a byline also behind a comma or a bracket."""
    if zone is Zone.BYLINE and text[max(0, at - 3) : at].rstrip().endswith((",", "(", ";", "|", "·", "–", "—")):
        return True
    return _opens_sentence(text, at)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip()
    return text[at].isupper() and before.endswith((".", ";", "|", "·", "(", "–", "—"))


def _behind_a_name(text: str, start: int, at: int) -> bool:
    """True when the word before ``at`` begins with a capital: what follows is part of the same name."""
    words = text[max(start, at - 60) : at].split()
    if not words or fold(words[-1]) in lexicon().months or words[-1] == "Uhr":
        return False
    return words[-1][0].isupper() and words[-1][-1].isalpha()


def _within_sentence(text: str, start: int, at: int) -> bool:
    """True when a small word stands before a preposition: no date and no label, but a sentence."""
    words = text[max(start, at - 60) : at].split()
    return bool(words) and words[-1].islower()


def _named(kind: str, names: Iterable[tuple[int, int]], minus: int) -> Iterator[Name]:
    rule, weight = {
        "author": ("byline/label", 85),
        "by": ("byline/preposition", 80),
        "posted": ("byline/label", 75),
        "portrait": ("byline/portrait", 58),
        "translator": ("byline/translator", 88),
        "photo": ("byline/photo", 70),
    }[kind]
    yield from (Name(SIGN[kind], start, end, f"{rule}@1", weight - minus) for start, end in names)


def _people(text: str, names: list[tuple[int, int]], kind: str, colon: bool, end: int) -> list[tuple[int, int]]:
    """Behind a bare preposition one word is a name only if nothing but a sign or a date stands behind it."""
    if colon or kind in ("translator", "author", "posted"):
        return names
    return [(a, b) for a, b in names if " " in text[a:b] or not (rest := text[b:end].lstrip()) or not rest[0].isalpha()]


def labels_in(text: str, block: Block) -> Iterator[tuple[int, int, str]]:
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


def begins_with_label(text: str, at: int, end: int) -> bool:
    """True when the line that begins at ``at`` begins with a label."""
    folded = fold(text[at : min(end, at + _LONGEST_LABEL)])
    phrases, _ = lexicon().labels.get(folded[:2], _NO_LABELS)
    return folded.startswith(phrases) and any(_is_label(folded, 0, phrase) for phrase in phrases)


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


def line_begin(text: str, block: Block) -> int:
    match = _BULLET.match(text, block.start, block.end)
    return match.end() if match else block.start
