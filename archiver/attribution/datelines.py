"""The place, the day and the agency that open a story: "CITY (Agency) -", "City, date, AGENCY.", "/Agency/".

Only a name that the registry knows as an agency counts, or, in brackets after a place in capitals, one that it does
not know. Everything before the name must look like a place, a date or a reporter.
"""

import re
from collections.abc import Iterator

from archiver.attribution import weights
from archiver.attribution.areas import Line
from archiver.attribution.hits import trimmed_space
from archiver.attribution.mentions import Context, Mention, with_own
from archiver.attribution.printed import Printed
from archiver.attribution.said import parts_of
from archiver.outlets.names import begins_like_a_name, is_cased

RULE = "grammar/dateline@1"
_REACH = 110
_BRACKETS = re.compile(
    r"^(?P<place>[^()\[\]\n]{0,60}?)\s?[(\[（](?P<name>[^()\[\]\n]{2,45})[)\]）](?P<dash>\s{0,2}[.,]?\s{0,2}(?:--|[-–—ـ:])|\.\s|\s{1,2}(?=[A-ZÀ-Þ]))"
)
_SLASHES = re.compile(
    r"^(?P<place>[^\n/]{0,60}?)\s?/\s?(?:(?i:корр\.?|корреспондент|cor\.|müxbir)\s{1,2})?(?P<name>[^\n/]{2,40}?)\s?/"
)
_DATE_IN_SLASHES = re.compile(r"^(?P<place>[^\n/]{2,25})/[\d./]{6,10}/(?P<name>[^\n:/]{2,30}):")
_NAME_DASH = re.compile(r"^(?P<name>[^\n,.:()–—-]{2,25}?(?:\.[a-zA-Z]{2,6})?)\.?\s{0,2}(?:--|[-–—])\s")
_NAME_DATE = re.compile(
    r"^(?P<name>[^\n,.:()–—-]{2,25}?)(?:-\w{4,9})?,? {0,2}"
    r"(?:\d{1,2}\.? [^\W\d_]{3,12}\.?|[^\W\d_]{3,9}\.? \d{1,2})(?:,? (?:19|20)\d\d)?\s{0,2}(?:[.:]\s|[-–—]{1,2}\s)"
)
_CJK = re.compile(r"^[（(【\[]?(?P<name>[^\s\d，。（）【】]{1,4}[社网網报報])[^\n，。]{2,28}?[电電讯訊]")
_CJK_SAYS = re.compile(r"^(?P<name>[^\s\d，。：（）【】]{1,5}[社网網报報])(?:消息|[电電讯訊])[：:]")
_CJK_BRACKETS = re.compile(r"^[【\[(（［](?P<inside>[^\]】)）］\n]{2,30})[\]】)）］]")
_SEGMENT_END = re.compile(r"[,:;()/]|\.(?=\s|$)|\s[-–—ـ]{1,2}\s?|[-–—](?=[^\W\d_])|[-–—]\s|՝|։")
_CJK_FROM = "\u2e80"
_CJK_MARKS = " =＝\u3000"
_WORDS_OF_PLACE = 4
_DASHES = frozenset({"-", "–", "—"})
_REPORTER = re.compile(r"\s(?:[^\W\d_][\w'’-]{1,20} ){1,2}[^\W\d_][\w'’-]{1,20}(?:\.\s|\s[-–—])")
_DESK = 6  # "dpa/lno": the letters of a desk beside the agency


def mentions(context: Context) -> Iterator[Mention]:
    """Datelines at the start of the headline's neighbours and of the first paragraphs."""
    seen = 0
    for line in context.lines:
        if line.area in {"outside", "caption", "title"} or (
            line.area == "tail" and (line.short or context.page.fragment != "bottom")
        ):
            continue
        if line.area in {"body", "last"}:
            seen += 1
            if seen > 4:
                return
        yield from _of_line(context, line)


def _of_line(context: Context, line: Line) -> Iterator[Mention]:
    start, end = line.block.start, line.block.end
    head = context.text[start : min(end, start + _REACH)]
    for pattern in (_BRACKETS, _DATE_IN_SLASHES, _SLASHES, _CJK, _CJK_SAYS, _NAME_DASH, _NAME_DATE):
        match = pattern.search(head)
        if not match:
            continue
        place = match.groupdict().get("place") or ""
        if place and not _is_place(place):
            continue
        first, last = start + match.start("name"), start + match.end("name")
        if pattern is _BRACKETS and not match.group("dash").strip() and not 1 <= len(place.split()) <= 3:
            continue
        names = [name for name in _names(context, first, last) if _may_open(context, pattern, name, place)]
        if names:
            yield from (_mention(context, line, start, start + match.end(), name) for name in names)
            return
    inside = _in_cjk_brackets(context, line, head)
    if inside is not None:
        yield inside
        return
    yield from _of_segments(context, line, head)


def _in_cjk_brackets(context: Context, line: Line, head: str) -> Mention | None:
    """ "【北京共同】", "[서울=뉴시스]", "【5月5日 AFP】": a place or a day, then an agency, all in brackets."""
    match = _CJK_BRACKETS.match(head)
    inside = match.group("inside") if match else ""
    if match is None or not (max(inside) > _CJK_FROM or "=" in inside):
        return None
    for at in range(1, len(inside) - 1):
        if inside[at - 1] not in _CJK_MARKS and inside[at] <= _CJK_FROM:
            continue
        first = line.block.start + match.start("inside") + at
        name = context.reader.at(context.text, first, line.block.start + match.end("inside"))
        if _is_agency(name):
            return _mention(context, line, line.block.start, line.block.start + match.end(), name)
    return None


def _names(context: Context, first: int, last: int) -> list[Printed]:
    whole = context.reader.at(context.text, first, last)
    if whole.found.known or context.self.is_own(whole):
        return [whole]
    parts = list(parts_of(context, whole))
    known = [part for part in parts if part.found.known or context.self.is_own(part)]
    if any(part not in known and len(part.text) > _DESK for part in parts):
        return [] if known else [whole]  # "Jane Doe / AFP" credits a picture
    return known


def _may_open(context: Context, pattern: re.Pattern[str], name: Printed, place: str) -> bool:
    """Agencies open stories; other outlets only in brackets; the unknown only in brackets after A PLACE."""
    if context.self.is_own(name):
        return True
    kinds = {outlet.type for outlet in (name.found.outlet, *name.found.ambiguous) if outlet}
    if kinds & {"agency", "syndicator"}:
        return True
    if pattern in {_CJK, _CJK_SAYS} or (pattern is _NAME_DASH and "." in name.text and " " not in name.text):
        return bool(kinds & {"outlet"}) or pattern is _CJK
    if pattern is _BRACKETS and kinds & {"outlet", "syndicator", "aggregator"}:
        return not name.found.common or place.isupper()
    if pattern is _BRACKETS and not kinds:
        letters = [c for c in place if c.isalpha()]
        return (
            len(letters) > 3
            and place.split()[0].strip(",").isupper()
            and begins_like_a_name(name.text)
            and len(name.text) > 3
        )
    return False


def _of_segments(context: Context, line: Line, head: str) -> Iterator[Mention]:
    """ "City, date, AGENCY." and its relatives: places and dates, then an agency, then a mark."""
    start = line.block.start
    first = 0
    opened = ""
    for number, match in enumerate(_SEGMENT_END.finditer(head)):
        piece = head[first : match.start()]
        if number and piece.strip():
            name = context.reader.at(context.text, start + first, start + match.start())
            glued = _glued(context, line, start + first, head[:first], opened)
            if glued is not None:
                yield _mention(context, line, start, glued.end, glued)
                return
            if _closes(head, match, opened) and (_is_agency(name) or _is_own_name(context, name)) and name.text:
                yield _mention(context, line, start, start + match.end(), name)
                return
        if (piece.strip() and not _is_place(piece)) or number > 5:
            return
        if number and _joins(head, match) and _joined_name(context, start, first, match, head):
            continue  # "Interfax-Kazakhstan" is one name
        opened = match.group().strip()
        first = match.end()
    glued = _glued(context, line, start + first, head[:first], opened) if first else None
    if glued is not None:
        yield _mention(context, line, start, glued.end, glued)


def _glued(context: Context, line: Line, at: int, before: str, opened: str) -> Printed | None:
    """An agency behind a day, or a place and a dash, that runs on into the text: "Dorsk, 3 May, KVP The talks"."""
    dated = any(c.isdigit() for c in before)
    if not (dated or opened in _DASHES or opened == "/") or not begins_like_a_name(
        context.text[at : at + _DESK].strip()
    ):
        return None
    name = context.reader.after(context.text, at, line.block.end)
    if name is None or name.start > at + 1 or not _is_agency(name) or name.found.common:
        return None
    following = context.text[name.end : name.end + 2]
    runs_on = following[:1].isspace() and following[1:].isalpha() and begins_like_a_name(following[1:])
    return name if runs_on and (dated or not is_cased(name.text)) else None


def _joins(head: str, match: re.Match[str]) -> bool:
    """True for a hyphen between two words."""
    return match.group() in _DASHES and head[match.start() - 1 : match.start()].isalpha()


def _joined_name(context: Context, start: int, first: int, match: re.Match[str], head: str) -> bool:
    """True when the words on both sides of a hyphen are together the name of an agency."""
    following = _SEGMENT_END.search(head, match.end())
    end = following.start() if following else len(head)
    return _is_agency(context.reader.at(context.text, start + first, start + end))


def _closes(head: str, match: re.Match[str], opened: str) -> bool:
    """True when the mark after a name ends a dateline; brackets and slashes end only what they opened."""
    mark = match.group().strip()
    if mark == "," and opened in _DASHES:
        return _REPORTER.match(head, match.end()) is not None  # "CITY, 5 May - AGENCY, Jane Doe."
    if (
        mark in {",", "("}
        or (mark == ")" and opened != "(")
        or (opened == "/" and mark not in {"/", ":"})
        or head[0] in "(["
    ):
        return False
    following = head[match.end() : match.end() + 1]
    return mark not in {"-", "–", "—"} or match.group().endswith(" ") or not following.isalpha()


def _is_own_name(context: Context, name: Printed) -> bool:
    return context.self.is_own(name) and all(begins_like_a_name(word) for word in name.text.split())


def _is_agency(name: Printed) -> bool:
    return any(outlet and outlet.type == "agency" for outlet in (name.found.outlet, *name.found.ambiguous))


def _is_place(piece: str) -> bool:
    words = piece.replace(",", " ").split()
    if len(words) > _WORDS_OF_PLACE + 3 or len(piece) > 60:
        return False
    return bool(words) and begins_like_a_name(words[0])


def _mention(context: Context, line: Line, start: int, end: int, name: Printed) -> Mention:
    start, end = trimmed_space(context.text, start, end)
    weight = weights.of("dateline", line.area, name)
    url = context.link_in(line, name.start, name.end)
    return with_own(Mention("dateline", RULE, line, start, end, name, weight, url=url), context.self)
