"""The wordings of the language, found on the page: each with its name, its place and its weight."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from archiver.attribution import weights
from archiver.attribution.areas import Line, sentences_apart
from archiver.attribution.cited import calls_itself_outlet
from archiver.attribution.cues import CuedLines
from archiver.attribution.hits import AND, LABELS, PICTURES, Hit, hits
from archiver.attribution.mentions import Context, Mention, with_own
from archiver.attribution.phrases import Phrase
from archiver.attribution.printed import Printed
from archiver.attribution.words import lines as word_lines
from archiver.attribution.words import word_list
from archiver.model import Meant
from archiver.outlets.names import fold, is_cased
from archiver.outlets.registry import printed_domain

_LISTING = frozenset({"contributed", "adapted_from", "reprinted_from"})
# No article says one thing more often; what repeats itself without end must not cost without end.
_MOST = 40
_NO_CREDIT = frozenset(
    {"licence", "citation", "article_in", "outbound", "not_attribution", "hand_over", "interview_given"}
)
_FULL_DATE = re.compile(r"\b\d{1,2}\.? ?[^\W\d_]{3,12} (?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b")
_WORDS = re.compile(r"[^\W\d_]{1,40}")
_WORD_BETWEEN = 5  # "A, B, and C": letters that may stand before the next name
_DESCRIBED = re.compile(
    r"(?:materials? (?:provided|supplied) by|(?:press|news|media) releases? (?:of|by|from)|"
    r"pressemitteilung (?:von|der|des)|communiqué (?:de presse )?d[eu]|comunicado de(?:l)?|"
    r"comunicato (?:stampa )?d[ie]l?|пресс-служб[аы]|пресс-релиз|прес-служба|"
    r"basın bülteni:?|mətbuat xidməti:?)\s{1,2}(?:the |der |la )?",
    re.I,
)
_NEXT_LABEL = re.compile(r"\s?[,;/]\s{0,2}(?:[^\W\d_]{2,20}\s){0,2}[^\W\d_]{2,20}\s?:\s")
_DESCRIBING = re.compile(
    r"(?:,|\s[-–—(/]|\s)\s{0,2}(?:(?:press|news|media) (?:release|office|statement)|pressemitteilung|pressestelle|"
    r"presseinformation|communiqué(?: de presse)?|comunicado(?: de prensa)?|comunicato(?: stampa)?|пресс-релиз|"
    r"basın bülteni|mətbuat xidməti)\)?$",
    re.I,
)


def mentions(context: Context) -> list[Mention]:
    """What the wordings of the page's language (and of English) say, heaviest phrase first at each place."""
    found: list[Mention] = []
    lines = [line for line in context.lines if line.area not in {"outside", "caption"}]
    spans = [(line.block.start, line.block.end) for line in lines]
    cued = CuedLines(line.text for line in lines)
    edges = [number for number, line in enumerate(lines) if line.areas != ("body",)]
    cued_edges = CuedLines(lines[number].text for number in edges)
    apart = {number: parts for number, line in enumerate(lines) if (parts := sentences_apart(line))}
    for phrase in context.phrases:
        if phrase.says == "licence":
            continue
        if phrase.areas is None or "body" in phrase.areas:
            places = cued.may_match(phrase)
        else:
            places = [edges[n] for n in cued_edges.may_match(phrase)]
        if phrase.areas is not None:
            found += _in_sentences_apart(context, phrase, [part for n in places for part in apart.get(n, ())])
            places = [n for n in places if not phrase.areas.isdisjoint(lines[n].areas)]
        if not places:
            continue
        for hit in islice(hits(phrase, context.text, spans, context.reader, places), _MOST):
            line = _line_at(lines, spans, hit.start)
            found += _from_hit(context, phrase, hit, line)
    return list(_firmest(found))


def _firmest(found: list[Mention]) -> Iterator[Mention]:
    """Each wording once at its place, where it weighs most."""
    firmest: dict[tuple[str, int, int, int], Mention] = {}
    spoken = {(m.says, m.name.start) for m in found if m.name and m.phrase and m.phrase.language != "any"}
    for mention in found:
        in_any_tongue = mention.name and mention.phrase and mention.phrase.language == "any"
        if in_any_tongue and mention.name and (mention.says, mention.name.start) in spoken:
            continue  # the page's own tongue says it
        key = (mention.rule, mention.start, mention.end, mention.name.start if mention.name else -1)
        if key not in firmest or firmest[key].weight < mention.weight:
            firmest[key] = mention
    yield from firmest.values()


def _in_sentences_apart(context: Context, phrase: Phrase, parts: list[Line]) -> Iterator[Mention]:
    """A credit that is a sentence or a bracket of its own at the end of the text, or at its beginning.

    "... until Monday. First published in The Gull." speaks as plainly as the same words on a line of their own do.
    """
    if phrase.says in _NO_CREDIT:
        return
    for part in parts:
        start, end = part.block.start, part.block.end
        if phrase.areas and part.area in phrase.areas:
            for hit in islice(hits(phrase, context.text, [(start, end)], context.reader, [0]), _MOST):
                if 2 * (hit.end - hit.start) >= end - start:
                    yield from _from_hit(context, phrase, hit, part)


def _line_at(lines: list[Line], spans: list[tuple[int, int]], start: int) -> Line:
    return lines[max(0, bisect_right(spans, start, key=lambda span: span[0]) - 1)]


def _from_hit(context: Context, phrase: Phrase, hit: Hit, line: Line) -> Iterator[Mention]:
    if phrase.says in LABELS and hit.name:
        yield from _from_label(context, phrase, hit, hit.name, line)
        return
    name = None if hit.name and phrase.says in _LISTING and is_nameless(hit.name.text) else hit.name
    yield _mention(context, phrase, hit, name, line)
    if phrase.name_first and name and phrase.says == "contributed" and (also := _earlier(context, name, line)):
        yield _mention(context, phrase, replace(hit, start=also.start), also, line)
    if hit.name and phrase.says in _LISTING and not phrase.name_first:
        for name in _further(context, hit.name, line):  # the quote of each holds its own name
            if phrase.name_last or name.end <= hit.end:  # "with AFP and EFE inputs"
                yield _mention(context, phrase, replace(hit, end=max(hit.end, name.end)), name, line)


def _earlier(context: Context, name: Printed, line: Line) -> Printed | None:
    """The known name before ``name`` in "The Gull Agency and Tide News contributed"."""
    mark = next((m for m in AND.finditer(context.text, line.block.start, name.start) if m.end() == name.start), None)
    before = context.reader.before(context.text, line.block.start, mark.start()) if mark else None
    return before if before and before.found.known else None


def _further(context: Context, name: Printed, line: Line) -> Iterator[Printed]:
    """The known names that follow ``name`` in a list: "AFP, EFE y Reuters", and the partner of the page's own."""
    end = name.end
    for _ in range(6):
        mark = AND.match(context.text, end, line.block.end)
        following = context.reader.after(context.text, mark.end(), line.block.end) if mark else None
        if (
            mark is None
            or following is None
            or not (following.found.known or context.self.is_own(name))
            or following.start > mark.end() + _WORD_BETWEEN
        ):
            return
        yield following
        name, end = following, following.end


def _from_label(context: Context, phrase: Phrase, hit: Hit, value: Printed, line: Line) -> Iterator[Mention]:
    """A label may list several: the known ones are edges of their own, else the first part is the name."""
    if PICTURES.search(value.text):
        return
    value = _without_kind(context, _without_descriptors(context, _before_next_label(context, value)))
    if is_nameless(value.text):
        yield _mention(context, phrase, hit, None, line)
        return
    if value.found.known or value.text.startswith("http"):
        yield _mention(context, phrase, hit, value, line)
        return
    if is_own_newsroom(value.text):
        yield replace(_mention(context, phrase, hit, value, line), own=True)
        return
    parts = list(parts_of(context, value))
    known = [part for part in parts if part.found.known or context.self.is_own(part)]
    inside = None if known else context.reader.known_in(context.text, value.start, value.end)
    if inside and not _part_of_a_name(context, value, inside):
        known = [inside]
    if (
        len(parts) > 2
        and len(known) < 2
        and not _FULL_DATE.search(value.text)
        and not any(context.self.is_own(part) for part in known)
    ):
        return  # a list of references
    if len(parts) > 1 and all(part in known or calls_itself_outlet(part.text) for part in parts):
        known = parts  # nobody knows The Harbour Post and the Gull Tribune, but they say what they are
    if not known:
        first = _first_item(context, value)
        yield _mention(
            context, phrase, hit, first if acceptable_label(first.text) else None, line, acceptable_label(first.text)
        )
        return
    for part in known:
        yield _mention(context, phrase, hit, part, line)


def _part_of_a_name(context: Context, value: Printed, inside: Printed) -> bool:
    """True for "Azerbaijan" in "Ministry of Defence of the Republic of Azerbaijan"."""
    before = context.text[value.start : inside.start].split()
    if not before or before[-1].casefold() not in word_list("connectors"):
        return False
    return sum(word[0].isupper() for word in before) > 1 and is_cased(before[0])


def _before_next_label(context: Context, value: Printed) -> Printed:
    """The value before another label: "the town's website" of "Source: the town's website, photos: The Gull"."""
    following = _NEXT_LABEL.search(value.text)
    return context.reader.at(context.text, value.start, value.start + following.start()) if following else value


def _without_descriptors(context: Context, value: Printed) -> Printed:
    """The name in "materials provided by the University", "press release of the Port", "Port, Pressemitteilung"."""
    if value.found.known:
        return value
    before, after = _DESCRIBED.match(value.text), _DESCRIBING.search(value.text)
    start = value.start + (before.end() if before else 0)
    end = value.start + (after.start() if after else len(value.text))
    return context.reader.at(context.text, start, end) if (before or after) and start < end else value


def _without_kind(context: Context, value: Printed) -> Printed:
    """The name in marks behind a word for what it is: газета «Вечерний маяк»."""
    kind, _, rest = value.text.partition(" ")
    if value.found.known or kind.casefold() not in word_list("kinds") or rest[:1] not in '«“„"':
        return value
    return context.reader.after(context.text, value.end - len(rest), value.end + 1) or value


def is_nameless(value: str) -> bool:
    """True for what a credit announces when it names no one: "news agencies"."""
    return value.casefold() in word_lines("nameless")


def is_own_newsroom(value: str) -> bool:
    """True for what a page calls its own work: "own information", "Haber Merkezi", "Redaktion", "our correspondent"."""
    words = [fold(word) for word in _WORDS.findall(value)]
    own = [_among(word, "own_newsroom", "own_newsroom_stems") for word in words]
    return any(own) and all(
        is_own or _among(word, "newsroom_words", "newsroom_stems") for word, is_own in zip(words, own, strict=True)
    )


def _among(word: str, whole: str, stems: str) -> bool:
    return word in word_list(whole) or word.startswith(tuple(word_list(stems)))


def parts_of(context: Context, value: Printed) -> Iterator[Printed]:
    """The names that a credit lists, split at commas, slashes and the words for "and"."""
    text = context.text
    marks = [match.span() for match in AND.finditer(text, value.start, value.end)]
    first = value.start
    for start, end in [*marks, (value.end, value.end)]:
        if start > first:
            part = context.reader.at(text, first, start)
            if not part.found.known:
                part = _known_inside(context, part) or part
            if part.start < part.end:
                yield part
        first = end


def _first_item(context: Context, value: Printed) -> Printed:
    """An unknown value up to the first comma, slash or bracket: "and" may belong to its name."""
    end = next((first for first in range(value.start, value.end) if context.text[first] in ",;/|、("), value.end)
    return context.reader.at(context.text, value.start, end)


def _known_inside(context: Context, part: Printed) -> Printed | None:
    """The outlet whose name opens ``part``, after a few lower-case words ("the website of ...")."""
    found = context.reader.after(context.text, part.start, part.end)
    return found if found and found.found.known else None


def acceptable_label(value: str) -> bool:
    """True when an unknown value after "Source:" can be a name: short, no sentence, no bare number."""
    words = value.split()
    if len(value) <= 5 and is_cased(value) and value.islower():
        return False  # the initials of an editor
    if not 1 <= len(words) <= 7 or not any(c.isalpha() for c in value) or len(value) < 2:
        return False
    lower = [word for word in words if word[0].isalpha() and is_cased(word) and not word[0].isupper()]
    if len(words) > 1 and value.islower() and is_cased(value) and "&" not in words and not printed_domain(value):
        return False  # "trust me", "company website"; a firm may spell itself "salt & sea"
    return len(lower) <= 3 or bool(printed_domain(value))


def _mention(
    context: Context, phrase: Phrase, hit: Hit, name: Printed | None, line: Line, nameable: bool = True
) -> Mention:
    weight = weights.of_phrase(phrase, line.areas, name)
    if not nameable:
        weight = min(weight, weights.SHOWN - 15)
    url = context.link_in(line, hit.start, hit.end) or (context.link_of(line, name) if name else None)
    mention = Mention(
        says=phrase.says,
        rule=f"wording/{phrase.id}@1",
        line=line,
        start=hit.start,
        end=hit.end,
        name=name,
        weight=weight,
        meant=Meant.STATED if phrase.says not in {"self_formula", "interview_given"} else Meant.INFERRED,
        url=url,
        language=hit.language,
        phrase=phrase,
    )
    return with_own(mention, context.self)
