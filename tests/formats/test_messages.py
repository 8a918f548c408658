"""A page is the same page in any wrapping, and what its wrapping says is told apart from what it says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import FormatError
from archiver.formats import detect, open_page
from archiver.model import Capture, Reading, Space, Statement
from archiver.statements import read
from tests.formats.wrapped import eml, mhtml
from tests.samples.collection import captures

SAMPLES = {number: capture for number, capture in captures().items() if (capture.filename or "").endswith("html")}
STORY = (
    "<html><head><title>Ferry stays in port - Tidewater Post</title></head><body><h1>Ferry stays in port</h1>"
    "<p>The ferry stayed in port on Thursday because of strong winds, the harbour office said.</p>"
    '<p>Passengers waited in <a href="/hall">the hall</a> until the evening, and some went home.</p></body></html>'
)
HEADER = (
    "From: =?utf-8?q?Tidewater_Post?= <hello@tidewater-post.example>\n"
    "Subject: Ferry stays\n in port\n"
    "Date: Thu, 2 May 2024 10:11:12 +0200 (CEST)\n"
    "List-Id: Post Briefing <briefing.tidewater-post.example>"
)


def _facts(reading: Reading) -> Iterator[tuple[object, ...]]:
    """Everything a statement says but its id."""
    for s in reading.statements:
        yield s.property, s.value, s.quote, s.space, s.path, s.start, s.end, s.rule, s.meant, s.shown, s.why


def _only(reading: Reading, name: str) -> Statement:
    (statement,) = reading.shown(name)
    return statement


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary"])
@pytest.mark.parametrize("number", sorted(SAMPLES))
def test_a_saved_page_says_what_the_bare_page_says(number: str, encoding: str) -> None:
    """The same statements with the same words at the same places, the same text, the same editorial state."""
    bare = read(SAMPLES[number])
    saved = read(replace(SAMPLES[number], body=mhtml(SAMPLES[number].body, encoding=encoding)))
    assert saved.format == "mhtml"
    assert list(_facts(saved)) == list(_facts(bare))
    assert (saved.text, saved.page_text, saved.blocks) == (bare.text, bare.page_text, bare.blocks)
    assert saved.content_digest == bare.content_digest


def test_line_ends_and_charsets_of_old_browsers_do_not_matter() -> None:
    """Bare line feeds, carriage returns alone, a charset that only the header of the part names."""
    page = "<html><body><h1>Паром стоит в порту</h1><p>Паром остался в порту из-за сильного ветра.</p></body></html>"
    for line_end in (b"\r\n", b"\n", b"\r"):
        body = mhtml(page.encode("koi8-r"), charset="koi8-r", line_end=line_end, encoding="base64")
        opened = open_page(Capture(body))
        assert opened.text.startswith("Паром стоит в порту\n"), line_end


def test_where_a_page_was_saved_from_is_testimony() -> None:
    """The address makes links whole and is a claim of its own; the date bounds; neither is the capture's."""
    body = mhtml(
        STORY.encode(), location="https://tidewater-post.example/a", header="Date: Thu, 02 May 2024 10:11:12 -0000"
    )
    reading = read(Capture(body))
    address, bound = _only(reading, "canonical_url"), _only(reading, "published_not_after")
    assert (address.value, address.space, address.path) == (
        "https://tidewater-post.example/a",
        Space.HTML,
        "header[Content-Location]",
    )
    assert (bound.value, bound.path) == ("2024-05-02", "header[Date]")
    assert not reading.shown("published")
    assert [link.url for block in reading.blocks for link in block.links] == ["https://tidewater-post.example/hall"]


def test_the_part_named_as_the_start_is_the_page() -> None:
    """Frames may come first; ``start`` says which part is the page (RFC 2387)."""
    body = (
        b"From: <Saved by Blink>\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; boundary="b"; start="<two>"\n\n'
        b"--b\nContent-Type: text/html\nContent-ID: <one>\n\n<html><p>An advertisement</p></html>\n"
        b"--b\nContent-Type: text/html\nContent-ID: <two>\n\n<html><p>The page</p></html>\n--b--\n"
    )
    assert open_page(Capture(body)).text == "The page"


def test_a_newsletter_is_read_in_its_html_and_its_header_testifies() -> None:
    """Subject, sender and date are what the mail says, each at its field; its HTML is the text."""
    reading = read(Capture(eml(("text/plain", "Read this in a browser"), ("text/html", STORY), header=HEADER)))
    assert reading.format == "eml"
    assert "strong winds" in reading.text
    assert _only(reading, "title").value == "Ferry stays in port"
    published = _only(reading, "published")
    assert (published.value, published.detail["zone"], published.path) == (
        "2024-05-02T10:11:12",
        "+02:00",
        "header[Date]",
    )
    assert published.quote == "Thu, 2 May 2024 10:11:12 +0200 (CEST)"
    outlet = _only(reading, "outlet")
    assert (outlet.value, outlet.detail["domain"]) == ("Tidewater Post", "tidewater-post.example")
    assert _only(reading, "posted_by").value == "Tidewater Post"


def test_a_mail_of_plain_text_is_a_text_with_a_subject() -> None:
    """Without HTML the text is read at its places; a person who sends it is its author, not an outlet."""
    header = (
        HEADER.replace("=?utf-8?q?Tidewater_Post?=", "Ann Lee").replace("tidewater-post", "mail").split("\nList")[0]
    )
    text = "The ferry stayed in port on Thursday.\n\nPassengers waited in the hall until the evening.\n"
    reading = read(Capture(eml(("text/plain", text), header=header)))
    assert reading.page_space is Space.SOURCE
    assert _only(reading, "title").path == "header[Subject]"
    assert _only(reading, "author").value == "Ann Lee"
    assert not reading.shown("outlet")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Fwd: Council votes on the ferry", "Council votes on the ferry"),
        ("RE: Fw: Council votes on the ferry", "Council votes on the ferry"),
        ("WG: AW: Rat stimmt ab", "Rat stimmt ab"),
        ("Re[2]: Council votes", "Council votes"),
        ("Ferry: council votes", "Ferry: council votes"),
        ("Fwd:", "Fwd:"),
    ],
)
def test_what_programs_put_before_a_subject_is_no_part_of_it(subject: str, title: str) -> None:
    """The quote keeps it."""
    mail = f"From: Ann Lee <ann@harbour.example>\nSubject: {subject}\nMIME-Version: 1.0\n\nThe council votes today.\n"
    found = [s for s in read(Capture(mail.encode(), filename="a.eml")).statements if s.rule == "meta/title-mail@1"]
    assert [(s.value, s.quote) for s in found] == [(title, subject)]


def test_attachments_are_not_the_text() -> None:
    """What is to be saved and not shown is not read."""
    body = eml(("text/html", STORY), header=HEADER).replace(
        b"Content-Type: text/html;", b"Content-Disposition: attachment\r\nContent-Type: text/html;"
    )
    with pytest.raises(FormatError, match="without a text"):
        open_page(Capture(body, filename="letter.eml"))


def _forwarded(note: str, *, encoding: str = "7bit") -> bytes:
    inner = eml(("text/html", STORY), header=HEADER)
    return (
        b"From: Bo Ek <bo@mail.example>\r\nSubject: Fwd: look\r\nDate: Fri, 3 May 2024 08:00:00 +0000\r\n"
        b"Message-ID: <1@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n"
        b"--outer\r\nContent-Type: text/plain\r\n\r\n"
        + note.encode()
        + b"\r\n--outer\r\nContent-Type: message/rfc822\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + inner + b"\r\n--outer--\r\n"
    )


def test_a_mail_that_only_carries_another_is_read_as_that() -> None:
    """The forwarded newsletter is the text, and its own header the one that speaks of it."""
    reading = read(Capture(_forwarded("See below.")))
    assert "strong winds" in reading.text
    assert _only(reading, "title").value == "Ferry stays in port"
    assert _only(reading, "published").value == "2024-05-02T10:11:12"
    assert _only(reading, "outlet").value == "Tidewater Post"


def test_a_mail_that_says_something_itself_is_read_as_itself() -> None:
    """A letter with another one beside it is the letter."""
    letter = "The harbour office answered our questions about the ferry today, at last. " * 20
    reading = read(Capture(_forwarded(letter)))
    assert reading.text.startswith("The harbour office answered")
    assert _only(reading, "title").value == "look"


KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "a browser's": ({"body": mhtml(STORY.encode())}, "mhtml"),
    "a word processor's, without a sender": (
        {"body": b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n\n<p>\n--b--'},
        "mhtml",
    ),
    "a newsletter with its pictures": (
        {"body": eml(("text/html", STORY), header=HEADER, kind="related")},
        "eml",
    ),
    "a pasted mail": ({"body": b"From: Ann Lee\nDate: 2 May 2024\n\nText of the mail."}, "textdump"),
    "the same in a mail file": ({"body": b"From: a\nDate: 2 May 2024\n\nText.", "filename": "a.EML"}, "eml"),
    "a text that begins with a label": ({"body": b"Author: Ann Lee\nDate: 2 May\n\nText."}, "textdump"),
    "an HTML page": ({"body": STORY.encode()}, "html"),
    "a server says HTML": ({"body": mhtml(STORY.encode()), "media_type": "text/html"}, "html"),
    "a message from a mailbox": (
        {"body": b"From a@b.example Thu May  2 10:11:12 2024\n" + eml(("text/html", STORY), header=HEADER)},
        "eml",
    ),
}


@pytest.mark.parametrize("case", sorted(KINDS))
def test_wrappings_are_told_apart_by_their_first_bytes(case: str) -> None:
    """A header that only a message has, or the file's name; nothing else makes a text a mail."""
    given_as, kind = KINDS[case]
    assert detect(Capture(**given_as)) == kind


def _nested(depth: int) -> bytes:
    lines = ["From: <Saved by Blink>", "MIME-Version: 1.0", "Content-Type: multipart/related; boundary=b0", ""]
    for i in range(depth):
        lines += [f"--b{i}", f"Content-Type: multipart/mixed; boundary=b{i + 1}", ""]
    return "\n".join([*lines, f"--b{depth}", "Content-Type: text/html", "", "<html><p>Deep</p></html>"]).encode()


REFUSED = {
    "nested a thousand deep": (_nested(1000), "nested deeper"),
    "no boundary": (_nested(0).replace(b" boundary=b0", b""), "names no boundary"),
    "a boundary that never comes": (_nested(0).replace(b"--b0", b"--c"), "does not occur"),
    "a picture alone": (_nested(0).replace(b"text/html", b"image/png"), "no HTML among its 1 parts"),
    "a header and nothing": (b"From: <Saved by Blink>\nSubject: x\n", "no HTML"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_holds_no_page_is_refused_in_words(case: str) -> None:
    """The error says what, where and what to do."""
    body, words = REFUSED[case]
    with pytest.raises(FormatError, match=words) as caught:
        open_page(Capture(body, filename="page.mhtml"))
    assert caught.value.message.startswith("page.mhtml ")
    assert caught.value.hint


BROKEN = {
    "cut off": (mhtml(STORY.encode())[:-250], "cut off"),
    "broken base64": (mhtml(STORY.encode(), encoding="base64").replace(b"\r\n------", b"\r\nA\r\n------"), "base64"),
    "an unknown transfer encoding": (mhtml(STORY.encode(), encoding="binary").replace(b": binary", b": x-9"), "x-9"),
    "five thousand parts": (
        _nested(0) + b"\n--b0\nContent-Type: image/gif\n\nx" * 5_000 + b"\n--b0--\n",
        "more than 2000 parts",
    ),
}


@pytest.mark.parametrize("case", sorted(BROKEN))
def test_what_is_broken_is_read_as_far_as_it_goes_and_noted(case: str) -> None:
    """The text is there, and a note says what is not."""
    body, words = BROKEN[case]
    page = open_page(Capture(body))
    assert page.text
    assert any(words in note for note in page.notes), page.notes


def test_header_values_are_one_clean_line() -> None:
    """Control characters are spaces, encoded words are decoded over their seams, broken ones stay as they are."""
    header = "Subject: =?utf-8?b?0J/QsNGA?=\r\n =?utf-8?b?0L7QvA==?= \x07 in =?none?q?x?= =?utf-8?b?A?= port\x1b"
    page = open_page(Capture(eml(("text/html", STORY), header=header + "\r\nFrom: a@b.example")))
    assert dict(page.declared)["header[Subject]"] == "Паром   in =?none?q?x?= =?utf-8?b?A?= port"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_message_makes_a_traceback(data: st.DataObject) -> None:
    """Cut, doubled and overwritten anywhere, a message is read or refused in words."""
    body = data.draw(st.sampled_from([mhtml(STORY.encode()), eml(("text/html", STORY), header=HEADER), _nested(3)]))
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.integers(0, len(body))) for _ in range(2))
        body = (
            body[:start] + data.draw(st.sampled_from([b"", b"\x00\r", body[start:end] * 2, b"--", b"=?"])) + body[end:]
        )
    for kind in ("mhtml", "eml"):
        answer = _read_or_refuse(Capture(body, format=kind))
        if isinstance(answer, FormatError):
            assert answer.message
            assert answer.hint
        else:
            assert answer.format == kind
            texts = {Space.TEXT: answer.text}
            placed = [one for one in answer.statements if one.start]
            assert all(one.quote == texts.get(one.space, answer.page_text)[one.start : one.end] for one in placed)


def _read_or_refuse(capture: Capture) -> Reading | FormatError:
    try:
        return read(capture)
    except FormatError as refused:
        return refused
