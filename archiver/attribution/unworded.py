"""Credits without a wording: outlets in the byline block, bare names, names in brackets, affixes of the headline.

None of these says what it means. They count only for names that the registry knows or that are spelt like an
address, and they are `inferred` where nothing but their place speaks (a last line "commonspace").
"""

import re
from collections.abc import Iterator

from archiver.attribution import weights
from archiver.attribution.areas import Line, is_short
from archiver.attribution.bare_lines import (
    DIGIT,
    GOVERNMENT_OR_PLATFORM,
    LAST_LINES,
    TIME_WORDS,
    bare_lines,
    dashed_agencies,
    is_agency,
    is_marked,
    is_official,
    is_time,
    mention,
)
from archiver.attribution.hits import is_picture_agency
from archiver.attribution.mentions import Context, Mention
from archiver.attribution.printed import Printed
from archiver.attribution.said import is_own_newsroom, parts_of
from archiver.attribution.words import word_list
from archiver.model import Meant
from archiver.outlets.names import begins_like_a_name, fold

_BY = re.compile(
    r"^(?:by|from|par|por|por:|von|von:|av|af|door:?|da|di|redacción|redazione|redaktion|autor:?|author:?|автор:?|текст:?|источник|от|muəllif:?|yazan:?|od:?|από|"
    r"text:?|words:?|posted by|written by|published by|press release by)\s{1,3}(?=\S)",
    re.I,
)
_BY_BY = re.compile(r"\bBy (?P<name>[^\n]{2,40}?)\s?By [A-Z]")  # "By Gull TimesBy Jane Roe"
_PARTS = re.compile(
    r"\s{0,3}[|•·,;/]\s{0,3}|\s[-–—]{1,2}(?:\s|$)|\s(?:and|et|und|y|e|и|та|və|ve|with|avec|mit)\s|(?<=\S)\s{3,}|\(|\)"
)
_MONTH = re.compile(r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?$", re.I)
_STAFF = re.compile(r"(?:[Ss]taff|[Nn]ewsroom|редакция|redaksiyası|[A-ZÀ-Ž]{3,14})$")
_TIME_WORD = re.compile(TIME_WORDS.pattern.removeprefix("^"), re.I)
_TAIL_BRACKETS = re.compile(r"[(\[（【]\s?(?P<name>[^()\[\]（）\n]{2,60}?)\s?[)\]）】][.\s*]{0,3}$")
# "ab/rc (AFP, AP)": the desk's initials before the bracket
_INITIALS = re.compile(r"(?:[^\W\d_]{1,4}(?:[/.,+-]\s?|\s)){0,2}[^\W\d_]{1,4}[/.,+-]?\s?[(\[]")
_TAIL_SLASHES = re.compile(r"(?:^|[\s.!?…»”\"])/{1,2}\s?(?P<name>[^/\n]{2,40}?)/{0,2}\s{0,2}$")
_TAIL_PLAIN = re.compile(
    r"[.!?…»”\"]\s{0,3}(?:\s[—–]|\s--?|—|\s)\s{0,2}(?P<name>[^\W\d_][\w-]{1,12}(?: [^\W\d_][\w-]{1,12})?)\.?$"
)
_TITLE_BRACKETS = re.compile(r"\s\((?P<name>[^()\n]{2,40})\)$")
_TITLE_AFFIX = re.compile(r"(?:\s[-–—|]\s|[.։․:]\s{1,2}(?=[«“\"]))(?P<name>[^\n|–—]{2,50})$")
_TITLE_SENTENCE = re.compile(r"[^\W\d_]{2}[.։․]\s{1,2}(?P<name>[^\n.։․|–—]{2,40})$")
_AUTHOR_BRACKETS = re.compile(r"^(?P<who>[^():\n]{3,40}?)\s?\((?P<name>[^()\n]{2,40})\)\s?:")
_HEADER = 260  # characters in which the byline of a page without line breaks may stand
_WORDS_OF_NAMES = 6  # a line with more words before the agency is a caption or a sentence
_HEAD_FRAGMENTS = frozenset({"byline", "top", "title"})


def mentions(context: Context) -> Iterator[Mention]:
    """Every credit of these shapes, each with its weight; own names are marked, not dropped."""
    yield from _bylines(context)
    yield from _brackets(context)
    yield from bare_lines(context)
    yield from _titles(context)


def _bylines(context: Context) -> Iterator[Mention]:
    """ "Reuters, Washington", "PTI | July 9, 2020", "By Asbarez | Friday", "Par Le Figaro et AFP", "John Smith, AP"."""
    yield from _dated_tail(context)
    for line in context.lines:
        if line.area not in {"head", "lead"} or (len(line.text) > 100 and "By " not in line.text[:_HEADER]):
            continue
        start = line.block.start
        glued = _BY_BY.search(line.text[:_HEADER])
        if glued and (name := _inside(context, line, glued)).found.known and not is_official(name):
            yield mention(context, "byline", line, name, start, name.end)
            continue
        if line.area == "lead" or len(line.text) > 100 or not context.reader.may_name(line.text):
            continue
        by = _BY.match(line.text)
        first = start + (by.end() if by else 0)
        parts = list(_pieces(context, first, line.block.end))
        yield from _byline_mentions(context, line, parts, said=bool(by))


def _dated_tail(context: Context) -> Iterator[Mention]:
    """ "Gull Times, 5 May 2024" right after the text."""
    for line in [line for line in context.lines if line.area == "tail"][:2]:
        if len(line.text) > _HEADER or not (DIGIT.search(line.text) or _TIME_WORD.search(line.text)):
            continue
        if not context.reader.may_name(line.text):
            continue
        parts = [part for part in _pieces(context, line.block.start, line.block.end) if part.start < part.end]
        if not 2 <= len(parts) <= 4 or not parts[0].found.known or not all(is_time(part.text) for part in parts[1:]):
            continue
        if not is_official(parts[0]) and not is_picture_agency(parts[0].text) and not parts[0].found.common:
            yield mention(context, "byline", line, parts[0], parts[0].start, parts[0].end, meant=Meant.INFERRED)


def _pieces(context: Context, start: int, end: int) -> Iterator[Printed]:
    first = start
    for match in _PARTS.finditer(context.text, start, end):
        if match.start() > first:
            yield from _with_date(context, first, match.start())
        first = match.end()
    if end > first:
        yield from _with_date(context, first, end)


def _with_date(context: Context, start: int, end: int) -> Iterator[Printed]:
    """One part of a byline; of "Tide Agency May 5, 2024" the name and the date apart."""
    part = context.reader.at(context.text, start, end)
    name = None if part.found.known else context.reader.after(context.text, start, end)
    rest = context.text[name.end : end].strip() if name else ""
    told = rest and (is_time(rest) or _MONTH.match(rest) or _STAFF.match(rest))
    kind = context.text[start : name.start].strip(' "«“„').casefold() if name else ""
    if name and name.found.known and (name.start - start <= 1 or kind in word_list("kinds")) and told:
        yield name
        yield context.reader.at(context.text, name.end, end)
        return
    last = None if part.found.known else context.reader.before(context.text, start, end)
    who = context.text[start : last.start].split() if last else []
    if last and is_agency(last) and 2 <= len(who) <= 4 and all(begins_like_a_name(word) for word in who):
        yield context.reader.at(context.text, start, last.start)
        yield last
        return
    if last and who and is_agency(last) and _hands_over(context, start, last, who):
        yield context.reader.at(context.text, start, last.start)
        yield last
        return
    yield part


def _hands_over(context: Context, start: int, agency: Printed, who: list[str]) -> bool:
    """ "Publié le 03/03/2021 par AFP", "Rédaction AFP": a day and "by", or a newsroom, before an agency."""
    by = fold(who[-1]) in word_list("by_whom") and len(who) > 1
    return (by and is_time(context.text[start : agency.start])) or is_own_newsroom(" ".join(who))


def _byline_mentions(context: Context, line: Line, parts: list[Printed], *, said: bool) -> Iterator[Mention]:
    parts = [part for part in parts if part.start < part.end]
    if not parts or len(parts) > 7 or any(is_picture_agency(part.text) for part in parts) or line.text[0] in "/|©":
        return
    whole = len(parts) == 1 and not said
    for number, part in enumerate(parts):
        outlet = part.found.outlet or (part.found.ambiguous[0] if part.found.ambiguous else None)
        if outlet is None or outlet.type in GOVERNMENT_OR_PLATFORM or context.self.is_own(part):
            continue
        if whole:
            continue  # a bare name: judged below
        before = parts[:number]
        agency = outlet.type in {"agency", "syndicator"}
        named_before = [p for p in before if not p.found.known and not context.self.is_own(p) and not is_time(p.text)]
        if named_before and (
            not agency or (not said and sum(len(p.text.split()) for p in named_before) > _WORDS_OF_NAMES)
        ):
            continue  # "Jane Doe, The Times": where she works, not where the text is from
        if named_before and not said and _of_a_picture(context, named_before, part):
            continue  # "Jane Doe/AP" credits a picture
        if part.found.common and not (said or (agency and number == 0)):
            continue
        if number and not agency and not all(context.self.is_own(p) or p.found.known for p in before):
            continue
        rest = parts[number + 1 :]
        if rest and not said and _credits_a_picture(context, part, rest[0]):
            continue
        if not said and not agency and not all(is_time(p.text) or p.found.known for p in rest):
            continue
        extra = 0 if agency or said else -10
        yield mention(
            context,
            "byline",
            line,
            part,
            part.start,
            part.end,
            extra=extra,
            meant=Meant.STATED if said or agency else Meant.INFERRED,
        )


def _of_a_picture(context: Context, before: list[Printed], agency: Printed) -> bool:
    """ "Jane Doe/AP" credits a picture; one word before the slash is a place ("Dorsk/KVP")."""
    slash = context.text[before[-1].end : agency.start].strip() == "/"
    return slash and not (len(before) == 1 and len(before[0].text.split()) == 1 and begins_like_a_name(before[0].text))


def _credits_a_picture(context: Context, agency: Printed, person: Printed) -> bool:
    """ "AFP/Jane Roe": who took a picture, and for whom."""
    words = person.text.split()
    between = context.text[agency.end : person.start].strip()
    named = 2 <= len(words) <= 3 and all(begins_like_a_name(word) for word in words)
    return (
        between == "/"
        and named
        and not is_time(person.text)
        and not person.found.known
        and not context.self.is_own(person)
    )


def _brackets(context: Context) -> Iterator[Mention]:
    """ "... (Milli.az)" or "... / Paytaxt.org" at the very end of the text, "Name (Outlet):" at its beginning."""
    for line in context.lines:
        if line.area == "last" or (
            line.area == "tail" and (line.text[0] in "([（/" or not line.short or _INITIALS.match(line.text))
        ):
            for pattern in (_TAIL_BRACKETS, _TAIL_SLASHES):
                yield from _ends_with(context, line, pattern)
            plain = _TAIL_PLAIN.search(line.text) if line.area == "last" else None
            if plain and is_agency(name := _inside(context, line, plain)) and len(fold(name.text)) > 2:
                yield mention(context, "brackets", line, name, name.start, name.end, extra=-14, meant=Meant.INFERRED)
        if line.area in {"lead", "head"}:
            match = _AUTHOR_BRACKETS.search(line.text)
            if match and (name := _inside(context, line, match)).found.known and not is_official(name):
                yield mention(
                    context, "brackets", line, name, line.block.start + match.start(), line.block.start + match.end()
                )


def _ends_with(context: Context, line: Line, pattern: re.Pattern[str]) -> Iterator[Mention]:
    match = pattern.search(line.text)
    if not match or (line.area == "tail" and _after_furniture(context, line)):
        return
    whole = _inside(context, line, match)
    if not whole.found.known and pattern is _TAIL_SLASHES:  # "//gull": what stands behind slashes is marked as a name
        whole = whole._replace(found=context.reader.resolve(f"«{whole.text}»"))
    parts = [whole] if whole.found.known else list(parts_of(context, whole))
    if len(parts) == 1 and not whole.found.known:
        parts = dashed_agencies(context, whole) or parts
    good = [part for part in parts if _credited(context, part)]
    if not good or (len(good) < len(parts) and not all(_credited(context, p) or len(p.text) <= 5 for p in parts)):
        return
    for part in good:
        if is_official(part):
            continue
        start, end = line.block.start + match.start(), line.block.start + match.end()
        yield mention(context, "brackets", line, part, start, end)


def _credited(context: Context, name: Printed) -> bool:
    if name.found.known or context.self.is_own(name):
        return True
    return name.found.domain is not None and " " not in name.text.strip()


def _titles(context: Context) -> Iterator[Mention]:
    """ "Headline (Agency)", "Headline – Agency", "Headline. «Daily»"."""
    for line in context.lines:
        if line.area != "title" and (line.number or context.page.fragment not in _HEAD_FRAGMENTS):
            continue
        brackets = _TITLE_BRACKETS.search(line.text)
        if brackets and (name := _in_title_brackets(context, line, brackets)).found.known and not is_official(name):
            start, end = line.block.start + brackets.start() + 1, line.block.start + brackets.end()
            yield mention(
                context,
                "brackets",
                line,
                name,
                start,
                end,
                extra=0 if is_marked(name, context) else -weights.ORDINARY_WORD,
            )
            continue
        affix = _TITLE_AFFIX.search(line.text)
        if affix and (name := _inside(context, line, affix)).found.known:
            quoted = line.text.rstrip()[-1] in '»”"'
            extra = (14 if quoted else 0) - (0 if is_marked(name, context) or quoted else weights.ORDINARY_WORD)
            start, end = line.block.start + affix.start(), line.block.start + affix.end()
            yield mention(context, "affix", line, name, start, end, extra=extra, meant=Meant.INFERRED)
            continue
        last = _TITLE_SENTENCE.search(line.text)
        if (
            last
            and (name := _inside(context, line, last)).found.known
            and not name.found.common
            and not is_official(name)
        ):
            start, end = line.block.start + last.start("name"), line.block.start + last.end("name")
            yield mention(context, "affix", line, name, start, end, meant=Meant.INFERRED)


def _in_title_brackets(context: Context, line: Line, match: re.Match[str]) -> Printed:
    """The outlet of "Headline (Gull Times, Norway)": before the comma, where both together are no name."""
    whole = _inside(context, line, match)
    comma = context.text.find(",", whole.start, whole.end)
    if whole.found.known or comma < 0:
        return whole
    name = context.reader.at(context.text, whole.start, comma)
    return whole if name.found.common else name


def _inside(context: Context, line: Line, match: re.Match[str]) -> Printed:
    start = line.block.start
    return context.reader.at(context.text, start + match.start("name"), start + match.end("name"))


def _after_furniture(context: Context, line: Line) -> bool:
    """True for tail lines far below the last paragraph."""
    above = [other for other in context.lines if other.area == "last"]
    return bool(above) and line.number - above[-1].number > LAST_LINES + 2 and is_short(line.text)
