"""A name is read out of running text by its shape and by who is known, and keeps its place.

Three shapes: what stands in quotation marks, what is spelt like an address, and a run of capitalised words.
Among the readings of one place the longest that the registry knows wins; case endings stay outside the value
where the language writes them after a mark ("«Факт»ի", "Sabah.az-a").
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from archiver.attribution.words import word_list
from archiver.outlets import Registry, Resolution
from archiver.outlets.names import begins_like_a_name, fold, is_cased
from archiver.outlets.registry import printed_domain

_OPEN, _CLOSE = "«“„\"‘'‹『「《【", "»”“\"’'›』」》】"
_PAIRS = {
    "«": "»",
    "“": '”"',
    "„": '“”"',
    '"': '"”',
    "‘": "’'",
    "'": "'’",
    "‹": "›",
    "『": "』",
    "「": "」",
    "《": "》",
    "【": "】",
    "”": "”",
}
_SPACE = " \t\u00a0\r\n"
_TOKEN = re.compile(r"[^\s]{1,80}")
_URL = re.compile(r"https?://[^\s<>\"»”]{3,300}", re.I)
_HOST = re.compile(r"(?:www\.)?(?:[^\W_](?:[\w-]{0,40}[^\W_])?\.){1,3}[^\W\d_]{2,12}(?=$|[^\w])", re.I)
_STOP = re.compile(
    r"[\n|;•·!?…()\[\]{}<>=_*†]|:\s|,|\s[-–—/]{1,2}\s|[-–—]\s|(?<!\b\w)\.(?=\s|$)|[。，；：、！？（）「」｜：؛،։]"
)
_STOP_LABEL = re.compile(r"[\n|;•·…<>=_]|\s[–—]\s|\s-\s|(?<=[^\W_]{4}|\d\d\d\d)\.\s{1,3}|[。；！？｜（]|\s{3,}|\t")
_IN_BRACKETS = re.compile(r"[(（](?P<inside>[^()（）\n]{2,80})[)）]\s{0,2}(?:$|(?=\n))")
_WHOSE_KIND = re.compile(
    r"(?:the )?[A-Z][a-z]{3,14}(?:ese|ish|ian|an|i|ch|sh|ic|based)(?:[ -][A-Z]?[a-z]{3,10}(?:ese|ish|ian|an))? "
    r"(?:daily|weekly|monthly|newspapers?|magazine|(?:news )?(?:website|site|outlet|portal|agency)|broadcaster|tabloid|"
    r"journal|channel|paper) (?=[A-Z«“\"„])"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_CLOSING = re.compile(r"[»”“\"’›』」》】](?:[-'’]?[^\W\d_]{0,6})$")
_CASE_MARK = re.compile(r"(?<=[\w”»“\"’'])[-'’`”»“\"]{1,2}[^\W\d_]{1,6}$")


class Printed(NamedTuple):
    """A name as printed at ``start``..``end`` of the page text, and what it leads to."""

    text: str
    start: int
    end: int
    found: Resolution

    @property
    def domain(self) -> str | None:
        """The outlet's address by registry, else the one printed in the name."""
        return self.found.site


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads names in one page: knows the registry and the page's language and country."""

    registry: Registry
    language: str | None = None
    country: str | None = None
    _resolved: dict[str, Resolution] = field(default_factory=dict, repr=False, compare=False)
    _opens: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)

    def resolve(self, text: str) -> Resolution:
        """What ``text`` leads to for this page. Each name is sought once: many rules ask for the same ones."""
        found = self._resolved.get(text)
        if found is None:
            found = self.registry.resolve(text, language=self.language, country=self.country)
            self._resolved[text] = found
        return found

    def may_open(self, word: str) -> bool:
        """`Registry.may_open`, asked once a page for each word."""
        answer = self._opens.get(word)
        if answer is None:
            answer = self._opens[word] = self.registry.may_open(word, self.language)
        return answer

    def may_name(self, text: str) -> bool:
        """`Registry.may_name` for a text in the page's language."""
        return self.registry.may_name(text, self.language)

    def at(self, text: str, start: int, end: int) -> Printed:
        """The name that stands exactly at ``start``..``end`` of ``text``, without marks around it."""
        start, end = trimmed(text, start, end)
        value = text[start:end]
        host = printed_domain(value) if _URL.match(value) else None
        if host:
            outlet = self.registry.by_domain(host)
            return Printed(value, start, end, Resolution(value, "domain" if outlet else "unknown", outlet, domain=host))
        return Printed(value, start, end, self.resolve(value))

    def after(self, text: str, start: int, end: int) -> Printed | None:
        """The name that begins at or soon after ``start`` (before ``end``), or None."""
        start = _skip(text, start, end)
        if start >= end:
            return None
        quoted = _quoted_from(text, start, end) or _quoted_behind_kind(text, start, end)
        if quoted:
            return self.at(text, *quoted)
        address = _URL.match(text, start, end) or _HOST.match(text, start, end)
        if address:
            return self.at(text, address.start(), address.end())
        start = _behind_kind(text, start, end)
        stop = _STOP.search(text, start, min(end, start + 90))
        limit = stop.start() if stop else min(end, start + 90)
        words = [match.span() for match in _TOKEN.finditer(text, start, limit)][:9]
        return self._known_window(text, words, from_left=True) or self._capitals(text, words, text, limit, end)

    def before(self, text: str, start: int, end: int) -> Printed | None:
        """The name that ends right before ``end`` (not before ``start``), or None."""
        while end > start and text[end - 1] in _SPACE + ",":
            end -= 1
        start = max(start, end - 90)
        quoted = _quoted_until(text, start, end)
        if quoted:
            return self.at(text, *quoted)
        cut = max((match.end() for match in _STOP.finditer(text, start, end) if match.end() < end), default=start)
        words = [match.span() for match in _TOKEN.finditer(text, cut, end)][-8:]
        known = self._known_window(text, words, from_left=False)
        return known or self._capitals_back(text, words)

    def known_in(self, text: str, start: int, end: int) -> Printed | None:
        """The first outlet in ``text[start:end]`` that the registry knows by a name that is no ordinary word."""
        words = [match.span() for match in _TOKEN.finditer(text, start, min(end, start + 200))]
        for first in range(len(words)):
            word = text[words[first][0] : words[first][1]]
            if not _starts_name(word) or not self.may_open(word):
                continue
            for last in range(min(len(words), first + 5) - 1, first - 1, -1):
                printed = self.at(text, words[first][0], words[last][1])
                if printed.found.known and not printed.found.common:
                    return printed
        return None

    def label_value(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The span of what a label announces: the rest of its line, up to a mark that ends it."""
        start = _skip(text, start, end)
        if start >= end:
            return None
        address = _URL.match(text, start, end)
        if address:
            return address.span()
        bracket = _IN_BRACKETS.match(text, start, min(end, start + 120))
        if bracket:
            return trimmed(text, *bracket.span("inside"))
        stop = _STOP_LABEL.search(text, start, min(end, start + 120))
        limit = stop.start() if stop else min(end, start + 120)
        if stop and stop.group().startswith(".") and limit - start <= 2:
            later = _STOP_LABEL.search(text, stop.end(), min(end, start + 120))
            limit = later.start() if later else min(end, start + 120)
        return trimmed(text, start, limit) if limit > start else None

    def _known_window(self, text: str, words: list[tuple[int, int]], *, from_left: bool) -> Printed | None:
        """The longest run of words at the edge that is a known name; a few lower-case words may stand before it."""
        if not from_left:
            windows = [
                (words[i][0], words[-1][1])
                for i in range(max(0, len(words) - 6), len(words))
                if self.may_open(text[words[i][0] : words[i][1]])
            ]
            return next((p for span in windows if (p := self.at(text, *span)).found.known and _is_name(p)), None)
        for first in range(min(4, len(words))):
            word = text[words[first][0] : words[first][1]]
            lasts = range(min(len(words), first + 6) - 1, first - 1, -1) if self.may_open(word) else ()
            for last in lasts:
                printed = self.at(text, words[first][0], words[last][1])
                if printed.found.known and _is_name(printed) and not _opens_longer(text, printed, words[last + 1 :]):
                    return printed
            if begins_like_a_name(word) and word.casefold() not in word_list("kinds"):
                return None
        return None

    def _capitals(self, text: str, words: list[tuple[int, int]], whole: str, limit: int, end: int) -> Printed | None:
        """The first run of capitalised words, or of words of a script without capitals."""
        run: list[tuple[int, int]] = []
        for start, stop in words:
            word = text[start:stop]
            if not run and not _starts_name(word):
                if len(words) and words.index((start, stop)) >= 3:
                    return None
                continue
            if run and (
                not (_starts_name(word) or word.lower() in word_list("connectors")) or word in word_list("particles")
            ):
                break
            if run and _begins_date(text, run[-1], (start, stop), limit):
                break
            run.append((start, stop))
            if len(run) >= (6 if is_cased(word) else 3):
                break
        while run and text[run[-1][0] : run[-1][1]].lower() in word_list("connectors"):
            run.pop()
        return self.at(whole, run[0][0], run[-1][1]) if run and run[0][0] < min(limit, end) else None

    def _capitals_back(self, text: str, words: list[tuple[int, int]]) -> Printed | None:
        run: list[tuple[int, int]] = []
        for start, stop in reversed(words):
            word = text[start:stop]
            if not (_starts_name(word) or (run and word.lower() in word_list("connectors"))):
                break
            run.append((start, stop))
            if len(run) >= 5:
                break
        while run and text[run[-1][0] : run[-1][1]].lower() in word_list("connectors"):
            run.pop()
        return self.at(text, run[-1][0], run[0][1]) if run else None


def _behind_kind(text: str, start: int, end: int) -> int:
    """Where the name begins in "Norwegian daily Gull Post": behind whose and what kind of an outlet it is."""
    kind = _WHOSE_KIND.match(text, start, end)
    return kind.end() if kind else start


def _opens_longer(text: str, name: Printed, following: list[tuple[int, int]]) -> bool:
    """True for an ordinary word that is known and is only the beginning of a name: "Akşam" of "Akşam Feneri"."""
    if not following or not name.found.common or following[0][0] > name.end + 1 or not is_cased(name.text):
        return False
    word = text[slice(*following[0])]
    return len(word) > 3 and word[0].isupper() and not word.isupper() and fold(word) not in word_list("months")


def _begins_date(text: str, before: tuple[int, int], word: tuple[int, int], limit: int) -> bool:
    """True for a number that is no part of a name: of a date, or behind an article ("le 2 février", "el 02.02.")."""
    token = text[slice(*word)]
    if not token[0].isdigit():
        return False
    if _DATE.match(token) or text[slice(*before)].lower() in word_list("connectors"):
        return True
    following = _TOKEN.match(text, word[1] + 1, limit) if word[1] + 1 < limit else None
    return len(token.rstrip(".")) <= 2 and following is not None and fold(following.group()) in word_list("months")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``start``..``end`` without white space, quotation marks and stray punctuation at the edges."""
    while start < end and text[start] in _SPACE + "«“„\"‘'‹*•·:：-–—,;/|([『「《【（［©":
        start += 1
    while end > start and (
        text[end - 1] in _SPACE + "»”“\"’'›*•·:：;,/|)]』」》】）］…–—-" or _lone_stop(text, start, end)
    ):
        end -= 1
    return start, end


def without_case_mark(name: str) -> str:
    """``name`` without a case ending that stands after a mark: "Sabah.az-a" gives "Sabah.az"."""
    return _CASE_MARK.sub("", name)


def _lone_stop(text: str, start: int, end: int) -> bool:
    """A full stop that ends a sentence and not an abbreviation such as "F.A.S." or "U.S."."""
    if text[end - 1] not in ".!?։。":
        return False
    return "." not in text[max(start, end - 4) : end - 1]


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _SPACE + ":：՝*-–—|,":
        start += 1
    return start


def _quoted_from(text: str, start: int, end: int) -> tuple[int, int] | None:
    closers = _PAIRS.get(text[start])
    if not closers:
        return None
    for i in range(start + 1, min(end, start + 82)):
        if text[i] in closers or text[i] == "\n":
            return (start + 1, i) if text[i] in closers and i - start > 2 else None
    return None


def _quoted_behind_kind(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name in marks behind a word for what it is: Wochenzeitung „Der Bote“."""
    kind = _TOKEN.match(text, start, end)
    if kind is None or kind.end() + 1 >= end or kind.group().casefold() not in word_list("kinds"):
        return None
    return _quoted_from(text, kind.end() + 1, end)


def _quoted_until(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A quoted name that ends at ``end``, perhaps with a case ending after the closing mark."""
    tail = _CLOSING.search(text[start:end])
    if not tail:
        return None
    close = start + tail.start()
    for i in range(close - 1, start - 1, -1):
        if text[i] in '«“„"‘‹『「《【”' and text[close] in _PAIRS.get(text[i], ""):
            return (i + 1, close) if close - i > 2 else None
    return None


def _starts_name(word: str) -> bool:
    return begins_like_a_name(word) or bool(_HOST.match(word.strip(_OPEN + _CLOSE)))


def _is_name(printed: Printed) -> bool:
    """A known name that is also an ordinary word must look like a name where it stands."""
    return begins_like_a_name(printed.text) or printed.found.domain is not None or not printed.found.common
