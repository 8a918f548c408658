"""An outlet alone in its line, where a credit stands: under the headline or at the end of the text."""

import re
from collections.abc import Iterator

from archiver.attribution import weights
from archiver.attribution.areas import Line
from archiver.attribution.hits import is_picture_agency
from archiver.attribution.mentions import Context, Mention, with_own
from archiver.attribution.printed import Printed
from archiver.attribution.said import parts_of
from archiver.model import Meant
from archiver.outlets.names import fold, is_cased

DIGIT = re.compile(r"\d")
TIME_WORDS = re.compile(
    r"^(?:published|updated|posted|date|publié|publicado|veröffentlicht|stand|опубликовано|обновлено|"
    r"min read|ist|gmt|utc)\b",
    re.I,
)
_REFERENCES = re.compile(
    r"^(?:sources|references|further reading|links|notes|quellen|fuentes|fontes|fonti|źródła|источники|ссылки|"
    r"литература|джерела|kaynaklar|kaynakça|mənbələr|ədəbiyyat|աղբյուրներ|წყაროები)\s?:?$",
    re.I,
)
_WORDS_OF_TIME = 3  # "Published", "min read": more words without a number tell something
LAST_LINES = 4
_BETWEEN = 6  # letters of a mark or of "with" between two names of a list
_CONTACT = 30  # taken off a lower-case address that nobody knows: a contact line sooner than a credit
_ACRONYM = 3  # capitals that no heading is: "SID"
_RECURS = 30  # taken off a bare name that stands in the page's furniture as well
GOVERNMENT_OR_PLATFORM = frozenset({"government", "platform"})


def is_agency(name: Printed) -> bool:
    """True for an agency whose name is no ordinary word."""
    return name.found.outlet is not None and name.found.outlet.type == "agency" and not name.found.common


def is_time(text: str) -> bool:
    """True for a day, a clock time, or the few words around one."""
    return bool(DIGIT.search(text)) or (len(text.split()) <= _WORDS_OF_TIME and bool(TIME_WORDS.search(text)))


def bare_lines(context: Context) -> Iterator[Mention]:
    """A line that is nothing but an outlet's name, under the headline or after the last paragraph."""
    tail = [line for line in context.lines if line.area == "tail"][:LAST_LINES]
    listed = next((line.number for line in tail if _REFERENCES.match(line.text)), len(context.lines))
    tail = [line for line in tail if line.number < listed]
    known = []
    for line in [*(line for line in context.lines if line.area == "head"), *tail]:
        if len(line.text) > 60 or not context.reader.may_name(line.text):
            continue
        if line.area == "head" and _is_logo(context, line):
            continue
        name = _bare_name(context, line)
        if name is None and line.area == "tail":
            known += [(line, agency) for agency in _bare_agencies(context, line)]
        if name is not None and not (line.area == "head" and _is_aggregator(name)):
            known.append((line, name))
    crowd = 20 if sum(line.area == "tail" for line, _ in known) > 2 else 0
    for line, name in known:
        extra = -crowd if line.area == "tail" else 0
        agency = name.found.outlet is not None and name.found.outlet.type in {"agency", "syndicator"}
        extra += 12 if line.area == "head" and agency else 0
        extra -= _RECURS if line.area == "tail" and _recurs(context, line, name) else 0
        extra -= _CONTACT if not name.found.known and name.text.islower() and not _same_country(name, context) else 0
        extra -= 0 if is_marked(name, context) else weights.ORDINARY_WORD
        yield mention(context, "bare", line, name, name.start, name.end, extra=extra, meant=Meant.INFERRED)


def _bare_agencies(context: Context, line: Line) -> list[Printed]:
    """ "AFP/Reuters", "Gull Times with AFP": a line that is a list of agencies and known outlets and nothing else."""
    whole = context.reader.at(context.text, line.block.start, line.block.end)
    names = dashed_agencies(context, whole) or list(parts_of(context, whole))
    if len(names) < 2 or not any(is_agency(name) or _is_syndicator(name) for name in names):
        return []
    good = all(name.found.known and not name.found.common and not is_official(name) for name in names)
    # What `parts_of` found inside a longer part is a word of a sentence: "Reuters and the BBC report ...".
    return names if good and sum(len(name.text) + _BETWEEN for name in names) >= len(line.text) else []


def dashed_agencies(context: Context, whole: Printed) -> list[Printed]:
    """The names of "STT–AFP": an agency and other known outlets with dashes between them."""
    names = list(context.names_in(whole.start, whole.end, separators="-–—"))
    known = len(names) > 1 and all(name.found.known and not name.found.common for name in names)
    return names if known and any(is_agency(name) for name in names) else []


def _is_syndicator(name: Printed) -> bool:
    return name.found.outlet is not None and name.found.outlet.type == "syndicator"


def _is_aggregator(name: Printed) -> bool:
    """In the head the name of an aggregator is a button: "Google News"."""
    return name.found.outlet is not None and name.found.outlet.type == "aggregator"


def _is_logo(context: Context, line: Line) -> bool:
    """The first line, with the headline right under it, is the page's own name."""
    following = context.lines[line.number + 1] if line.number == 0 and len(context.lines) > 1 else None
    if following is None or len(following.text) <= 30 or is_time(following.text):
        return False
    # Cut out where the byline stands, an agency's name is the byline.
    byline = context.page.fragment == "byline"
    return not (byline and is_agency(context.reader.at(context.text, line.block.start, line.block.end)))


def _same_country(name: Printed, context: Context) -> bool:
    """True when an address ends in the country of the page's own."""
    ends = {domain.rpartition(".")[2] for domain in context.self.own.domains}
    return len(ends) == 1 and len(end := ends.pop()) == 2 and (name.domain or "").endswith("." + end)


def _recurs(context: Context, line: Line, name: Printed) -> bool:
    """True when the name stands in the page's furniture too: then it is likelier its own than a credit."""
    word = name.text.casefold()
    return any(
        word in other.text.casefold() and fold(other.text) != fold(line.text)
        for other in context.lines
        if other is not line and (other.area == "outside" or (other.area == "tail" and other.number > line.number))
    )


def _bare_name(context: Context, line: Line) -> Printed | None:
    name = context.reader.at(context.text, line.block.start, line.block.end)
    if not name.found.known and len(line.text.split()) % 2 == 0:
        half = line.block.start + len(line.text) // 2
        twice = context.reader.at(context.text, line.block.start, half)
        if (
            twice.found.known
            and line.text.split()[: len(line.text.split()) // 2] == line.text.split()[len(line.text.split()) // 2 :]
        ):
            name = twice
    if not name.text or is_official(name) or is_picture_agency(name.text) or name.end - name.start < 2:
        return None
    if len(fold(name.text)) <= 2 and not _of_this_language(name, context):
        return None
    if name.found.known and (line.area == "tail" or name.found.domain is None):
        return name
    alone = (
        line.area == "tail"
        and name.found.domain is not None
        and name.text.lower().removeprefix("www.").rstrip("/") == name.found.domain
    )
    return name if alone and "/" not in name.text else None


def _of_this_language(name: Printed, context: Context) -> bool:
    """Two letters alone are a button ("AA") sooner than an agency of another language."""
    outlet = name.found.outlet
    return outlet is not None and context.reader.language in outlet.languages[:1]


def is_marked(name: Printed, context: Context) -> bool:
    """False for an ordinary word that nothing marks as a name."""
    if not name.found.common:
        return True
    around = context.text[max(0, name.start - 1) : name.end + 1]
    return (
        around[:1] in "«“\"„‘'(/"
        or name.found.domain is not None
        or (is_cased(name.text) and name.text.isupper() and len(name.text) >= _ACRONYM)
    )


def is_official(name: Printed) -> bool:
    """True for a government or a platform: both are named in texts for other reasons than a credit."""
    kinds = {outlet.type for outlet in (name.found.outlet, *name.found.ambiguous) if outlet}
    return bool(kinds) and kinds <= GOVERNMENT_OR_PLATFORM


def mention(
    context: Context,
    grammar: str,
    line: Line,
    name: Printed,
    start: int,
    end: int,
    *,
    extra: int = 0,
    meant: Meant = Meant.STATED,
) -> Mention:
    """A credit without a wording, as the outlet itself where it is that."""
    while start < end and context.text[start] in " \t.\u00a0":
        start += 1
    while end > start and context.text[end - 1].isspace():
        end -= 1
    weight = weights.of(grammar, line.area, name, extra)
    url = context.link_in(line, name.start, name.end)
    return with_own(
        Mention(grammar, f"grammar/{grammar}@1", line, start, end, name, weight, meant, url=url), context.self
    )
