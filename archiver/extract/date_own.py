"""Which printed dates are the article's own, and how firm each is at its place.

Zones come first. Only a date that is labelled, stands in the byline block, directly beside the title or a byline, or in
a dateline can be the article's own. Every rule here has a published weight.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from archiver.extract import date_clocks
from archiver.extract.date_alone import LABELLED_ELSEWHERE, change_alone, day_alone
from archiver.extract.date_clocks import has_words
from archiver.extract.date_lines import (
    SHORT_BLOCK,
    appeared_elsewhere,
    chapter_days,
    first_paragraph,
    is_bare,
    is_below_dek,
    is_beside,
    is_cut_headline,
    is_date_line,
    is_dateline,
    is_embedded_post,
    is_near,
    is_paragraph,
    is_post,
    is_prose,
    lists_dates,
    lonely_byline_lines,
    marked,
    opens_with_moment,
    stands_apart,
    tells_reading_time,
    tells_revision,
)
from archiver.extract.date_originals import is_stretch, names_something_else, of_original
from archiver.extract.date_places import Placed, by_block
from archiver.extract.told import is_sentence
from archiver.model import Meant, Page, Space, Zone

# Published weights: how firm a date is at its place.
LABELLED = 82
BYLINE_WITH_TIME = 80  # beside how long the text takes to read
MARKED = 78  # the element's own class or itemprop says so
BYLINE = 76
BESIDE_TITLE = 68
LABELLED_LINE = 66  # a labelled line in the text, its tail or the furniture around it
LONG_BYLINE = 64  # in a line that is neither short nor prose
BESIDE_BYLINE = 62  # below the title and its dek, next to the name of the author
DATELINE = 60
BELOW_DEK = 58  # alone between a dek and the text
PAIR = 52
TAIL_LINE = 52
CHANGED_TODAY = 52  # to the minute, as papers print where they print one moment: right on five pages of six
CHANGED_IN_MARKUP = 50  # labelled, where neither print nor markup has another day: right on four pages of five
LISTED = 48  # in a byline block, but in prose or somebody's post
ONLY_CHANGED = 45  # right on every other page: kept, not shown alone
CLOCK = 44  # above the title, where tickers and the page's clock stand
FIRM = 50  # from this weight on a reading is shown
MONTH_ONLY = 28  # less for a month or year than for a day at the same place
MONTH_UNSAID = 36  # and less still where no label stands beside it: titles and issues of magazines name months

NEVER_OWN = frozenset(
    {Zone.RELATED, Zone.FOOTER, Zone.COMMENTS, Zone.NAVIGATION, Zone.CAPTION, Zone.CONSENT, Zone.BREADCRUMB}
)
_BESIDE_BYLINES = frozenset({Zone.BODY, Zone.FURNITURE, Zone.SECTION, Zone.DEK})
_LISTING = 3
_MOST_ASIDE = 3  # of a list of teasers the first speak for all
_TITLES = 8  # more are a list of teasers
ASIDE = "date/elsewhere@1"
ONLY_CHANGED_RULE = "date/only-changed@1"
_BEHIND_THE_TEXT = frozenset({"date/tail-line@1"})
_OPENING_TEXT = 3  # paragraphs: a dek and the like
_UNLABELLED = frozenset({"date/byline@1", "date/beside-title@1"})
_LABELS = frozenset({"date/labelled@1", "date/labelled-line@1", "date/labelled-elsewhere@1"})
_DAY = 10  # letters of a value that names its day
_BYLINE_ROOM = 80
_BESIDE = 3  # lines to a title
ELSEWHERE = "the day on which it appeared elsewhere"
_ORIGINAL = "the day on which its original appeared, as the credit says"
_TEASER = "the day of a teaser: it stands beside the linked headline of another article"
_CHAPTER = "heads a part of the text, as the days of a chronicle do"
_ACT = "the label beside it speaks of something else than publication"
_STRETCH = "one end of a stretch of days"
_LABEL_ROOM = 24  # before a date that opens its line with a label


@dataclass(frozen=True, slots=True)
class Own:
    """A date that may be the article's own: of what, by which rule, how firm, stated or inferred."""

    placed: Placed
    role: str
    rule: str
    weight: int
    meant: Meant = Meant.STATED
    rejected: str | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rules ask of the page: where titles and text start, which lines stand by a byline, which are dated."""

    page: Page
    titles: tuple[int, ...]
    first_body: int | None
    first_paragraph: int
    beside_byline: frozenset[int]
    dated: frozenset[int]
    listing: bool  # days alone on their lines, again and again, are those of several texts


def own_dates(page: Page, placed: Sequence[Placed]) -> list[Own]:
    """Every date that may be the article's own, block by block."""
    around = _around(page, placed)
    listed = lists_dates(page, placed)
    foreign = dict.fromkeys(date_clocks.teaser_dates(page, dict.fromkeys(each.index for each in placed)), _TEASER)
    foreign |= dict.fromkeys(chapter_days(page, placed), _CHAPTER)
    own: list[Own] = []
    for dates in by_block(placed):
        if dates[0].zone in NEVER_OWN or (listed and page.quote(dates[0].block).startswith("•")):
            continue
        if why := _of_something_else(page, dates[0].index, foreign) or _of_cut_headline(page, dates[0]):
            own += _put_aside(dates, why) if sum(each.rule == ASIDE for each in own) < _MOST_ASIDE else ()
            continue
        others = _others(page, dates)
        own += others
        if rest := [each for each in dates if not any(each is other.placed for other in others)]:
            own += list(_labelled(around, rest)) or _unlabelled(around, rest)
    days = {each.placed.printed.value.day for each in own if each.role == "published" and each.placed.printed.value}
    own += _pairs_elsewhere(page, placed, days)
    own = [_lighter(each) if _is_short(each) else each for each in own]
    own = _without_clocks(page, own, around.titles[0]) if around.titles else own
    if not _has_firm(own):
        own += _changed_elsewhere(around, own, placed, foreign)
        own += _only_changed(page, own)
    return own if _has_firm(own) else _alone(around, own, placed, foreign)


def _around(page: Page, placed: Sequence[Placed]) -> _Around:
    titles = [index for index, block in enumerate(page.blocks) if block.zone is Zone.TITLE][:_TITLES]
    first_body = next((index for index, block in enumerate(page.blocks) if block.zone is Zone.BODY), None)
    lonely = lonely_byline_lines(page, placed, _BESIDE_BYLINES)
    return _Around(
        page,
        tuple(titles),
        first_body,
        first_paragraph(page),
        lonely,
        frozenset(each.index for each in placed),
        _is_listing(placed),
    )


def _is_listing(placed: Sequence[Placed]) -> bool:
    bare = (dates for dates in by_block(placed) if dates[0].zone in _BESIDE_BYLINES and is_bare(dates))
    return sum(1 for _ in bare) >= _LISTING


def _of_something_else(page: Page, index: int, foreign: Mapping[int, str]) -> str | None:
    if index in foreign:
        return foreign[index]
    if date_clocks.event_labelled(page, index):
        return "the day of an event, as its label says"
    return date_clocks.WEATHER if date_clocks.weather_beside(page, index) else None


def _of_cut_headline(page: Page, first: Placed) -> str | None:
    cut = first.printed.role is None and is_cut_headline(page.quote(first.block), first.printed.start)
    return "the day of a teaser: the headline beside it is cut short" if cut else None


def _put_aside(dates: Sequence[Placed], why: str) -> Iterator[Own]:
    """The first date of a block that dates something else, kept with the reason."""
    first = next((each for each in dates if each.printed.values), None)
    if first is not None:
        # The weather's day is the page's own, and bounds the moment of capture.
        rule, weight = ("date/byline@1", CLOCK) if why == date_clocks.WEATHER else (ASIDE, 10)
        yield Own(first, "published", rule, weight, rejected=why)


def _others(page: Page, dates: Sequence[Placed]) -> list[Own]:
    """The dates of a short block that its words give to the original, a recording, a stretch of days; all refused."""
    block = dates[0].block
    if block.end - block.start > SHORT_BLOCK:
        return []
    line = page.quote(block)
    found: dict[int, Own] = {}
    for number, each in enumerate(dates):
        printed = each.printed
        why = _ORIGINAL if of_original(line, printed.start, printed.end, printed.role) else None
        if why is None and names_something_else(line, printed.start):
            why = _ACT
        if why:
            found[number] = Own(each, "published", ASIDE, 10, rejected=why)
    for number, (first, second) in enumerate(pairwise(dates)):
        if _is_stretch(page, first, second):
            found.setdefault(number, Own(first, "published", ASIDE, 10, rejected=_STRETCH))
            found.setdefault(number + 1, Own(second, "published", ASIDE, 10, rejected=_STRETCH))
    return [each for each in found.values() if each.placed.printed.values]


def _is_stretch(page: Page, first: Placed, second: Placed) -> bool:
    one, other = first.printed.value, second.printed.value
    if one is None or other is None or one.day is None or other.day is None or one.day >= other.day:
        return False
    plain = first.printed.role is None and second.printed.role is None
    return plain and is_stretch(page.text[first.end : second.start])


def _labelled(around: _Around, dates: Sequence[Placed]) -> Iterator[Own]:
    """Dates with "Published", "Updated" … beside them, or in an element that is named so."""
    zone, block, index = dates[0].zone, dates[0].block, dates[0].index
    line, beside_title = is_date_line(dates), is_near(index, around.titles)
    paired = not around.dated.isdisjoint((index - 1, index + 1))
    opening = index == around.first_body or (beside_title and block.end - block.start <= SHORT_BLOCK)
    for each in dates:
        role = each.printed.role
        if role in {"published", "modified"}:
            if zone in {Zone.BYLINE, Zone.DEK, Zone.SECTION, Zone.META}:
                yield Own(each, role, "date/labelled@1", LABELLED)
            elif line or (opening and each.printed.start <= _LABEL_ROOM):
                yield Own(each, role, "date/labelled-line@1", LABELLED_LINE, rejected=_of_another(around, each))
        elif role is None and len(dates) == 1 and line and (named := marked(block, paired=paired)):
            yield Own(each, named, "date/marked@1", MARKED)
    # In a byline, or beside the title, a date without a label next to "Updated: …" is that of publication.
    if (zone is Zone.BYLINE or (line and beside_title)) and {each.printed.role for each in dates} == {None, "modified"}:
        plain = next(each for each in dates if each.printed.role is None)
        yield Own(plain, "published", "date/byline@1", BYLINE)


def _of_another(around: _Around, each: Placed) -> str | None:
    if each.index > around.first_paragraph and is_embedded_post(around.page, each):
        return "the day of a post that the text shows"
    return ELSEWHERE if appeared_elsewhere(around.page.quote(each.block), each.printed.start) else None


def _unlabelled(around: _Around, dates: Sequence[Placed]) -> list[Own]:
    plain = [each for each in dates if each.printed.role is None and (each.printed.values or each.printed.trouble)]
    if not plain:
        return []
    page, zone, index, line = around.page, plain[0].zone, plain[0].index, is_date_line(dates)
    if zone in {Zone.BYLINE, Zone.META}:
        return _published_and_modified(plain, "date/byline@1", _byline_weight(around, plain[0]))
    told = is_sentence(page.quote(plain[0].block))
    dated = (line and not told) or opens_with_moment(page, dates)
    if dated and zone is not Zone.TITLE and _is_beside_title(around, index):
        weight = BESIDE_TITLE if any(title < index for title in around.titles) else BESIDE_TITLE - 4
        return _published_and_modified(plain, "date/beside-title@1", weight)
    if index in around.beside_byline:
        return _published_and_modified(plain, "date/beside-byline@1", BESIDE_BYLINE)
    if not around.listing and is_bare(dates) and any(is_below_dek(page, index, title) for title in around.titles):
        return _published_and_modified(plain, "date/below-dek@1", BELOW_DEK)
    if index == around.first_body and is_dateline(page, plain[0]):
        return [Own(plain[0], "published", "date/dateline@1", DATELINE)]
    # A text's last line is a sentence, a note or a caption more often than its date: only a day by itself is taken.
    if zone is Zone.TAIL and stands_apart(page, dates) and not is_post(page, plain[0]):
        return _published_and_modified(plain, "date/tail-line@1", TAIL_LINE)
    return []


def _is_beside_title(around: _Around, index: int) -> bool:
    return any(is_beside(around.page, index, title) for title in around.titles)


def _byline_weight(around: _Around, each: Placed) -> int:
    """How firm an unlabelled date of the byline block is: next to the title most, in prose and posts hardly."""
    line = around.page.quote(each.block)
    if is_post(around.page, each) or is_sentence(line):
        return LISTED
    if around.page.space is Space.SOURCE and _is_of_a_list(around, each):
        return LISTED
    after = [each.index - title for title in around.titles if title < each.index]
    before = [title - each.index for title in around.titles if title > each.index]
    if tells_reading_time(line) and after:
        return BYLINE_WITH_TIME
    if len(line) - len(each.printed.words) > _BYLINE_ROOM:
        return LISTED if is_prose(line) or not after or min(after) > 2 else LONG_BYLINE
    if after:
        return BYLINE - min(min(after) // 4, 6)
    return BYLINE - min(min(before) * 2, 8) if before else BYLINE


def _is_of_a_list(around: _Around, each: Placed) -> bool:
    """True for a day of a text without markup that stands well above its title, or ends a list of articles.

    Such a line is alone, well below the title, and the heading of other articles follows it.
    """
    near = [each.index - title for title in around.titles if abs(each.index - title) <= _BESIDE]
    if near or not around.titles:
        return False
    if each.index < around.titles[0]:
        return True
    following = around.page.blocks[each.index + 1 : each.index + 2]
    return any(block.zone is Zone.RELATED for block in following) and not has_words(
        around.page.quote(each.block), each.printed
    )


def _published_and_modified(plain: Sequence[Placed], rule: str, weight: int) -> list[Own]:
    """One date is that of publication; of two side by side the later (or the second) is taken for the change."""
    first, *others = plain
    own = [Own(first, "published", rule, weight)]
    if len(others) == 1 and first.printed.value and others[0].printed.value:
        earlier, later = first, others[0]
        if later.printed.value.value < earlier.printed.value.value:  # type: ignore[union-attr]
            earlier, later = later, earlier
        own = [Own(earlier, "published", rule, weight), Own(later, "modified", "date/pair@1", PAIR, Meant.INFERRED)]
    return own


def _pairs_elsewhere(page: Page, placed: Sequence[Placed], days: set[str | None]) -> Iterator[Own]:
    """A theme's "NAME DATE DATE" line below the text repeats publication and change: taken where the day agrees."""
    for dates in by_block(placed):
        if len(dates) != 2 or dates[0].zone is Zone.BYLINE or not is_date_line(dates):
            continue
        first, second = (each.printed.value for each in dates)
        between = page.text[dates[0].end : dates[1].start]
        if first and second and not between.strip() and first.day in days and second.value >= first.value:
            yield Own(dates[1], "modified", "date/pair@1", PAIR, Meant.INFERRED)


def _changed_elsewhere(
    around: _Around, own: Sequence[Own], placed: Sequence[Placed], foreign: Mapping[int, str]
) -> list[Own]:
    """The day of a change right under the title, in a line that was cut as menu, list or caption."""
    if any(each.role == "modified" for each in own):
        return []
    aside = {each.placed.index for each in own if each.rule == ASIDE}

    def refused(index: int) -> bool:
        return index in aside or _of_something_else(around.page, index, foreign) is not None

    found = change_alone(around.page, placed, refused)
    return [Own(found, "modified", "date/labelled-elsewhere@1", LABELLED_ELSEWHERE)] if found else []


def _alone(around: _Around, own: Sequence[Own], placed: Sequence[Placed], foreign: Mapping[int, str]) -> list[Own]:
    """``own`` with the day that stands alone where none is firm; what is known to date something else stays refused."""
    bare = [each.placed for each in own if each.rejected == date_clocks.BARE]
    known = {each.placed.index for each in own if each.rejected and each.rejected != date_clocks.BARE}

    def refused(index: int) -> bool:
        return index in known or _of_something_else(around.page, index, foreign) is not None

    found = day_alone(around.page, placed, bare, refused)
    if found is None:
        return list(own)
    others = [each for each in own if each.placed != found.placed or each.role != "published"]
    return [*others, Own(found.placed, "published", found.rule, found.weight, Meant.INFERRED)]


def _only_changed(page: Page, own: Sequence[Own]) -> list[Own]:
    """Where a page prints nothing but when it was changed, that day is taken, weakly, for the text as it stands.

    News that is changed is changed on its day, and its stamp has a time of day; guides are changed after years, and
    what is lost of them in a text without markup is the day of publication. What a wiki tells of its own pages is
    their last revision.
    """
    changed = next((each for each in own if each.role == "modified" and each.meant is Meant.STATED), None)
    if changed is None or changed.rejected:
        return []
    weight = ONLY_CHANGED if tells_revision(page.quote(changed.placed.block)) else _weight_of_change(page, changed)
    return [replace(changed, role="published", rule=ONLY_CHANGED_RULE, weight=weight, meant=Meant.INFERRED)]


def _weight_of_change(page: Page, changed: Own) -> int:
    length = len(changed.placed.printed.value.value) if changed.placed.printed.value else 0
    if length > _DAY:
        return CHANGED_TODAY
    in_markup = page.tree is not None and changed.rule in _LABELS
    return CHANGED_IN_MARKUP if in_markup and length == _DAY else ONLY_CHANGED


def _lighter(own: Own) -> Own:
    return replace(own, weight=own.weight - (MONTH_UNSAID if own.placed.printed.role is None else MONTH_ONLY))


def _is_short(own: Own) -> bool:
    values = own.placed.printed.values
    return bool(values) and values[0].day is None


def _has_firm(own: Sequence[Own]) -> bool:
    return any(each.role == "published" and not each.rejected and each.weight >= FIRM for each in own)


def _without_clocks(page: Page, own: Sequence[Own], title: int) -> list[Own]:
    """Unlabelled dates above the title count little beside one below it, and not at all where nothing ties them."""
    text = _text_begins(page, title)
    below = any(each.role == "published" and _is_below(each, title, text) for each in own)
    return [
        _above(page, each, below=below) if each.placed.index < title and each.rule in _UNLABELLED else each
        for each in own
    ]


def _text_begins(page: Page, title: int) -> int:
    """The block behind the title that is surely text: the fourth paragraph."""
    paragraphs = (i for i in range(title, len(page.blocks)) if is_paragraph(page.blocks[i]))
    return next(islice(paragraphs, _OPENING_TEXT, None), len(page.blocks))


def _is_below(own: Own, title: int, text: int) -> bool:
    """True for a firm date under the title; an unlabelled one behind the text may be another text's."""
    if own.placed.index <= title or own.weight <= LISTED or own.rule in _BEHIND_THE_TEXT:
        return False
    return own.rule not in _UNLABELLED or own.placed.index <= text


def _above(page: Page, own: Own, *, below: bool) -> Own:
    if why := date_clocks.above_title(page, own.placed.index, own.placed.printed):
        return replace(own, weight=min(own.weight, CLOCK), rejected=why)
    return replace(own, weight=min(own.weight, CLOCK)) if below else own
