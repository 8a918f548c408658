"""Days that a page's markup states: which weigh more, which are set aside, which are read at all."""

import pytest

from archiver import formats
from archiver.extract import metadata, zones
from archiver.model import Candidate, Capture, Meant

TEXT = "<p>The bridge over the river was opened to the public, and nobody fell into the water, the mayor said.</p>"


def read(head: str, body: str = "") -> list[Candidate]:
    """The dates of a page with this head, and this between its title and its text."""
    markup = f"<html><head>{head}</head><body><main><article><h1>Bridge opens</h1>{body}{TEXT * 3}</article></main>"
    capture = Capture(markup.encode())
    page = zones.assign(formats.open_page(capture), capture)
    return [c for c in metadata.candidates(page, capture) if c.property in {"published", "modified"}]


def ld(**stated: str) -> str:
    """A JSON-LD script of an article."""
    import json

    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


@pytest.mark.parametrize(
    "key",
    [
        "published_on",
        "cXenseParse:publishtime",
        "article:published:time",
        "content_publisheddate",
        "pub_date",
        "firstcreate",
        "originalpublicationdate",
        "date.available",
        "dcterms.available",
    ],
)
def test_names_that_sites_make_up(key: str) -> None:
    """A meta element whose name says publication and time is read as such."""
    (found,) = read(f'<meta name="{key}" content="2024-05-05T10:30:00Z">')
    assert (found.property, found.value) == ("published", "2024-05-05T10:30:00")


@pytest.mark.parametrize("key", ["sailthru.expire_date", "article:publisher", "fb:pages", "time", "republish-count"])
def test_names_that_say_something_else(key: str) -> None:
    """Numbers that could be Unix time, days of expiry."""
    assert read(f'<meta name="{key}" content="1714905000">') == []


def test_a_readable_value_is_taken_behind_one_that_is_not() -> None:
    """A broken datePublished does not hide dateCreated."""
    (found,) = read(ld(datePublished="soon", dateCreated="2024-05-05"))
    assert found.value == "2024-05-05"


def test_a_zone_of_readers_weighs_more_than_greenwich() -> None:
    """The same moment names the readers' day in their zone."""
    here = read('<meta property="article:published_time" content="2019-02-19T19:41:13-05:00">')
    there = read('<meta property="article:published_time" content="2019-02-20T00:41:13Z">')
    assert here[0].weight > there[0].weight


def test_stamps_that_are_alike_weigh_less() -> None:
    """Software that stamps publication and change alike knows one of them only."""
    alike = read(ld(datePublished="2024-05-05T10:30:00Z", dateModified="2024-05-05T10:30:00Z"))
    apart = read(ld(datePublished="2024-05-05T10:30:00Z", dateModified="2024-05-06T10:30:00Z"))
    assert alike[0].weight < apart[0].weight


@pytest.mark.parametrize(
    "words", ["Updated <time {}>5 May 2024</time>", "<p>Last updated:</p><time {}>5 May 2024</time>"]
)
def test_a_time_element_that_the_page_calls_updated(words: str) -> None:
    """What stands before its words says of what it is the time."""
    byline = words.format('datetime="2024-05-05T10:30"')
    found = read("", f"<div class=byline>By Ann Lee {byline}</div>")
    assert [c.property for c in found] == ["modified"]


def test_several_items_are_a_list() -> None:
    """Days of publication of several items weigh less than a meta element that names one."""
    items = "".join(f'<span itemprop="datePublished" content="2026-03-{day}"></span>' for day in (11, 12))
    found = read('<meta name="date" content="2025-03-27">', items)
    assert max(found, key=lambda c: c.weight).value == "2025-03-27"


def test_a_page_about_a_video_takes_its_day() -> None:
    """Only where nothing else dates the page."""
    upload = '<meta itemprop="uploadDate" content="2016-09-27">'
    video = f'<div itemscope itemtype="http://schema.org/VideoObject">{upload}</div>'
    assert [c.value for c in read("", video)] == ["2016-09-27"]
    assert [c.value for c in read(ld(datePublished="2024-05-05"), video)] == ["2024-05-05"]


@pytest.mark.parametrize(
    "script",
    [
        'window.__STATE__={"article":{"publishedAt":"2024-05-05T10:30:00Z"}}',
        "dataLayer.push({'publishDate': '2024-05-05T10:30:00Z', 'author': 'Ann Lee'})",
        r'self.__next_f.push([1,"{\"datePublished\":\"2024-05-05T10:30:00Z\"}"])',
        '{"first_published_at" : 1714905000}',
        "var page = {pubDate: 1714905000000, id: 4};",
    ],
)
def test_a_page_drawn_by_scripts_keeps_its_day_in_them(script: str) -> None:
    """Where no markup names one: JSON, escaped JSON, variables, Unix time in seconds and milliseconds; inferred."""
    (found,) = read(f"<script>{script}</script>")
    assert (found.property, found.value, found.rule) == ("published", "2024-05-05T10:30:00", "meta/published-script@1")
    assert found.meant is Meant.INFERRED
    assert found.quote in script
    declared = read(f"<script>{script}</script>" + ld(datePublished="2024-05-01"))
    assert [c.value for c in declared] == ["2024-05-01"]


@pytest.mark.parametrize(
    "script",
    [
        '[{"publishedAt":"2024-05-05T10:30:00Z"},{"publishedAt":"2024-04-01T08:00:00Z"}]',
        '{"unpublishedAt":"2024-05-05T10:30:00Z","republishTime":"2024-05-05","date":"2024-05-05"}',
        '{"publishedAt":null,"publishDate":"","pubDate":"yesterday","publisher":"Example 2024-05-05"}',
    ],
)
def test_days_of_several_texts_and_other_moments_in_scripts_are_nobodys(script: str) -> None:
    """Two days under names of publication are those of a list; other names say something else."""
    assert read(f"<script>{script}</script>") == []


def test_of_many_days_in_a_script_the_one_beside_the_pages_address_is_its_own() -> None:
    """A list of articles in a page's state holds the page's own, with its address."""
    gap = "x" * 4_000
    script = (
        f'{{"url":"/rivers/ferry-sinks","publishedAt":"2024-04-01T08:00:00Z","text":"{gap}"}},'
        f'{{"url":"/rivers/bridge-opens","publishedAt":"2024-05-05T10:30:00Z","text":"{gap}"}},'
        '{"url":"/rivers/dam-holds","publishedAt":"2024-03-01T08:00:00Z"}'
    )
    head = f'<link rel="canonical" href="https://news.example/rivers/bridge-opens"><script>{script}</script>'
    assert [c.value for c in read(head)] == ["2024-05-05T10:30:00"]


OTHER = {"headline": "Mayor sings at the harbour", "datePublished": "2023-01-01"}


def test_an_article_node_of_another_article_is_refused() -> None:
    """Both its address and its headline are another's: its day is kept with the reason, and not taken."""
    (found,) = read(ld(url="https://news.example/mayor-sings", **OTHER))
    assert found.rejected == "its address and headline are those of another article"


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        ("", OTHER),
        ("", OTHER | {"url": "https://news.example/"}),
        ("", OTHER | {"url": "https://news.example/b", "headline": "The bridge opens at last"}),
        ('<link rel="canonical" href="https://news.example/b">', OTHER | {"url": "https://news.example/b"}),
        ("", OTHER | {"url": "http://[broken"}),
    ],
)
def test_one_sign_alone_makes_no_other_article(head: str, stated: dict[str, str]) -> None:
    """A headline reworded for machines, or an address in another form, stands for the page's own article."""
    assert [c.rejected for c in read(head + ld(**stated))] == [None]


def test_the_day_of_a_comment_in_microdata_is_no_time_of_the_page() -> None:
    """A time element of a comment's item dates the comment, also where nothing else on the page has a day."""
    comment = (
        '<div itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Tom Reed</span>'
        '<time itemprop="datePublished" datetime="2024-06-01">1 June</time></div>'
    )
    assert read("", comment) == []


def test_a_time_aside_among_related_articles_is_theirs() -> None:
    """An element aside that calls itself related holds other articles, inside the article element, too."""
    aside = (
        '<aside class="related"><h3>Related</h3><ul><li><a href="/x">Mayor sings</a>'
        ' <time datetime="2023-01-01">1 January 2023</time> By Carl Other</li></ul></aside>'
    )
    assert [c for c in read("", aside) if not c.rejected] == []
