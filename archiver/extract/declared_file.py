"""What the file round a page says of it: the header of a mail or of a saved page, front matter, a saver's comment.

The values come from ``Page.declared`` and are stated by the file, each at its path (``header[Subject]``,
``front matter[date]``, ``comment[url]``). A saved page repeats the title of its page there, which is no second
witness and is read only where the page has none; the moment of saving is a bound and the address it was saved from a
claim, never the capture's own. Header fields: RFC 5322 section 3.6, RFC 2919 (List-Id), RFC 2557 (Content-Location).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from archiver.extract.declared import SAVED_FROM, WEIGHTS, candidate, safe_host, tidy
from archiver.extract.declared_dates import objection
from archiver.extract.declared_outlet import support
from archiver.extract.isodate import machine_date
from archiver.extract.language import primary
from archiver.extract.people import is_name, looks_like_organisation, read_names
from archiver.model import Block, Candidate, Capture, Meant, Page
from archiver.outlets.names import fold
from archiver.urls import is_web_address

_FRONT = {
    "dek-front-matter": ("subtitle", "description", "summary", "excerpt", "dek", "lead"),
    "section-front-matter": ("section", "category"),
    "author-front-matter": ("author", "authors", "author.name", "authors.name", "byline"),
    "translator-front-matter": ("translator", "translators", "translated_by"),
    "outlet-front-matter": ("outlet", "publisher", "site_name", "publication"),
    "canonical-front-matter": ("canonical_url", "canonicalurl", "canonical", "original_url"),
    "published-front-matter": ("date", "published", "publishdate", "pubdate", "date_published", "published_at"),
    "modified-front-matter": ("lastmod", "modified", "updated", "last_modified_at", "date_modified", "last_modified"),
    "language-front-matter": ("lang", "language", "locale"),
    "licence-front-matter": ("license", "licence"),
}
# What lines of JSON call the same.
_LINE_KEYS = {
    "dek-front-matter": ("standfirst",),
    "outlet-front-matter": ("sitename", "site", "source", "media"),
    "canonical-front-matter": ("url", "link"),
    "published-front-matter": ("datepublished", "publish_date", "publication_date", "published_date"),
    "modified-front-matter": ("datemodified", "updated_at"),
}
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,4}")
# "Thu May 02 2024 10:11:12 GMT+0200 (Central European Summer Time)": how scripts write a moment.
_SCRIPT_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}) ([A-Z][a-z]{2} \d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \([^)]{0,60}\))?"
)
_ZONE_NAME = re.compile(r"\s{1,3}\([^()]{1,60}\)$")
_SENDER = re.compile(r"\s{0,9}\"?([^<>\"]{0,200}?)\"?\s{0,9}<[^<>@\s]{1,120}@([A-Za-z0-9.-]{1,120})>")
_LIST = re.compile(r"\s{0,9}\"?([^<>\"]{1,200}?)\"?\s{0,9}<[^<>\s]{1,200}>")
_MOST = 20
_INFO_AUTHORS = ("pdf info[Author]", "core[creator]", "rtf info[author]")
_INFO_DATES = ("pdf info[CreationDate]", "core[created]", "rtf info[creatim]")
# ISO 32000-1, section 7.9.4.
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-]\d\d)'?(\d\d)|Z)?.{0,8}")
_LINE_TITLES = ("json[title]", "json[headline]", "news[title]")
_INFO_TITLES = ("pdf info[Title]", "core[title]", "rtf info[title]")
# What programs write there when nobody gave a title.
_JUNK = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|pages|html?|odt|rtf|tmp)\b|^(?:microsoft word|untitled|document\d{0,4}$|layout \d)", re.I
)
_MOST_LINES = 2_000
_SHORTEST_HEADLINE = 12


# Weights of the rules that only files without markup of the web need; the others stand in ``declared.WEIGHTS``.
_WEIGHTS = {"headline-declared": 88, "headline-largest": 82, "title-info": 52, "author-info": 46, "published-info": 40}


def titles(page: Page) -> Iterator[Candidate]:
    """Candidates for ``title``: the subject of a mail, front matter, the header of a saved page that has no title."""
    if page.tree is None:
        yield from _headlines(page)
    for path, value in page.declared:
        if path == "front matter[title]":
            yield candidate("title", "title-front-matter", value, value, path)
        elif path in _LINE_TITLES:
            yield candidate("title", "title-line", value, value, path, weight=WEIGHTS["title-front-matter"])
        elif path in _INFO_TITLES:
            if not _JUNK.search(value):
                yield candidate("title", "title-info", value, value, path, weight=_WEIGHTS["title-info"])
        elif path == "header[Subject]" and page.format == "eml":
            yield candidate("title", "title-mail", _PASSED_ON.sub("", value) or value, value, path)
        elif path == "header[Subject]" and next(page.tree.iter("title"), None) is None:
            yield candidate("title", "title-saved", value, value, path)


# What mail programs put before the subject of an answer or of what is passed on, in the languages of their makers.
_PASSED_ON = re.compile(
    r"(?:\s{0,3}(?:fwd?|re|aw|wg|tr|rv|rif|ynt|ilt|pd|odp|ha|vs|sv|doorst|enc)(?:\[\d{1,3}\])?\s?[:：]){1,8}\s{0,9}",
    re.I,
)


def _headlines(page: Page) -> Iterator[Candidate]:
    """The line that a declared title names, and the line that a file without markup of the web sets as its heading."""
    for path, value in page.declared:
        if path in (*_INFO_TITLES, *_LINE_TITLES) and (block := _named(page, value)):
            yield _at(page, block, "headline-declared")
            break
    heading = next((block for block in page.blocks if block.tag == "h1"), None)
    if heading is not None:
        yield _at(page, heading, "headline-largest")


def _named(page: Page, title: str) -> Block | None:
    """The longest line that ``title`` begins or ends with; it may add the name of a site."""
    key = fold(title)
    best: Block | None = None
    for block in page.blocks[:_MOST_LINES]:
        length = block.end - block.start
        if length < _SHORTEST_HEADLINE or length > len(title) + 10 or (best and length <= best.end - best.start):
            continue
        line = fold(page.quote(block))
        if line and (key.startswith(line) or key.endswith(line)):
            best = block
    return best


def _at(page: Page, block: Block, rule: str) -> Candidate:
    quote = page.quote(block)
    return Candidate(
        "title",
        tidy(quote),
        quote,
        page.space,
        f"meta/{rule}@1",
        Meant.STATED,
        _WEIGHTS[rule],
        None,
        block.start,
        block.end,
    )


def candidates(page: Page, capture: Capture) -> list[Candidate]:
    """Every other value that the file round ``page`` states. Never raises for what a file may hold."""
    if not page.declared:
        return []
    stated = dict(reversed(page.declared[:400]))  # the first of a name counts
    moment = capture.captured_at
    found = [*_front_matter(page, moment)]
    if page.format == "eml":
        found += [
            *_date("published", "published-mail", stated.get("header[Date]"), "header[Date]", moment),
            *_sender(stated.get("header[From]", "")),
            *_list(stated.get("header[List-Id]", "")),
        ]
        return found
    for path in ("header[Date]", "comment[saved date]", "json[captured_at]"):
        found += _saved_on(stated.get(path), path)
    found += _document_information(stated, moment)
    found += [
        candidate("canonical_url", "canonical-saved", value, value, path)
        for path in (*SAVED_FROM, "print margin[address]")
        if (value := stated.get(path)) and is_web_address(value)
    ]
    return found


def _front_matter(page: Page, captured_at: datetime | None) -> Iterator[Candidate]:
    """What stands before a text about it, and what the keys of a JSON line or a news item say: as firm."""
    for rule, keys in _FRONT.items():
        yield from _keyed(rule, _stated(page, "front matter", keys), captured_at)
        stated = _stated(page, "json", (*keys, *_LINE_KEYS.get(rule, ())))
        for found in _keyed(rule, stated, captured_at):
            yield replace(found, rule=found.rule.replace("-front-matter@", "-line@"))
        for found in _keyed(rule, _stated(page, "news", keys), captured_at):
            yield replace(found, rule=found.rule.replace("-front-matter@", "-news-item@"))


def _keyed(rule: str, stated: list[tuple[str, str]], captured_at: datetime | None) -> Iterator[Candidate]:
    """The candidates of ``rule`` for the (path, value) pairs ``stated``."""
    name = rule.partition("-")[0]
    for path, value in stated:
        if name in {"author", "translator"}:
            for person in read_names(tidy(value)).people:
                yield candidate(name, rule, person, value, path)
        elif name in {"published", "modified"}:
            yield from _date(name, rule, value, path, captured_at)
        elif name == "canonical":
            if is_web_address(value):
                yield candidate("canonical_url", rule, value, value, path)
        elif name == "language":
            if found := _LANGUAGE.fullmatch(value):
                yield candidate(name, rule, primary(found[1]), value, path)
        else:
            yield candidate(name, rule, value, value, path)


def _stated(page: Page, place: str, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The pairs of the first of ``keys`` that ``place`` ("front matter", "json") states."""
    for key in keys:
        found = [pair for pair in page.declared if pair[0] == f"{place}[{key}]"]
        if found:
            return found[:_MOST]
    return []


def _document_information(stated: Mapping[str, str], captured_at: datetime | None) -> Iterator[Candidate]:
    """What an office program or a maker of PDF wrote about its file: testimony too weak to be shown alone.

    Its author is whoever was logged in, its date that of the file. A page printed by a browser was there by then.
    """
    for path in _INFO_AUTHORS:
        for person in read_names(tidy(stated.get(path, ""))).people:
            yield candidate("author", "author-info", person, stated[path], path, weight=_WEIGHTS["author-info"])
    for path in _INFO_DATES:
        raw = stated.get(path)
        if raw is None:
            continue
        written = _iso(raw)
        if "print margin" in stated:
            for bound in _saved_on(written, path):
                yield replace(bound, quote=raw)
            continue
        for date in _date("published", "published-info", written, path, captured_at, _WEIGHTS["published-info"]):
            yield replace(date, quote=raw)


def _iso(raw: str) -> str:
    """A date as PDF writes it, as ISO 8601; anything else as it is."""
    found = _PDF_DATE.fullmatch(raw)
    if found is None:
        return raw
    year, month, day, hour, minute, second, zone, offset = found.groups()
    clock = f"T{hour}:{minute}:{second or '00'}" + (f"{zone}:{offset}" if zone else "") if hour else ""
    return f"{year}-{month}-{day}{clock}"


def _date(
    name: str, rule: str, raw: str | None, path: str, captured_at: datetime | None, weight: int | None = None
) -> Iterator[Candidate]:
    moment = machine_date(_ZONE_NAME.sub("", raw)) if raw else None
    if raw and moment is not None:
        detail = {"precision": str(moment.precision), "zone": moment.zone}
        against = objection(moment, captured_at)
        yield candidate(name, rule, moment.value, raw, path, weight=weight, detail=detail, rejected=against)


def _saved_on(raw: str | None, path: str) -> Iterator[Candidate]:
    """``published_not_after``: nothing is saved before it is published, if the file's clock was right."""
    if raw is None:
        return
    script = _SCRIPT_DATE.fullmatch(raw)
    moment = machine_date(f"{script[1]} {script[2]} {script[3]} {script[4]}" if script else _ZONE_NAME.sub("", raw))
    if moment is None or moment.day is None or objection(moment, None):
        return
    detail = {"precision": "day", "zone": None}
    rule = "saved-not-after"
    yield candidate("published_not_after", rule, moment.day, raw, path, meant=Meant.INFERRED, detail=detail)


def _sender(value: str) -> Iterator[Candidate]:
    """Who sent a mail: an account; the outlet as well where its name is a house's or that of its own domain."""
    found = _SENDER.fullmatch(value)
    name = tidy(found[1]) if found else ""
    if found is None or not is_name(name):
        return
    path = "header[From]"
    yield candidate("posted_by", "posted-by-mail", name, value, path)
    host = safe_host(f"https://{found[2].lower()}/")
    agreed = support(name, host)
    if agreed > 0:
        yield candidate("outlet", "outlet-mail", name, value, path, detail={"domain": host})
    elif looks_like_organisation(name):
        yield candidate("outlet", "outlet-mail", name, value, path, detail={"domain": None})


def _list(value: str) -> Iterator[Candidate]:
    """The name of a mailing list (RFC 2919): weaker than the sender's, for one house has many lists."""
    found = _LIST.fullmatch(value)
    name = tidy(found[1]) if found else ""
    if is_name(name):
        yield candidate("outlet", "outlet-list", name, value, "header[List-Id]", detail={"domain": None})
