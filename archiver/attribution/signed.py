"""How a desk signs what it delivers, below the text: "© 2021 Gull Agency", "gla/js", "(Ende) gla", "Author: GLA".

A sign of copyright names who holds the text. Under an article of another house that is an agency or a syndicator, or,
where a year stands beside it, any known outlet. A desk signs with an agency's name between the initials of people and
the words that end a dispatch; one word that is neither, and the line is something else.
"""

import re
from collections.abc import Iterator

from archiver.attribution import weights
from archiver.attribution.areas import Line, sentences_apart
from archiver.attribution.hits import is_picture_agency
from archiver.attribution.mentions import Context, Mention, with_own
from archiver.attribution.printed import Printed
from archiver.attribution.words import word_list
from archiver.model import Meant
from archiver.outlets.names import begins_like_a_name, fold

_LAST_LINES = 4
_LONGEST_SIGN = 48  # characters of a line that is a signature and nothing else
_LONGEST_RIGHTS = 240
_INITIALS = 4  # letters of a person's or a desk's initials
_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]{1,20} ){1,3}[^\W\d_][\w'’-]{1,24}\s?(?:,|[-–—|])\s?")
_BY = re.compile(
    r"(?:(?:by|por|par|von|av|af|door|da|de) ?:|author|autor|autora|auteur|autore|автор|zdroj|text|"
    r"agency|news agency|agentur|agence|agencia|agência|agenzia|"
    r"agencja|agentura|агентство|nyhetsbyrån|nyhetsbyrå|persbureau|uutistoimisto|vestnik)\s?:?\s{1,2}",
    re.I,
)
_RIGHTS = re.compile(
    r"(?:©|ⓒ|\(c\)|\bcopyright\b|\bc\.(?=\s?(?:19|20)\d\d))[\s:©@]{0,4}(?:\([cC]\)\s?)?(?:by\s)?"
    r"(?P<year>(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)?\d\d)?)?[\s,.:]{0,3}(?:by\s)?",
    re.I,
)
_YEAR_BEHIND = re.compile(r"[\s,.]{1,3}(?:\w{1,4}\.?[\s,]{1,2}){0,2}(?:19|20)\d\d\b")
_TRADE_MARKS = " \t\u00a0™®&"
_WORD = re.compile(r"[^\s/,;+&|()\[\]（）·•]{1,40}")
_JOINED = re.compile(r"[-–—]{1,3}")


def mentions(context: Context) -> Iterator[Mention]:
    """The signatures of agencies, syndicators and other houses on the first lines below the text."""
    for line in _below(context):
        yield from _rights(context, line)
        if len(line.text) <= _LONGEST_SIGN:
            yield from _desk(context, line)


def _below(context: Context) -> Iterator[Line]:
    tail = [line for line in context.lines if line.area == "tail"][:_LAST_LINES]
    for line in context.lines:
        if line.area == "last":
            yield from sentences_apart(line)
    yield from tail


def _rights(context: Context, line: Line) -> Iterator[Mention]:
    """ "© 2021 Gull Agency. All rights reserved." below an article of another house."""
    if len(line.text) > _LONGEST_RIGHTS:
        return
    match = _RIGHTS.search(line.text)
    if match is None or not _opens(context, line, match.start()):
        return
    start, first = line.block.start, line.block.start + match.end()
    name = context.reader.after(context.text, first, line.block.end)
    if name is None or name.start > first + 1 or not name.found.known or _may_not_sign(name):
        return
    dated = match["year"] or _YEAR_BEHIND.match(context.text, name.end, line.block.end)
    if not (dated or _delivers(name)) or (name.found.common and not dated):
        return
    yield _make(context, "rights", line, name, start + match.start(), name.end)


def _opens(context: Context, line: Line, at: int) -> bool:
    """True when nothing, or only the name of an outlet, stands before the sign: "The-GLA-Wire™ & © 2021"."""
    before = line.text[:at].strip(_TRADE_MARKS + "([（*-–—")
    return not before or context.reader.resolve(before.replace("-", " ")).known


def _desk(context: Context, line: Line) -> Iterator[Mention]:
    """ "gla/js", "(Ende) gla", "red/GLA", "Author: GLA", "Jane Roe, Gull Agency"."""
    start, end = line.block.start, line.block.end
    said = _BY.match(line.text) or _PERSON.match(line.text)
    if said:
        name = context.reader.at(context.text, start + said.end(), end)
        if _is_agency(name) and not _may_not_sign(name) and (said.re is _BY or len(fold(name.text)) > _INITIALS):
            yield _make(context, "signed", line, name, start, end)
        return
    names = []
    others = 0
    for match in _WORD.finditer(line.text):
        word = _JOINED.sub("", match.group()).strip(".:*…")
        name = context.reader.at(context.text, start + match.start(), start + match.end())
        if _is_agency(name) and not name.found.common:
            names.append(name)
        elif word and not context.self.is_own(name) and not _is_initials(word):
            return
        else:
            others += bool(word)
    if names and len(names) + others > 1 and others <= len(names) + 2:  # a name alone is `unworded`'s
        for name in names:
            if not _may_not_sign(name):
                yield _make(context, "signed", line, name, start, end)


def _is_initials(word: str) -> bool:
    """True for initials ("js", "CVN") and for words that end a dispatch or name a desk."""
    return fold(word) in word_list("desk_words") or (
        len(word) <= _INITIALS and word.isalpha() and (word.islower() or word.isupper())
    )


def _delivers(name: Printed) -> bool:
    """True for those whose business is that others print them."""
    return name.found.outlet is not None and name.found.outlet.type in {"agency", "syndicator"}


def _is_agency(name: Printed) -> bool:
    return name.found.outlet is not None and name.found.outlet.type == "agency"


def _may_not_sign(name: Printed) -> bool:
    kinds = {outlet.type for outlet in (name.found.outlet, *name.found.ambiguous) if outlet}
    return (
        is_picture_agency(name.text)
        or bool(kinds & {"government", "platform", "aggregator"})
        or not (begins_like_a_name(name.text) or name.text.islower())
    )


def _make(context: Context, grammar: str, line: Line, name: Printed, start: int, end: int) -> Mention:
    while start < end and context.text[start].isspace():
        start += 1
    while end > start and context.text[end - 1].isspace():
        end -= 1
    weight = weights.of(grammar, line.area, name)
    url = context.link_in(line, name.start, name.end)
    rule = f"grammar/{grammar}@1"
    return with_own(Mention(grammar, rule, line, start, end, name, weight, Meant.INFERRED, url=url), context.self)
