"""What the mentions mean together: edges of origin, citations, credits to oneself.

The order: outbound and look-alike wordings strike out what they cover; own names become self-credits; a hand-over
("we present the full text") turns the citation before it into a reprint; a translator's credit makes the copied
source a translation; each origin is kept once, the others with their reason.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from archiver.attribution import weights
from archiver.attribution.areas import HEADS
from archiver.attribution.cited import cites_outlet
from archiver.attribution.edge import Edge, identity, key_of, once, only_permits
from archiver.attribution.mentions import Context, Mention, heaviest_first
from archiver.attribution.printed import Printed
from archiver.attribution.works import by_machine, of_another_work
from archiver.canonical import Json
from archiver.model import Candidate, Meant, OriginKind
from archiver.outlets.names import fold
from archiver.outlets.registry import site_label
from archiver.urls import host

_COPIES = frozenset(
    {
        "reprinted_from",
        "original_at",
        "source_label",
        "via",
        "bare",
        "brackets",
        "byline",
        "affix",
        "handed_over",
        "rights",
        "signed",
    }
)
_CITED = frozenset({"citation", "article_in"})
_TRANSLATED = frozenset({"translated_from", "translated_by"})
_NAMING = frozenset({"reprinted_from", "original_at", "source_label", "excerpt_of"})
_UNNAMED_COPIES = frozenset({OriginKind.REPRINT, OriginKind.EXCERPT, OriginKind.ADAPTATION})
_MERGED_WITH_TRANSLATOR = frozenset({"original_at", "source_label", "bare", "byline", "brackets", "excerpt_of"})

_FOOTNOTE = re.compile(r"^\s{0,3}(?:[(\[]\d{1,3}[)\]]|\d{1,3}[.)]\s|[*†‡])")
_NEW_SENTENCE = re.compile(r"[^\W\d_]{2}(?:[»”“\"’]?[.;։|]|[.։][»”“\"’])\s|[。；]|[^\W\d_]\s[|/•·]\s")
_IN_TRANSLATION = re.compile(
    r"\s{0,2}(?:in|en|i|в|w|v)\s(?:\w{1,6}\s){0,2}(?:translation|übersetz|traduc|traduz|перев|przekł|překl)", re.I
)
_NEXT_LINES = 2  # lines on which two sentences are still one credit
_ORIGINALLY = re.compile(r"(?:original|ursprünglich|первоначально|orijinal|oryginaln)", re.I)
_PUBLISHED_THERE = frozenset({"reprinted_from", "original_at"})
_READ_THERE = re.compile(
    r"\W{0,4}(?:(?:you can )?(?:read|see|view) (?:it|(?:the|that|this) (?:original|full)[^\W\d_]{0,12}(?: \w{4,8})?)"
    r"(?: here| there|\W|$)|(?:zum|den) original|lire l.original|(?:lea|leia|leggi)(?: [^\s.]{1,3})?"
    r" (?:el |o |l.)?original|читать оригинал)",
    re.I,
)
_FOR_WHOM = 8  # characters behind a translator's name in which "for" may stand
_FOR = re.compile(r"\s(?:for|für|pour|para|per|для|dla|pro) ")
_ONE_CREDIT = 160  # characters within which two lines are one credit


def candidates_of(page: Context, mentions: Iterable[Mention]) -> list[Candidate]:
    """All candidates for `origin`, `citation` and `self_credit`, heaviest first within each property."""
    spoken_of = [m for m in mentions if not of_another_work(m, page.text, page.reader.language)]
    standing = [_leading_away(mention, page.text) for mention in _not_struck(spoken_of)]
    context = replace(page, articles=tuple(m for m in standing if m.says == "article_in"))
    own = [m for m in standing if m.own]
    # Even when the page itself translated, the text is a translation.
    foreign = [m for m in standing if m.weight > 0 and (not m.own or m.says == "translated_by")]
    cited = [m for m in foreign if m.says in _CITED]
    hand_overs = [m for m in standing if m.says == "hand_over"]
    said = [_as_copy(mention, hand_overs, context.text) for mention in foreign]
    edges = _merged(context, _without_doubles(context, [edge for m in said if (edge := _edge(context, m))]), own)
    found = [_origin(context, edge, why) for edge, why in once(edges)]
    claimed = {(edge.mention.name.start, edge.mention.name.end) for edge in edges if edge.mention.name}
    cited = [m for m in cited if m.name and (m.name.start, m.name.end) not in claimed and cites_outlet(m, context.text)]
    found += [_plain(context, "citation", m) for m in _distinct(cited)]
    found += [
        _plain(context, "self_credit", m) for m in _distinct([m for m in own if m.name and m.says != "hand_over"])
    ]
    return found


def _not_struck(mentions: list[Mention]) -> Iterator[Mention]:
    """Mentions that no outbound wording, no book and no caption covers."""
    strikes = [m for m in mentions if m.says in {"outbound", "not_attribution"} and m.weight >= 0]
    for mention in mentions:
        if mention.says in {"outbound", "not_attribution"}:
            continue
        covered = (mention.says == "translated_by" and _FOOTNOTE.match(mention.line.text) is not None) or any(
            (s.start < mention.end and s.end > mention.start)
            or (s.says == "outbound" and s.line.number == mention.line.number and s.line.short)
            for s in strikes
        )
        if not covered:
            yield mention


def _leading_away(mention: Mention, text: str) -> Mention:
    """ "Originally published at X. Read it here": X is another house, even where the canonical address is X's."""
    if (
        mention.own
        and mention.says in _PUBLISHED_THERE
        and _READ_THERE.match(text, mention.end, mention.line.block.end)
    ):
        return replace(mention, own=False)
    return mention


def _edge(context: Context, mention: Mention) -> Edge | None:
    kind = _kind(context, mention)
    if kind is None:
        return None
    return Edge(kind, mention, mention.weight, nameless=mention.name is None)


def _kind(context: Context, mention: Mention) -> OriginKind | None:
    if mention.says in _TRANSLATED:
        return OriginKind.TRANSLATION
    if mention.says == "handed_over":
        return OriginKind.REPRINT
    if mention.says in _COPIES or (mention.says == "dateline" and mention.name and mention.name.found.known):
        return _copy(mention)
    if mention.says == "contributed":
        outlet = mention.outlet
        return OriginKind.WIRE if outlet is None or outlet.type == "agency" else OriginKind.ADAPTATION
    if mention.says == "interview_given":
        return OriginKind.REPRINT if _interview_follows(context, mention) else None
    return {
        "dateline": OriginKind.WIRE,
        "excerpt_of": OriginKind.EXCERPT,
        "cut_off": OriginKind.EXCERPT,
        "adapted_from": OriginKind.ADAPTATION,
        "self_formula": OriginKind.REPRINT,
    }.get(mention.says)


def _copy(mention: Mention) -> OriginKind:
    """An agency's copy is wire, a syndicator's is syndication, all else is a reprint."""
    outlets = [mention.outlet] if mention.outlet else list(mention.name.found.ambiguous) if mention.name else []
    types = {outlet.type for outlet in outlets if outlet}
    if types == {"agency"} or (mention.name is None and mention.says == "source_label" and _says_agencies(mention)):
        return OriginKind.WIRE
    return OriginKind.SYNDICATION if types == {"syndicator"} else OriginKind.REPRINT


def _says_agencies(mention: Mention) -> bool:
    words = fold(mention.line.text)
    return any(word in words for word in ("agenc", "agent", "агентств", "wire", "agenzie", "ajans"))


def _interview_follows(context: Context, mention: Mention) -> bool:
    """True when the next paragraph opens a dialogue."""
    following = [
        line for line in context.lines if line.number > mention.line.number and line.area not in {"outside", "caption"}
    ]
    return bool(following) and following[0].text.lstrip()[:1] in "-–—"


def _as_copy(mention: Mention, hand_overs: list[Mention], text: str) -> Mention:
    """A citation right before "here is the full text" is where the text comes from."""
    near = [h for h in hand_overs if 0 <= h.line.number - mention.line.number <= 3 and h.start >= mention.start]
    if mention.says not in _CITED or not near or mention.line.area not in (*HEADS, "body"):
        return mention
    if not cites_outlet(mention, text):
        return mention  # "an article by Jane Roe": its author
    weight = weights.of("handed_over", mention.line.area, mention.name)
    says = "translated_from" if near[0].phrase and near[0].phrase.translates else "handed_over"
    return replace(mention, says=says, weight=weight, rule=near[0].rule)


def _without_doubles(context: Context, edges: list[Edge]) -> list[Edge]:
    """ "Read the original article" beside a named source is that source; an unnamed adaptation is one of it."""
    if any(e.kind is OriginKind.ADAPTATION and not e.nameless and e.weight >= weights.SHOWN for e in edges):
        edges = [e for e in edges if not (e.nameless and e.kind is OriginKind.ADAPTATION)]
    copies = [e for e in edges if not e.nameless and e.weight >= weights.SHOWN and e.mention.says in _NAMING]
    edges = [e for e in edges if not only_permits(e, copies, context.text)]
    if not copies:
        return edges
    adapted = [e for e in edges if e.nameless and e.kind is OriginKind.ADAPTATION and e.weight >= weights.SHOWN]
    kept = [e for e in edges if not (e.nameless and e.kind in _UNNAMED_COPIES)]
    if not adapted:
        return kept
    source = min(copies, key=lambda e: abs(e.mention.line.number - adapted[0].mention.line.number) * 100 - e.weight)
    quoted = _spanning(source.mention, [adapted[0].mention])
    merged = replace(source, kind=OriginKind.ADAPTATION, mention=quoted, weight=max(source.weight, adapted[0].weight))
    return [merged if e is source else e for e in kept]


def _merged(context: Context, edges: list[Edge], own: list[Mention]) -> list[Edge]:
    """A translator's credit and a source's credit are one edge: a translation of that source."""
    unnamed = [
        e
        for e in edges
        if e.weight >= weights.SHOWN
        and (e.mention.says == "translated_by" or (e.kind is OriginKind.TRANSLATION and e.nameless))
    ]
    if not unnamed:
        return edges
    named = [
        e for e in edges if e.kind is OriginKind.TRANSLATION and not e.nameless and e.mention.says != "translated_by"
    ]
    partners = [
        e for e in edges if e.mention.says in _MERGED_WITH_TRANSLATOR and not e.nameless and e.weight >= weights.SHOWN
    ]
    partners = [e for e in partners if _near(e.mention, unnamed) and not _ordered_it(context, e, unnamed)] or [
        e
        for e in edges
        if e.mention.says == "reprinted_from"
        and not e.nameless
        and not _speaks_as_the_page(context, e)
        and _said_next(context.text, e, unnamed)
    ]
    rest = [e for e in edges if e not in unnamed]
    if named:
        return rest
    language = next((e.mention.language for e in unnamed if e.mention.language), None)
    named_article = _article_named(context, unnamed)
    if named_article and not partners:
        return [*rest, named_article]
    if partners:
        best = max(partners, key=lambda e: e.weight)
        quoted = _spanning(best.mention, [e.mention for e in unnamed])
        merged = replace(best, kind=OriginKind.TRANSLATION, mention=replace(quoted, language=language))
        return [merged if e is best else e for e in rest if e is best or not _within(e, merged)]
    return [*rest, *_unnamed_translation(unnamed, rest, own)]


def _within(edge: Edge, whole: Edge) -> bool:
    """True when ``edge`` says a part of what ``whole`` says, in the same words."""
    inside = whole.mention.start <= edge.mention.start and edge.mention.end <= whole.mention.end
    return inside and identity(edge) == identity(whole)


def _article_named(context: Context, unnamed: list[Edge]) -> Edge | None:
    """ "Translation | ..." and, right after it, "in an article in X": X is what was translated."""
    found = [m for m in context.articles if m.line.area in HEADS and m.name and not m.own]
    if not found:
        return None
    best = max(unnamed, key=lambda e: e.weight)
    weight = min(best.weight, weights.of("handed_over", found[0].line.area, found[0].name))
    return Edge(
        OriginKind.TRANSLATION, replace(_spanning(found[0], [best.mention]), language=best.mention.language), weight
    )


def _spanning(mention: Mention, others: list[Mention]) -> Mention:
    """``mention`` with a quote that also covers the words near it that say it is a translation."""
    near = [m for m in others if max(mention.start, m.start) - min(mention.end, m.end) <= _ONE_CREDIT]
    if not near:
        return mention
    return replace(mention, start=min(mention.start, near[0].start), end=max(mention.end, near[0].end))


def _near(mention: Mention, others: list[Edge]) -> bool:
    """Both in the head, both in the tail, or one in each: the places where credits stand."""
    return any(abs(mention.line.number - e.mention.line.number) <= 12 for e in others)


def _ordered_it(context: Context, edge: Edge, translators: list[Edge]) -> bool:
    """ "From The Gull. Translated by A. for The Gull": the source had it translated, and is not what was translated."""
    behind = [
        (m.end(), e.mention.line.block.end)
        for e in translators
        if e.mention.name
        and (
            m := _FOR.search(
                context.text, e.mention.name.start, min(e.mention.end + _FOR_WHOM, e.mention.line.block.end)
            )
        )
    ]
    ordered_by = [context.reader.after(context.text, start, end) for start, end in behind]
    return any(name is not None and key_of(name) == identity(edge) for name in ordered_by)


def _said_next(text: str, edge: Edge, others: list[Edge]) -> bool:
    """ "Translated by A. First published in B.": the second sentence names what the first leaves open.

    In one sentence ("translated by A and first published in B") it is the translation that was published there.
    """
    nearby = [e.mention for e in others if e.mention.line.number == edge.mention.line.number]
    if not nearby and _both_apart(edge, others):
        return edge.weight >= weights.SHOWN  # "Translated by A" and, on the next line, "First published in B"
    if any(edge.mention.end <= m.start and m.language for m in nearby):
        # "Published in B, translated from the French by A": what was published there was French.
        return edge.weight >= weights.SHOWN and not _IN_TRANSLATION.match(text, edge.mention.end)
    between = [sorted((edge.mention, credit), key=lambda m: m.start) for credit in nearby]
    if _ORIGINALLY.match(text, edge.mention.start) and any(edge.mention.end <= m.start for m in nearby):
        return edge.weight >= weights.SHOWN  # "originally published in B, translated by A"
    return edge.weight >= weights.SHOWN and any(
        _NEW_SENTENCE.search(text, first.start, max(first.start, later.end)) for first, later in between
    )


def _both_apart(edge: Edge, others: list[Edge]) -> bool:
    """True when a translator's credit stands on a short line next to that of ``edge``."""
    line = edge.mention.line
    return line.short and any(
        e.mention.line.short
        and e.mention.line.area == line.area
        and abs(e.mention.line.number - line.number) <= _NEXT_LINES
        for e in others
    )


def _speaks_as_the_page(context: Context, edge: Edge) -> bool:
    """True for an outlet that publishes in the page's language alone: nobody translates from there into it."""
    outlet, language = edge.mention.outlet, context.reader.language
    return outlet is not None and language is not None and outlet.languages == (language.partition("-")[0],)


def _unnamed_translation(unnamed: list[Edge], rest: list[Edge], own: list[Mention]) -> list[Edge]:
    """A translation is stated and its source is not. An agency that translates its own copy is no foreign origin."""
    best = max(unnamed, key=lambda e: e.weight)
    wire = [e for e in rest if e.kind is OriginKind.WIRE and e.weight >= weights.SHOWN]
    own_wire = [m for m in own if m.says == "dateline"]
    if best.mention.says == "translated_by" and (wire or own_wire):
        return []
    translators = [e for e in unnamed if e.mention.says == "translated_by" and e.mention.name]
    if best.mention.name is None and translators:  # "Translated from the French by A": the translator is known, too
        said = _spanning(translators[0].mention, [best.mention])
        best = replace(best, mention=replace(said, weight=best.weight, language=best.mention.language))
    return [replace(best, nameless=True)]


def _origin(context: Context, edge: Edge, why: str | None) -> Candidate:
    mention = edge.mention
    name = None if edge.nameless or mention.name is None else mention.name
    detail: dict[str, Json] = {"kind": str(edge.kind), "domain": _domain(mention, name), "url": mention.url}
    if name is None:
        detail["name"] = None
    if mention.url is None and name is not None and name.text.lower().startswith("http"):
        detail["url"] = name.text
    if name is not None and name.found.outlet:
        detail["outlet"] = name.found.outlet.id
    if name is not None and name.found.ambiguous:
        detail["ambiguous"] = [outlet.id for outlet in name.found.ambiguous]
    if name is not None and name.found.imitates:
        detail["imitates"] = name.found.imitates.id
    if mention.language:
        detail["language"] = mention.language
    if mention.name is not None and name is None:
        detail["translator"] = mention.name.text
    if edge.kind is OriginKind.TRANSLATION and by_machine(mention, context.text):
        detail["machine"] = True
    suspicious = name is not None and name.found.how == "mixed_scripts"
    return Candidate(
        property="origin",
        value=_value(name) if name else "",
        quote=context.text[mention.start : mention.end],
        space=context.page.space,
        rule=mention.rule,
        meant=Meant.SUSPECTED if suspicious else mention.meant,
        weight=edge.weight,
        start=mention.start,
        end=mention.end,
        detail=detail,
        rejected=why,
    )


def _value(name: Printed) -> str:
    """The name as printed; of an address only the host, the whole stands in ``detail["url"]``."""
    is_address = name.text.lower().startswith(("http://", "https://"))
    return name.found.domain if is_address and name.found.domain else name.text


def _domain(mention: Mention, name: object) -> str | None:
    if mention.name is not None and name is not None and mention.name.domain:
        return mention.name.domain
    linked = host(mention.url) if mention.url else None
    if linked is None or name is None:
        return linked
    # The link of a named credit is its address only when it bears the name: pictures and pages of one's own do not.
    return linked if mention.name and fold(site_label(linked)) == fold(mention.name.text) else None


def _plain(context: Context, name: str, mention: Mention) -> Candidate:
    detail: dict[str, Json] = {"domain": mention.name.domain if mention.name else None, "url": mention.url}
    return Candidate(
        property=name,
        value=mention.name.text if mention.name else "",
        quote=context.text[mention.start : mention.end],
        space=context.page.space,
        rule=mention.rule,
        meant=Meant.STATED,
        weight=max(mention.weight, 60) if name == "self_credit" else mention.weight,
        start=mention.start,
        end=mention.end,
        detail=detail,
    )


def _distinct(mentions: list[Mention]) -> Iterator[Mention]:
    """One mention a place, the heaviest."""
    taken: list[tuple[int, int]] = []
    for mention in heaviest_first(mentions):
        span = (mention.name.start, mention.name.end) if mention.name else (mention.start, mention.end)
        if not any(span[0] < end and span[1] > start for start, end in taken):
            taken.append(span)
            yield mention
