"""What a page declares becomes candidates with the raw value, its path and a published weight."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extract import metadata, zones
from archiver.extract.declared import WEIGHTS
from archiver.formats.html import open_html
from archiver.model import PROPERTIES, Candidate, Capture, Meant, Space

URL = "https://www.hillnews.example/town/bridge"
TITLE = "Town of Hill votes for a new bridge"
TEXT = "<p>The council of the town of Hill voted on Monday to build a new bridge over the river.</p>" * 4


def read(head: str, body: str = "", *, url: str | None = URL, captured_at: datetime | None = None) -> list[Candidate]:
    """The candidates of a page with this head and body."""
    markup = f"<html><head>{head}</head><body>{body or f'<h1>{TITLE}</h1>{TEXT}'}</body></html>"
    capture = Capture(body=markup.encode(), url=url, format="html", captured_at=captured_at)
    page = open_html(capture)
    return metadata.candidates(zones.assign(page, capture), capture)


def values(found: list[Candidate], name: str) -> list[str]:
    """The values of property ``name`` that are not rejected, heaviest first."""
    kept = [each for each in found if each.property == name and each.rejected is None]
    return [each.value for each in sorted(kept, key=lambda each: -each.weight)]


def one(found: list[Candidate], name: str) -> Candidate:
    """The heaviest candidate of property ``name``."""
    return max((each for each in found if each.property == name), key=lambda each: each.weight)


def ld(**data: Any) -> str:
    """A JSON-LD script of a news article."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **data})}</script>'


def test_a_well_kept_page_gives_everything_with_its_path() -> None:
    """Each value carries the raw words and the way to them."""
    found = read(
        ld(
            headline="Hill votes for bridge",
            datePublished="2024-05-05T10:30:00+04:00",
            dateModified="2024-05-06",
            author={"@type": "Person", "name": "Ann Lee"},
            publisher={"@type": "Organization", "name": "Hill News"},
            articleSection="Town",
            inLanguage="en-GB",
        )
        + f'<link rel="canonical" href="{URL}">'
    )
    expected = {
        "published": ("2024-05-05T10:30:00", "2024-05-05T10:30:00+04:00", "jsonld $.datePublished"),
        "modified": ("2024-05-06", "2024-05-06", "jsonld $.dateModified"),
        "author": ("Ann Lee", "Ann Lee", "jsonld $.author.name"),
        "outlet": ("Hill News", "Hill News", "jsonld $.publisher.name"),
        "section": ("Town", "Town", "jsonld $.articleSection"),
        "language": ("en", "en-GB", "jsonld $.inLanguage"),
        "canonical_url": (URL, URL, "link[rel=canonical]"),
    }
    assert {
        name: (one(found, name).value, one(found, name).quote, one(found, name).path) for name in expected
    } == expected
    assert one(found, "published").detail == {"precision": "second", "zone": "+04:00"}
    assert one(found, "outlet").detail["domain"] == "hillnews.example"


def test_the_visible_headline_beats_metadata_that_agrees() -> None:
    """Readers see the h1; its quote stands at its offsets."""
    best = one(read('<meta property="og:title" content="Hill votes for bridge">'), "title")
    assert (best.value, best.space, best.quote) == (TITLE, Space.VISIBLE, TITLE)
    assert best.start is not None
    assert best.end is not None


def test_a_heading_that_says_something_else_does_not() -> None:
    """An h1 without a word in common with the metadata stays behind it."""
    found = read('<meta property="og:title" content="Rates rise again">', f"<h1>Our best offers today</h1>{TEXT}")
    assert one(found, "title").value == "Rates rise again"


PUBLISHED = {
    "article meta": '<meta property="article:published_time" content="2024-05-05">',
    "capitals": '<META NAME="DC.Date.Issued" CONTENT="2024-05-05">',
    "parsely": '<meta name="parsely-pub-date" content="2024-05-05">',
    "citation": '<meta name="citation_publication_date" content="2024/05/05">',
    "a graph": '<script type="application/ld+json">{"@graph":[{"@type":"Article",'
    '"datePublished":"2024-05-05"}]}</script>',
    "two witnesses": ld(datePublished="2024-05-05") + '<meta name="date" content="2024-05-05">',
}


@pytest.mark.parametrize("head", PUBLISHED.values(), ids=PUBLISHED)
def test_publication_is_read_wherever_it_is_stated(head: str) -> None:
    """Common vocabularies lead to the same day."""
    assert set(values(read(head), "published")) == {"2024-05-05"}


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        ('<meta name="article:published_time" value="2024-05-05">', "published", ["2024-05-05"]),
        ('<meta name="publish-date" value="2024-05-05">', "published", ["2024-05-05"]),
        ('<meta property="og:site_name" value="Hill News">', "outlet", ["Hill News"]),
        ('<meta name="author" value="Ann Lee">', "author", ["Ann Lee"]),
        ('<meta property="og:title" value="Another headline of the day">', "title", [TITLE]),
        (
            '<meta name="article:published_time" content="2024-05-05" value="2020-01-01">',
            "published",
            ["2024-05-05"],
        ),
    ],
)
def test_a_value_in_the_wrong_attribute_is_read_where_that_is_safe(head: str, name: str, expected: list[str]) -> None:
    """``value`` for ``content`` is a slip of software; for headlines, which pages show, it is not needed."""
    assert values(read(head), name) == expected


def test_time_elements_count_by_where_they_stand() -> None:
    """The byline's time is the article's; those of related stories and comments are not."""
    body = (
        f'<h1>{TITLE}</h1><div class=byline><time datetime="2024-05-05T10:30">5 May</time></div>{TEXT}'
        '<div class=related><a href=/b>Other</a><time datetime="2020-01-01">1 January 2020</time></div>'
        '<div id=comments><time datetime="2024-05-09">9 May 2024</time></div>'
    )
    assert values(read("", body), "published") == ["2024-05-05T10:30"]


@pytest.mark.parametrize(
    ("markup", "authors"),
    [
        ('<i itemprop="author" itemscope itemtype="//schema.org/Person"><meta itemprop="name" content="Ann Lee"></i>',
         ["Ann Lee"]),
        ('<footer><address itemprop="author">Ann Lee</address></footer>', ["Ann Lee"]),
        ('<footer><i itemprop="author">Ann Lee</i> <i itemprop="author">Bob Ray</i></footer>', []),
        ('<figure><img src="a.png"><figcaption><p itemprop="author">Ann Lee</p></figcaption></figure>', []),
    ],
    ids=["hidden in an item", "alone in the footer", "several in the footer", "who took a picture"],
)  # fmt: skip
def test_microdata_names_the_author_where_it_stands_apart(markup: str, authors: list[str]) -> None:
    """One name is the article's; several outside of its head are of other articles."""
    item = '<div itemscope itemtype="http://schema.org/NewsArticle">'
    assert values(read("", f"{item}<h1>{TITLE}</h1>{TEXT}{markup}</div>"), "author") == authors


def test_microdata_of_a_comment_is_not_the_articles() -> None:
    """Items about something else keep their dates and authors."""
    body = (
        f'<div itemscope itemtype="http://schema.org/NewsArticle"><h1>{TITLE}</h1>'
        f'<meta itemprop="datePublished" content="2024-05-05"><span itemprop="author" itemscope '
        f'itemtype="http://schema.org/Person"><span itemprop="name">Ann Lee</span></span>{TEXT}'
        '<div itemprop="comment" itemscope itemtype="http://schema.org/Comment"><span itemprop="author">Troll</span>'
        '<meta itemprop="datePublished" content="2024-05-09"></div></div>'
    )
    found = read("", body)
    assert values(found, "published") == ["2024-05-05"]
    assert values(found, "author") == ["Ann Lee"]


NO_DATES = {
    "a null date": "0001-01-01T00:00:00",
    "the start of Unix time": "1970-01-01T00:00:00Z",
    "only a year": "2024",
    "after the capture": "2031-01-01",
}


@pytest.mark.parametrize("stated", NO_DATES.values(), ids=NO_DATES)
def test_dates_that_cannot_be_are_kept_with_the_reason(stated: str) -> None:
    """Not shown, not forgotten, and never replaced by a guess."""
    head = f'<meta property="article:published_time" content="{stated}">'
    found = read(head, captured_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert values(found, "published") == []
    assert [each.quote for each in found if each.property == "published" and each.rejected] == [stated]


def test_the_house_is_a_posting_account_and_no_author() -> None:
    """The publisher, its domain or "admin" in the author field posts, a person writes."""
    head = ld(author=[{"name": "Hill News"}, {"name": "Ann Lee"}], publisher={"name": "Hill News"})
    found = read(head + '<meta name="author" content="admin">')
    assert values(found, "author") == ["Ann Lee"]
    assert set(values(found, "posted_by")) == {"Hill News", "admin"}


def test_a_weaker_source_that_names_somebody_else_is_not_firm() -> None:
    """Once JSON-LD has named the author, another name in meta is kept as a lesser reading."""
    found = read(ld(author={"name": "Ann Lee"}) + '<meta name="author" content="Bob Ray">')
    assert one(found, "author").value == "Ann Lee"
    assert [each.weight < 50 for each in found if each.value == "Bob Ray"] == [True]


OUTLETS = {
    "the name that shares the address's stem": (
        '<meta property="og:site_name" content="Where hope comes home every day"><title>Bridge | Hill News</title>',
        "Hill News",
    ),
    "a readable name before a bare domain": (
        '<meta property="og:site_name" content="hillnews.example">' + ld(publisher={"name": "Hill News"}),
        "Hill News",
    ),
    "a name before a legal form": (
        ld(publisher={"name": "Hillnews Verlag GmbH"}) + '<meta property="og:site_name" content="Hill News">',
        "Hill News",
    ),
}


@pytest.mark.parametrize(("head", "name"), OUTLETS.values(), ids=OUTLETS)
def test_the_outlet_is_the_name_its_address_bears_out(head: str, name: str) -> None:
    """Slogans, domains and companies stay behind the name that readers know."""
    assert values(read(head), "outlet")[0] == name


@pytest.mark.parametrize(
    "name", ["R\u0435ut\u0435rs", "Th\u0435 Town Post", "\u041dill News", "Сoюз", "\u039fmega News"]
)
def test_a_name_in_letters_that_look_like_others_is_rejected(name: str) -> None:
    """Latin with Cyrillic or Greek doubles in one word is a disguise or a slip, and no name to show."""
    found = read(f'<meta property="og:site_name" content="{name}"><title>{TITLE} - Hill News</title>')
    assert values(found, "outlet")[0] == "Hill News"
    (rejected,) = [one for one in found if one.property == "outlet" and one.rejected]
    assert rejected.rejected is not None
    assert rejected.rejected.startswith("imitates")


@pytest.mark.parametrize(
    "name", ["TVЦентр", "Forbes Қазақстан", "Радио FM", "Известия", "Η Εφημερίδα", "Ёжик24 online"]
)
def test_names_in_two_scripts_that_hide_nothing_stand(name: str) -> None:
    """Words of their own, or parts with letters that nothing else looks like, are honest."""
    assert values(read(f'<meta property="og:site_name" content="{name}">'), "outlet") == [name]


def test_a_platform_is_no_house_but_at_its_own_address() -> None:
    """Templates of shared pages leave its name behind."""
    head = f'<meta property="og:site_name" content="Facebook"><title>{TITLE} - Hill News</title>'
    assert values(read(head), "outlet")[0] == "Hill News"
    own = read(head, url="https://www.facebook.com/hill/posts/1")
    assert next(one.weight for one in own if one.value == "Facebook") > 60
    assert next(one.weight for one in read(head, url=None) if one.value == "Facebook") <= 30


def test_no_outlet_is_made_of_an_address() -> None:
    """A page that never says its name has none, whatever its host is called."""
    assert values(read(f"<title>{TITLE} - a report</title>"), "outlet") == []


def test_origins_are_read_and_the_page_is_never_its_own() -> None:
    """Translation and source statements lead away; pointing to itself says nothing."""
    found = read(
        ld(translationOfWork={"@type": "Article", "url": "https://valley.example/x", "inLanguage": "az"})
        + f'<meta name="syndication-source" content="{URL}">'
        + '<meta name="original-source" content="https://agency.example/wire/1">'
    )
    origins = [each for each in found if each.property == "origin"]
    assert {(each.detail["kind"], each.detail["domain"], each.meant) for each in origins} == {
        ("translation", "valley.example", Meant.STATED),
        ("syndication", "agency.example", Meant.STATED),
    }
    assert {each.detail["language"] for each in origins} == {"az", None}


CANONICALS = {
    "itself": (URL, []),
    "itself on another subdomain": ("https://m.hillnews.example/town/bridge", []),
    "the same house elsewhere": ("https://hillnews.other.example/town/bridge", []),
    "a front page": ("https://valley.example/", []),
    "another house": ("https://valley.example/x", ["valley.example"]),
    "relative": ("/town/bridge", []),
}


@pytest.mark.parametrize(("href", "origins"), CANONICALS.values(), ids=CANONICALS)
def test_a_canonical_address_elsewhere_is_an_inferred_origin(href: str, origins: list[str]) -> None:
    """Only another house's article is an origin, and it is a conclusion, not a statement."""
    found = [each for each in read(f'<link rel="canonical" href="{href}">') if each.property == "origin"]
    assert [each.value for each in found] == origins
    assert {each.meant for each in found} <= {Meant.INFERRED}


@pytest.mark.parametrize(
    ("head", "rule", "licences"),
    [
        (ld(license="https://licences.example/by/4.0"), "meta/licence-jsonld@1", ["https://licences.example/by/4.0"]),
        (
            '<link rel="license" href="https://licences.example/by">',
            "meta/licence-link@1",
            ["https://licences.example/by"],
        ),
        ('<meta name="dcterms.license" content="CC BY-SA 4.0">', "meta/licence-dc@1", ["CC BY-SA 4.0"]),
        ('<meta name="DC.Rights.License" content="CC0">', "meta/licence-dc@1", ["CC0"]),
        ('<meta name="dc.rights" content="Copyright 2024 Hill News">', None, []),
        ('<meta name="dcterms.license" content=" ">', None, []),
    ],
)
def test_a_licence_is_read_where_it_is_declared(head: str, rule: str | None, licences: list[str]) -> None:
    """Terms of use in metadata are a licence; who holds the rights is none."""
    found = read(head)
    assert values(found, "licence") == licences
    assert [each.rule for each in found if each.property == "licence"] == ([rule] if rule else [])


def test_values_are_bounded_and_clean() -> None:
    """Control characters and floods do not get into values."""
    flood = "Hill\x1b[31m News" + " x" * 5_000
    found = read(f'<meta property="og:title" content="{flood}"><meta property="og:description" content="{flood}">')
    assert all(len(each.value) <= 500 and each.value.isprintable() for each in found)
    assert all(len(each.quote) <= 2_000 for each in found)


def test_a_page_that_declares_nothing_gives_nothing_but_its_headline() -> None:
    """Unknown is a value."""
    assert {each.property for each in read("")} == {"title"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["og:title", "author", "date", "og:url", "og:locale"]), st.text(max_size=60)),
        max_size=6,
    )
)
def test_any_values_are_survived(pairs: list[tuple[str, str]]) -> None:
    """Whatever stands in meta elements, candidates are well formed."""
    head = "".join(f'<meta name="{name}" content="{value.replace(chr(34), "")}">' for name, value in pairs)
    for each in read(head):
        assert each.property in PROPERTIES
        assert each.path or each.space is Space.VISIBLE
        assert each.rule.removeprefix("meta/").removesuffix("@1") in WEIGHTS
        assert 0 <= each.weight <= 100
        assert each.value
