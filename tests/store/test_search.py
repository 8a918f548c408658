"""Search finds every spelling, marks the real words, and takes any query for a query."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from archiver.store import search as search_module
from archiver.store.archive import Archive
from archiver.store.rows import Filters
from archiver.store.search import search
from tests.store.helpers import fetched, given, later, read

TEXTS = {
    "az": "Title: Xəbər\nPublished: 2024\nPrezident İlham Əliyev Şuşada çıxış etdi.",
    "en": "Title: News\nPresident Ilham Aliyev spoke in Shusha, minval.az reports.",
    "ru": "Title: Новости\nПрезидент Ильхам Алиев выступил в Шуше.",
    "hy": "Title: Լուրեր\nՆախագահ Իլհամ Ալիև ելույթ ունեցավ։",
    "zh": "Title: 消息\n阿利耶夫總統在舒沙發表講話",
    "other": "Title: Weather\nRain in the mountains, sun on the coast.",
}


@pytest.fixture
def library(archive: Archive) -> Archive:
    """The same story in five scripts, and the weather."""
    with archive.writer(read) as writer:
        writer.commit([given(text, name=name) for name, text in TEXTS.items()])
    return archive


def titles(archive: Archive, query: str, **more: object) -> list[str | None]:
    return [hit.article.title for hit in search(archive.conn, query, **more).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Əliyev", "Aliyev", "Eliyev", "Алиев", "Ալիև", "ƏLİYEV", "aliyev", "Alie"])
def test_a_name_finds_all_its_spellings(library: Archive, name: str) -> None:
    """In every script, from every script."""
    assert {"Xəbər", "News", "Новости", "Լուրեր"} <= set(titles(library, name))
    assert "Weather" not in titles(library, name)


@pytest.mark.parametrize(
    ("query", "first"), [("Əliyev", "Xəbər"), ("Aliyev", "News"), ("Алиев", "Новости"), ("ալիև", "Լուրեր")]
)
def test_exact_spelling_comes_first(library: Archive, query: str, first: str) -> None:
    """What merges too much is ranked last."""
    hits = search(library.conn, query).hits
    assert (hits[0].article.title, hits[0].exact) == (first, True)
    assert not any(hit.exact for hit in hits[1:])


QUERIES = {
    '"in the mountains"': ["Weather"],
    '"mountains the in"': [],
    "rain sun": ["Weather"],
    "rain -sun": [],
    "rain -snow": ["Weather"],
    "minval.az": ["News"],
    "weather": ["Weather"],
    "舒沙": ["消息"],
    "沙舒": [],
    "mount": ["Weather"],
    "ountain": [],
    "sus -Xəbər": ["Новости", "News"],
}


@pytest.mark.parametrize(("query", "found"), QUERIES.items(), ids=QUERIES)
def test_queries(library: Archive, query: str, found: list[str]) -> None:
    """Words, phrases, exclusions, longer forms, scripts without spaces."""
    assert set(titles(library, query)) == set(found)


@pytest.mark.parametrize(
    "query",
    ["", " ", '"', '""', "-", "--", "-a", "*", "a*", "NEAR(a b)", "title:x", "a AND", "OR", "NOT x", "(", "a^b", "{a}",
     "'", "\x00", "a\x00b", "\ud800", "-\"x", '"x', "ǅ", "ﷺ", "x" * 5000, "a " * 5000],
)  # fmt: skip
def test_nothing_is_a_wrong_query(library: Archive, query: str) -> None:
    """Quotes, minus signs and words of a query language are what a person typed, no more."""
    assert isinstance(search(library.conn, query).hits, tuple)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_all(query=st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_a_query(library: Archive, query: str) -> None:
    """And every mark lies inside its text, around a word."""
    for hit in search(library.conn, query).hits:
        for snippet in (hit.title, hit.snippet):
            assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.marks)


def test_the_real_words_are_marked(library: Archive) -> None:
    """Offsets into the text as it stands, not into a folded shadow of it."""
    for hit in search(library.conn, "Алиев").hits:
        assert {hit.snippet.text[start:end] for start, end in hit.snippet.marks} <= {
            "Əliyev",
            "Aliyev",
            "Алиев",
            "Ալիև",
        }
        assert hit.snippet.marks
    (hit,) = search(library.conn, '"in the mountains"').hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["in the mountains"]


def test_versions_of_an_article_are_one_hit(archive: Archive) -> None:
    """Grouped, with the versions named that it also stands in."""
    with archive.writer(read) as writer:
        for minutes, body in enumerate((b"Title: T\nalpha beta", b"Title: T\nalpha gamma", b"Title: T\nalpha delta")):
            writer.commit([fetched(body, at=later(minutes))])
    (hit,) = search(archive.conn, "alpha").hits
    assert (hit.version, hit.also_in) == (3, (1, 2))
    (hit,) = search(archive.conn, "beta").hits
    assert (hit.version, hit.also_in) == (1, ())


def test_a_snippet_is_cut_at_words_around_the_first_hit(archive: Archive) -> None:
    """Long texts show the place, short ones themselves."""
    with archive.writer(read) as writer:
        writer.commit([given("Title: T\n" + "before " * 100 + "needle " + "after " * 100)])
    (hit,) = search(archive.conn, "needle").hits
    assert (hit.snippet.cut_before, hit.snippet.cut_after) == (True, True)
    assert len(hit.snippet.text) <= 240
    assert hit.snippet.text.startswith("before ")
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["needle"]


def test_common_words_are_capped_by_age(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranking a word that is everywhere would read everything; the newest are shown, and it is said."""
    monkeypatch.setattr(search_module, "_COMMON", 5)
    with archive.writer(read) as writer:
        writer.commit([given(f"Title: {number}\ncommon word") for number in range(9)])
    found = search(archive.conn, "common", limit=3)
    assert found.capped
    assert [hit.article.title for hit in found.hits] == ["8", "7", "6"]


def test_search_takes_filters_and_pages(library: Archive) -> None:
    """The same filters as lists, and no hit twice over pages."""
    assert titles(library, "aliyev", filters=Filters(published_from="2024")) == ["Xəbər"]
    everything = titles(library, "aliyev")
    assert titles(library, "aliyev", limit=2) + titles(library, "aliyev", limit=9, offset=2) == everything
