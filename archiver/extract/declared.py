"""Everything a page declares about itself, gathered once: its marks, its JSON-LD, the node of its article.

Also the one table of weights of the rules that read declarations, and the one way to make a candidate of a raw
value: bounded in length, free of control characters, with its quote and path.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from archiver.canonical import Json
from archiver.extract import jsonld, markup
from archiver.extract.headline import one_line
from archiver.model import NOTHING, Candidate, Capture, Meant, Page, Space, Zone
from archiver.urls import host, is_web_address

# What each rule weighs (0..100; 50 is shown when nothing heavier speaks against it). Rule ids are "meta/<name>@1".
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        # title: the visible headline that agrees with metadata beats metadata, which beats any other heading
        "headline": 90,
        "headline-alone": 66,
        "title-jsonld": 80,
        "title-og": 78,
        "title-citation": 76,
        "title-twitter": 72,
        "title-parsely": 72,
        "title-dc": 68,
        "title-element": 62,
        "headline-other": 40,
        # dek: metadata descriptions are often cut from the body, so they are weak unless they are not
        "dek-jsonld": 54,
        "dek-og": 52,
        "dek-meta": 51,
        # people
        "author-jsonld": 80,
        "author-citation": 78,
        "author-microdata": 72,
        "author-parsely": 72,
        "author-sailthru": 71,
        "author-article": 70,
        "author-dc": 66,
        "author-meta": 66,
        "author-rel": 58,
        "author-twitter": 56,
        "author-second-source": 44,
        "posted-by": 55,
        "translator-jsonld": 82,
        "agency-jsonld": 60,
        # dates
        "published-jsonld": 84,
        "published-article": 82,
        "published-citation": 78,
        "published-microdata": 78,
        "published-parsely": 76,
        "published-sailthru": 74,
        "published-dc": 68,
        "published-meta": 66,
        "published-time": 64,
        "published-time-unplaced": 51,
        "published-page-jsonld": 58,
        "modified-jsonld": 80,
        "modified-article": 78,
        "modified-microdata": 74,
        "modified-meta": 60,
        "modified-time": 58,
        # outlet
        "outlet-jsonld-publisher": 70,
        "outlet-og": 72,
        "outlet-jsonld-website": 68,
        "outlet-citation": 60,
        "outlet-dc": 56,
        "outlet-application": 54,
        "outlet-title-rest": 52,
        "outlet-title-part": 52,
        "outlet-copyright": 40,
        # the rest
        "section-jsonld": 66,
        "section-article": 68,
        "section-parsely": 62,
        "section-microdata": 58,
        "language-html": 70,
        "language-jsonld": 62,
        "language-meta": 58,
        "language-og": 52,
        "canonical-link": 80,
        "canonical-og": 68,
        "canonical-jsonld": 60,
        "origin-translation-of": 84,
        "origin-based-on": 70,
        "origin-original-source": 74,
        "origin-syndication-source": 74,
        "origin-dc-source": 56,
        "origin-canonical": 56,
        "licence-jsonld": 66,
        "licence-link": 64,
        "licence-dc": 60,
        # what the file round the page says: a subject names the whole mail, a saver's header the page it saved
        "title-mail": 82,
        "title-front-matter": 82,
        "title-saved": 58,
        "dek-front-matter": 54,
        "section-front-matter": 66,
        "author-front-matter": 78,
        "translator-front-matter": 82,
        "posted-by-mail": 55,
        "outlet-mail": 62,
        "outlet-list": 54,
        "outlet-front-matter": 66,
        "published-mail": 74,
        "published-front-matter": 80,
        "modified-front-matter": 78,
        "saved-not-after": 58,
        "language-front-matter": 66,
        "canonical-front-matter": 74,
        "canonical-saved": 58,
        "licence-front-matter": 64,
    }
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE_TYPES = _words(
    "article newsarticle reportagenewsarticle opinionnewsarticle analysisnewsarticle backgroundnewsarticle "
    "reviewnewsarticle blogposting liveblogposting socialmediaposting discussionforumposting report scholarlyarticle "
    "medicalscholarlyarticle techarticle satiricalarticle advertisercontentarticle asknewsarticle interview "
    "creativework newsstory posting recipe howto review videoobject podcastepisode"
)
PAGE_TYPES = frozenset({"webpage", "itempage", "collectionpage", "medicalwebpage", "qapage", "faqpage", "aboutpage"})
_WEAK_TYPES = frozenset({"creativework", "recipe", "howto", "review", "videoobject", "podcastepisode"})
# Zones whose times and names are not the article's.
ASIDE = frozenset({Zone.RELATED, Zone.COMMENTS, Zone.FOOTER, Zone.NAVIGATION, Zone.FURNITURE, Zone.CONSENT})
# Where a file says what address the page in it was saved from, likeliest first.
SAVED_FROM = (
    "header[Snapshot-Content-Location]",
    "header[Content-Location]",
    "comment[url]",
    "comment[saved from url]",
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST_VALUE = 500
_LONGEST_QUOTE = 2_000


@dataclass(frozen=True, slots=True)
class Declared:
    """The declarations of one HTML page. ``host`` is the host of its address, from the capture or its own words."""

    page: Page
    capture: Capture
    marks: markup.Markup
    graph: jsonld.Graph
    articles: tuple[jsonld.Node, ...]
    pages: tuple[jsonld.Node, ...]
    host: str | None

    def zones_of(self, text: str) -> list[Zone]:
        """The zones of the blocks that show ``text``, in page order; [] when none does."""
        page = self.page
        return [
            block.zone
            for block in page.blocks
            if text and block.end - block.start >= len(text) and page.text.find(text, block.start, block.end) >= 0
        ]

    def article_values(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """(path, value) of the first article node that states one of ``keys``, values resolved and unlisted."""
        yield from self.values(self.articles, *keys)

    def values(self, nodes: tuple[jsonld.Node, ...], *keys: str) -> Iterator[tuple[str, Any]]:
        """(path, value) of the first of ``nodes`` that states one of ``keys``."""
        for node in nodes:
            found = [
                (f"jsonld {node.path}.{key}", item) for key in keys for item in self.graph.items(node.data.get(key))
            ]
            if found:
                yield from found
                return


def declared(page: Page, capture: Capture) -> Declared:
    """Gather what the HTML ``page`` declares. Never raises for what a page may hold."""
    marks = markup.gather(page, capture.url)
    graph = jsonld.graph(page.tree)
    articles = tuple(_articles(graph))
    pages = tuple(node for node in graph.nodes if not node.aside and _is(node, PAGE_TYPES))
    saved_from = [value for path, value in page.declared if path in SAVED_FROM]
    return Declared(page, capture, marks, graph, articles, pages, _host(marks, capture, saved_from))


def _articles(graph: jsonld.Graph) -> list[jsonld.Node]:
    """Article nodes, those of a plain article type first, then as near to the top as they stand."""
    found = [node for node in graph.nodes if not node.aside and _is(node, ARTICLE_TYPES)]
    return sorted(found, key=lambda node: (_is(node, _WEAK_TYPES), node.path.count(".")))


def _is(node: jsonld.Node, types: frozenset[str]) -> bool:
    return any(name.lower() in types for name in node.types)


def _host(marks: markup.Markup, capture: Capture, saved_from: list[str]) -> str | None:
    """The host of the page: the capture's address, else what canonical, og:url or the file round the page say."""
    stated = [*(mark.value for mark in (*marks.link("canonical"), *marks.meta("og:url"))), *saved_from]
    for url in (capture.url, *stated):
        if url and is_web_address(url) and (name := safe_host(url)):
            return name
    return None


def safe_host(url: str) -> str | None:
    """The host of ``url`` without ``www.``; None for what cannot be an address."""
    try:
        return host(url)
    except ValueError:
        return None


def tidy(value: str) -> str:
    """``value`` on one line, entities that were escaped twice resolved, control characters out, length bounded."""
    if "&" in value:
        value = html.unescape(value)
    return one_line(_CONTROL.sub(" ", value))[:_LONGEST_VALUE]


def candidate(
    name: str,
    rule: str,
    value: str,
    quote: str,
    path: str,
    *,
    meant: Meant = Meant.STATED,
    weight: int | None = None,
    detail: Mapping[str, Json] = NOTHING,
    rejected: str | None = None,
) -> Candidate:
    """A candidate of property ``name`` from a declaration: space HTML, ``quote`` the raw value at ``path``."""
    return Candidate(
        property=name,
        value=tidy(value),
        quote=quote[:_LONGEST_QUOTE],
        space=Space.HTML,
        rule=f"meta/{rule}@1",
        meant=meant,
        weight=WEIGHTS[rule] if weight is None else weight,
        path=path[:200],
        detail=detail,
        rejected=rejected,
    )
