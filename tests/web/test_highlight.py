"""What a browser reads back from marked text is that text, whatever is in it."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.web.highlight import Span, advice, clipped, lines, marked, plain, segments, shown
from tests.web.hostile import PAYLOADS


class Reader(HTMLParser):
    """Text, ids and links of a fragment, as a browser would see them."""

    def __init__(self, fragment: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(fragment)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]


# What HTML cannot hold (NUL, lone surrogates) stands as U+FFFD under its name.
TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
        st.sampled_from("\n\u202e\u202c\u200b\u200d<>&\"' \tаə"),
    ),
    max_size=60,
)


def spans_in(text: str) -> st.SearchStrategy[list[Span]]:
    """Spans anywhere, some reaching beyond the text, nested and overlapping."""
    place = st.integers(-2, len(text) + 3)
    one = st.builds(
        lambda a, b, i: Span(min(a, b), max(a, b), f"s{i}", "who", "author"), place, place, st.integers(0, 5)
    )
    return st.lists(one, max_size=6)


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), spans_in(text))))
def test_joined_segments_are_the_text(case: tuple[str, list[Span]]) -> None:
    """Cutting loses and adds nothing, and every span covers exactly its characters."""
    text, spans = case
    cut = segments(text, spans)
    assert "".join(one.text for one in cut) == text
    for span in set(spans):
        covered = "".join(one.text for one in cut if span in one.spans)
        assert covered == text[max(span.start, 0) : max(min(span.end, len(text)), 0)]


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), spans_in(text))), st.booleans())
def test_marked_text_reads_back_as_the_text(case: tuple[str, list[Span]], gaps: bool) -> None:
    """Marks, anchors and badges add no character, and no id stands twice."""
    text, spans = case
    read = Reader(str(marked(text, spans, "t", gaps=gaps)))
    assert read.text == text
    assert len(read.ids) == len(set(read.ids))
    assert read.tags <= {"span", "mark", "bdi"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_stay_text(payload: str) -> None:
    """Markup in a text is text: no element of it comes to be."""
    for fragment in (
        lines(payload),
        shown(payload),
        marked(payload, [Span(0, 4, "x", "who", payload, href="#c")], "t"),
    ):
        read = Reader(str(fragment))
        assert read.text == payload
        assert read.tags <= {"span", "mark", "bdi", "a"}
        assert set(read.links) <= {"#c"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\u202eb", ["U+202E"]),
        ("zero\u200bwidth", ["U+200B"]),
        ("joined\u200dhere", ["U+200D"]),
        ("bell\x07", ["U+0007"]),
        ("line\rbreak", ["U+000D"]),
        ("tag\U000e0041", ["U+E0041"]),
        ("nul\x00", ["U+0000"]),
    ],
)
def test_unseen_characters_are_named(text: str, named: list[str]) -> None:
    """A reader sees that something is there, and what."""
    assert re.findall(r'data-code="([^"]+)"', str(shown(text))) == named
    assert f"<{named[0]}>" in plain(text)


@pytest.mark.parametrize(
    "text",
    ["می‌شود", "क्‍ष", "❤️", "1️⃣", "👩‍💻", "שלום\u200f", "tab\there", "soft\xadhyphen"],
)
def test_the_spelling_of_scripts_and_emoji_is_no_trick(text: str) -> None:
    """Joiners of Persian and Indic words, emoji sequences and hyphenation are left alone."""
    assert "data-code" not in str(shown(text))


def test_a_span_over_several_lines_has_one_anchor() -> None:
    """A link to evidence leads to its beginning."""
    fragment = str(marked("one\ntwo\nthree", [Span(1, 10, "x", "when", "published")], "t"))
    assert Reader(fragment).ids == ["t-x"]
    assert fragment.count("<mark") == 3


def test_two_statements_at_one_place_have_two_anchors() -> None:
    """Every statement can be linked to, even where another stands."""
    spans = [Span(0, 3, "x", "who", "author"), Span(0, 3, "y", "who", "translator")]
    assert sorted(Reader(str(marked("abc", spans, "s"))).ids) == ["s-x", "s-y"]


@pytest.mark.parametrize(
    ("text", "shown_text"),
    [("short", "short"), ("x" * 8, "x" * 8), ("x" * 9, "x" * 7 + "…"), ("two words", "two wor…"), (None, ""), ("", "")],
)
def test_names_in_lists_have_an_end(text: str | None, shown_text: str) -> None:
    """A list shows the start of a long name, and says that there is more."""
    assert clipped(text, 8) == shown_text


def test_labels_are_escaped() -> None:
    """A hostile value in a tooltip stays inside its attribute."""
    fragment = str(marked("abc", [Span(0, 3, "x", "who", '"><script>1</script>')], "s"))
    assert "<script" not in fragment
    assert html.unescape(re.findall(r'title="([^"]*)"', fragment)[0]) == '"><script>1</script>'


def test_very_many_statements_at_one_place_do_not_nest_endlessly() -> None:
    """A browser stops nesting at 512 elements; every anchor is there all the same."""
    fragment = str(marked("abc", [Span(0, 3, f"x{i}", "who", "author") for i in range(600)], "s"))
    assert len(Reader(fragment).ids) == 600
    assert fragment.count("</span>" * 40) == 0


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Run `archiver add` again.", "Run <code>archiver add</code> again."),
        ("`a<b>` and `c`", "<code>a&lt;b&gt;</code> and <code>c</code>"),
        ("one ` alone", "one ` alone"),
        ("", ""),
        (None, ""),
    ],
)
def test_commands_in_advice_are_code(text: str | None, html: str) -> None:
    """Pairs of backticks become code; a single one stays a sign."""
    assert advice(text) == html
