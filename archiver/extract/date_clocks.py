"""Which printed dates belong to the page, to an event or to a teaser, and not to the article.

Pages print today's day above the headline, announcements print the day of an event, lists of articles print the day of
each. Taken for the day of publication each would be a statement nobody made, so doubt leaves the article undated.
"""

import re
from collections.abc import Iterable

from archiver.extract.date_words import fold, weekdays_named
from archiver.extract.printed_dates import PrintedDate
from archiver.model import Block, Page, Zone
from archiver.timepoint import Precision

__all__ = [
    "BARE",
    "WEEKDAY",
    "above_title",
    "event_labelled",
    "has_words",
    "is_clock",
    "teaser_dates",
    "weather_beside",
]

CLOCK = "looks like the clock of the page: "
WEATHER = CLOCK + "the weather stands beside it"
WEEKDAY = CLOCK + "it names the day of the week"
BARE = "stands above the title with nothing that ties it to the article"
_TEASERS = 2
_ROUND_THE_ARTICLE = frozenset({Zone.NAVIGATION, Zone.FOOTER, Zone.FURNITURE})
_OWN = frozenset({Zone.TITLE, Zone.BYLINE})  # a linked name of an author heads no teaser
_RIGHT_UNDER = 6
_LONGEST_TEASER = 240
_LONGEST_WEATHER = 80

_CLOCK_HINT = re.compile(
    r"(?<![a-z])(?:clock|weather|meteo|pogoda|today|current-?(?:date|time|day)|top-?bar|topbar|"
    r"(?<!article )(?<!post )header-?(?:date|top|time)|date-?today|server-?time|ticker|masthead)(?![a-z])|"
    r"<header>(?!.{0,400}<article>)(?<!<article> <header>)"
)
_POST_HINT = re.compile(
    r"<article>|(?<![a-z])h-?(?:feed|entry)(?![a-z])|(?<![a-z])(?:post|entry|article|story|news)-?(?:date|time|meta|info|header|head)(?![a-z])"
)
_WEATHER = re.compile(
    r"\d\s?°|(?<![\w.,])\d{1,2}\s?c\s(?=[^\W\d_])|°\s?[cf]\b|\bweather\b|\bпогода\b|\bhava\b|\bméteo\b|\bwetter\b"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_EVENT_WORDS = (
    "event|events|event date|date of event|date of the event|when|where|venue|start|starts|start date|begin|begins|"
    "end|ends|doors|deadline|register by|date and time|veranstaltung|termin|wann|beginn|quand|lieu|début|événement|"
    "cuándo|inicio|evento|quando|início|inizio|wanneer|aanvang|kiedy|początek|wydarzenie|когда|начало|мероприятие|"
    "событие|коли|початок|подія|nə vaxt|başlanğıc|tədbir|ne zaman|başlangıç|etkinlik|երբ|սկիզբ|միջոցառում|როდის|"
    "πότε|έναρξη|متى|الموعد|活动时间|日時|일시"
)
_EVENT = re.compile(rf"[\s•*–—-]{{0,4}}(?:{fold(_EVENT_WORDS)})\s{{0,2}}[:：]")


def above_title(page: Page, index: int, printed: PrintedDate) -> str | None:
    """Why the unlabelled date of block ``index``, above the headline, is no date of the article; None if it may be.

    Standing inside the article element, in an element named for the post, or in a feed of posts (microformats' hfeed
    and hentry) ties a date to it. Without a sign of a
    clock, so do other words in its line (an author, a section).
    """
    block = page.blocks[index]
    line, hint = fold(page.quote(block)), block.hint.lower()
    if _CLOCK_HINT.search(hint):
        return CLOCK + "its element is named so"
    if _WEATHER.search(line):
        return WEATHER
    if _POST_HINT.search(hint):
        return None
    if printed.weekday == "agrees":
        return WEEKDAY
    if _counts_seconds(printed):
        return CLOCK + "it counts seconds"
    if block.tag == "time" or has_words(page.quote(block), printed):
        return None
    return None if _shares_its_element(page, index) else BARE


def is_clock(page: Page, index: int, printed: PrintedDate, *, above: bool) -> bool:
    """True where the element of block ``index``, the weather in its line or a weekday speaks of the page's clock.

    ``above`` the title seconds do so, too.
    """
    hint = page.blocks[index].hint.lower()
    if _CLOCK_HINT.search(hint) or _WEATHER.search(fold(page.quote(page.blocks[index]))):
        return True
    if printed.weekday == "agrees" and not _POST_HINT.search(hint):
        return True
    return above and _counts_seconds(printed)


def _counts_seconds(printed: PrintedDate) -> bool:
    return any(value.precision is Precision.SECOND for value in printed.values)


def _shares_its_element(page: Page, index: int) -> bool:
    """True right below an ``h1``, and where date and title have an element in common that menus are not in."""
    if index > 0 and page.blocks[index - 1].tag == "h1":
        return True
    title = next((block for block in page.blocks[index:] if block.zone is Zone.TITLE), None)
    common = set(page.blocks[index].hint.split()) & set((title.hint if title else "").split())
    round_it = [block.hint for block in page.blocks if block.zone in _ROUND_THE_ARTICLE]
    return bool(round_it) and bool(common.difference(*(hint.split() for hint in round_it)) - {"<main>", "<header>"})


def has_words(line: str, printed: PrintedDate) -> bool:
    """True where a word stands beside the date in ``line`` that is no day of the week."""
    rest = line[: printed.start] + " " + line[printed.end :]
    return any(not weekdays_named(word) for word in _WORD.findall(rest))


def event_labelled(page: Page, index: int) -> bool:
    """True where "Event:", "When:" or "Starts:" opens block ``index``, or is all of the block before it."""
    if _EVENT.match(fold(page.quote(page.blocks[index])[:80])):
        return True
    return index > 0 and bool(_EVENT.fullmatch(fold(page.quote(page.blocks[index - 1])[:80]).strip()))


def weather_beside(page: Page, index: int) -> bool:
    """True for a short line that holds a temperature beside its date: "13 C Baku Saturday, May 18, 2024"."""
    block = page.blocks[index]
    return block.end - block.start <= _LONGEST_WEATHER and _WEATHER.search(fold(page.quote(block))) is not None


def teaser_dates(page: Page, indexes: Iterable[int]) -> frozenset[int]:
    """Those of the dated blocks ``indexes`` that stand beside the linked headline of a teaser, where teasers repeat."""
    beside = [(index, heading) for index in indexes if (heading := _teaser_heading(page, index)) is not None]
    return frozenset(index for index, _ in beside) if len({h for _, h in beside}) >= _TEASERS else frozenset()


def _teaser_heading(page: Page, index: int) -> int | None:
    for near in (index - 1, index - 2, index + 1):
        if 0 <= near < len(page.blocks) and _is_linked_heading(page.blocks[near]):
            return None if near > index and _is_right_under_title(page, index) else near
    return None


def _is_right_under_title(page: Page, index: int) -> bool:
    """True where the page's own title is the nearest heading above block ``index``."""
    above = page.blocks[max(0, index - _RIGHT_UNDER) : index]
    nearest = next((block for block in reversed(above) if block.zone is Zone.TITLE or _is_linked_heading(block)), None)
    return nearest is not None and nearest.zone is Zone.TITLE


def _is_linked_heading(block: Block) -> bool:
    short = block.end - block.start <= _LONGEST_TEASER
    return block.tag in {"h2", "h3", "h4", "h5"} and bool(block.links) and short and block.zone not in _OWN
