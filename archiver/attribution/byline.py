"""Who signed: authors, translators, photographers, agencies and the account that posted, each with the words for it.

Only the head of an article and its end are read, zone by zone; a name in a related list or a footer signs nothing.
A byline that is the site's own name is the account that posted, never an author; jobs and desks are no names.

Rules and weights (50 and more is shown)::

    byline/label          85  "Author: X", "Written by X", "Müəllif: X" near the headline; 70 below the text
    byline/preposition    80  "By X", "von X", "par X" before the shape of a name
    byline/bare-name      66  a name alone near the headline; less where the text speaks of that person
    byline/name-nearby    66  such a name in a dump, more than three lines from the headline and with no date beside it
    byline/pen-name       60  one word behind "by" that links to a page about its bearer, where metadata names nobody
    byline/people-link    64  a name near the headline that links to a page about its bearer
    byline/elsewhere      60  "Text by X" anywhere else down to the footer, where nothing else names anybody
    byline/author-box     56  a name alone in a box about the author, where nothing else names one (inferred)
    byline/portrait       58  "Avatar for X", "Picture of X" beside the headline
    byline/sign-off       62  a name alone between the last paragraph and the furniture (inferred)
    byline/translator     88  "Translated by X", "Перевод: X", "Tərcümə: X"
    byline/photo          70  "Photo: X"
    byline/agency         75  a byline that is a news agency
    byline/own-account    80  a byline that is the site's own name
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from archiver.attribution.byline_alone import bare_names, dated_line, has_day, only_names, signature
from archiver.attribution.byline_beside import judged_beside, translators_in
from archiver.attribution.byline_contacts import contacts
from archiver.attribution.byline_elsewhere import labelled_elsewhere
from archiver.attribution.byline_judged import (
    NOT_SHOWN,
    Name,
    made_candidate,
    own_identities,
    weaken_bare,
    without_subjects,
)
from archiver.attribution.byline_labels import LONGEST, SIGN, labelled_names, labels_in
from archiver.attribution.byline_links import AUTHORS, all_people, boxed_author, linked_people
from archiver.model import Block, Candidate, Meant, Page, Zone

_ABOVE = 8  # blocks above the headline that may hold a byline
_BELOW = 14  # blocks below the text where an author's box may stand
_SIGNED_BELOW = 3  # blocks right below the text where a signature may stand in a byline of its own
_FROM_END = 4
_SIGNED = (Zone.TAIL, Zone.BYLINE)
_OTHERS = (Zone.COMMENTS, Zone.RELATED)  # whoever is named there signed something else
_NO_BYLINES = frozenset(
    {Zone.TITLE, Zone.CAPTION, Zone.CONSENT, Zone.COMMENTS, Zone.NAVIGATION, Zone.RELATED, Zone.FOOTER, Zone.BREADCRUMB}
)
_OTHERS_SPEAK = frozenset({Zone.COMMENTS, Zone.CAPTION, Zone.FOOTER, Zone.TITLE, Zone.CONSENT})
_LABEL_ALONE = 24  # characters of a line that is nothing but a label
_JUST_ABOVE = 3  # blocks right above the headline
_JUST_BELOW = 12
_UNDER = 3  # lines of a dump right under the headline
_SHORT = 60
_NAMED = frozenset({"author", "creator", "name"})
_MOST_COMMENTS = 200
_MISTAKEN = frozenset({Zone.BODY, Zone.NAVIGATION, Zone.FOOTER})
_HEAD_ONLY = ("byline/preposition@1", "byline/portrait@1")


def candidates(page: Page, own_names: frozenset[str] = frozenset()) -> list[Candidate]:
    """Candidates for ``author``, ``translator``, ``photo_credit``, ``agency`` and ``posted_by``, in page order.

    ``own_names`` are names and hosts of the site itself; what the page shows of itself is added. Every quote is
    ``page.text[start:end]``. The page must be zoned.
    """
    own = own_identities(page, own_names)
    places = _places(page)
    found = [*_in_head(page, places, own), *_in_tail(page, places, own), *_in_captions(page, places)]
    found = _without_comments(page, judged_beside(page, found))
    found = judged_beside(page, [*found, *_unread(page, found, own)])
    settled = without_subjects(page, weaken_bare(page, found, own))
    unique: dict[tuple[str, int, int], Name] = {}
    for name in sorted(settled, key=lambda name: -name.weight):
        unique.setdefault((name.property, name.start, name.end), name)
    return [made_candidate(page, name, own) for name in sorted(unique.values(), key=lambda name: name.start)]


def _without_comments(page: Page, names: list[Name]) -> list[Name]:
    """``names`` without those at the end of the page that its markup says belong to comments."""
    if page.tree is None or not any(name.rule == "byline/sign-off@1" for name in names):
        return names
    items = page.tree.iterfind(".//*[@itemtype]")
    comments = (item for item in items if (item.get("itemtype") or "").rstrip("/").endswith("Comment"))
    own = (prop for item in comments for prop in item.iterfind(".//*[@itemprop]") if prop.get("itemprop") in _NAMED)
    others = {" ".join("".join(map(str, prop.itertext())).split()) for prop in itertools.islice(own, _MOST_COMMENTS)}
    return [n for n in names if n.rule != "byline/sign-off@1" or page.text[n.start : n.end] not in others]


@dataclass(slots=True)
class _Places:
    """Where the blocks of the zones stand that matter most, by their numbers."""

    titles: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)


def _places(page: Page) -> _Places:
    places = _Places()
    kept = {
        Zone.TITLE.value: places.titles,
        Zone.BODY.value: places.bodies,
        Zone.TAIL.value: places.tails,
        Zone.CAPTION.value: places.captions,
    }
    for i, block in enumerate(page.blocks):
        numbers = kept.get(block.zone.value)
        if numbers is not None:
            numbers.append(i)
    return places


def _in_head(page: Page, places: _Places, own: frozenset[str]) -> Iterator[Name]:
    blocks = _head(page, places)
    nearest = _behind_headline(page, places)
    headed = {b.start for t in places.titles[:1] for b in page.blocks[t + 1 : t + 1 + _UNDER]}
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
        yield from translators_in(page, block)
        if not labelled:
            yield from _linked(page, block)
        marked = block.zone in (Zone.BYLINE, Zone.FURNITURE) or _names_its_author(page, block)
        if (marked or dated_line(page, block) or only_names(page, block)) and not labelled:
            beside = [*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2]]
            near = [*blocks[max(0, i - 2) : max(0, i - 1)], *beside, *blocks[i + 2 : i + 3]]
            close = block.tag != "line" or block.start in headed or any(map(partial(has_day, page), (block, *beside)))
            yield from bare_names(page, block, own, near, placed=close)


def _behind_headline(page: Page, places: _Places) -> dict[int, Block]:
    """What stands behind each block between a little above the headline and the second paragraph."""
    titles, bodies = places.titles, places.bodies
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


def _unread(page: Page, found: list[Name], own: frozenset[str]) -> list[Name]:
    """Where nobody else is named: who a line elsewhere says wrote it, or the name in a box about the author."""
    if any(n.property == "author" and n.weight > NOT_SHOWN for n in found):
        return []
    elsewhere = labelled_elsewhere(page, own)
    if elsewhere:
        return elsewhere
    place = boxed_author(page)
    return [Name("author", *place, "byline/author-box@1", 56, Meant.INFERRED)] if place else []


def _names_its_author(page: Page, block: Block) -> bool:
    """True for a short block between headline and text that is marked as the author's, whatever zone it fell into."""
    if block.zone not in _MISTAKEN or block.end - block.start > _SHORT:
        return False
    return AUTHORS.search(block.hint) is not None and not page.text.startswith("#", block.start)


def _head(page: Page, places: _Places) -> list[Block]:
    """The blocks round the headline, down to the second paragraph."""
    titles, bodies = places.titles, places.bodies
    if page.fragment is not None:
        return [block for block in page.blocks if block.zone in (Zone.BYLINE, Zone.DEK, Zone.BODY)]
    last = bodies[min(1, len(bodies) - 1)] + 1 if bodies else len(page.blocks)
    first = max(0, (titles[0] if titles else (bodies[0] if bodies else 0)) - _ABOVE)
    last = max(first, min(last, first + _ABOVE + 40))
    lower = page.blocks[last : bodies[min(4, len(bodies) - 1)]] if bodies else ()
    return [*page.blocks[first:last], *(block for block in lower if block.zone is Zone.BYLINE)]


def _in_tail(page: Page, places: _Places, own: frozenset[str]) -> Iterator[Name]:
    ends = sorted(places.bodies + places.tails)
    if not ends:
        return
    tail = [page.blocks[i] for i in places.tails]
    bodies = [page.blocks[i] for i in places.bodies]
    below = [b for b in page.blocks[ends[-1] + 1 : ends[-1] + 1 + _BELOW] if b.zone not in _OTHERS or _of_author(b)]
    marked = [b for b in _last_blocks(page, ends) if b.zone is Zone.BYLINE]
    near = [*(bodies[-2:] if len(bodies) > 3 else ()), *tail, *marked, *(b for b in below if b not in marked)]
    for i, block in enumerate(near):
        following = near[i + 1] if i + 1 < len(near) else None
        names = labelled_names(page, block, following, own, 0 if block.zone in _SIGNED else 15)
        yield from (name for name in names if name.rule not in _HEAD_ONLY or block.zone in _SIGNED)
        yield from translators_in(page, block)
    ends_with = [block for block in page.blocks[ends[-1] + 1 :][:_SIGNED_BELOW] if block.zone is Zone.BYLINE]
    signatures = [*bodies[-1:], *tail[:4], *ends_with]
    asked = contacts(page, page.blocks[ends[max(0, len(ends) - _FROM_END)] : ends[-1] + 1 + _BELOW])
    for i, block in enumerate(signatures):
        following = signatures[i + 1] if i + 1 < len(signatures) else None
        if block.start not in asked:
            yield from signature(page, block, own, following)


def _of_author(block: Block) -> bool:
    """True for a short line below the text that is marked as the author's, although it fell among lists."""
    short = block.zone is Zone.RELATED and block.end - block.start <= _SHORT
    return short and AUTHORS.search(block.hint) is not None


def _last_blocks(page: Page, ends: list[int]) -> tuple[Block, ...]:
    """From the third paragraph before the last to a few blocks below it."""
    return page.blocks[ends[max(0, len(ends) - _FROM_END)] : ends[-1] + 1 + _SIGNED_BELOW]


def _in_captions(page: Page, places: _Places) -> Iterator[Name]:
    for block in (page.blocks[i] for i in places.captions):
        if block.end - block.start <= LONGEST:
            names = labelled_names(page, block, None, frozenset(), 0)
            yield from (name for name in names if name.property == "photo_credit")
