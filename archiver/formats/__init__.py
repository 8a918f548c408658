"""How captures arrive: every format that is read, in one list, and the one call that opens a capture."""

from collections.abc import Callable
from dataclasses import dataclass

from archiver.errors import FormatError
from archiver.formats.docx import open_docx
from archiver.formats.docx import recognises as is_docx
from archiver.formats.html import open_html
from archiver.formats.html import recognises as is_html
from archiver.formats.jsonl import open_jsonl
from archiver.formats.jsonl import recognises as is_jsonl
from archiver.formats.markdown import open_markdown
from archiver.formats.markdown import recognises as is_markdown
from archiver.formats.messages import is_eml, is_mhtml, open_eml, open_mhtml
from archiver.formats.newsml import open_newsml
from archiver.formats.newsml import recognises as is_newsml
from archiver.formats.pdf import open_pdf
from archiver.formats.pdf import recognises as is_pdf
from archiver.formats.rtf import open_rtf
from archiver.formats.rtf import recognises as is_rtf
from archiver.formats.textdump import open_textdump
from archiver.formats.textdump import recognises as is_textdump
from archiver.model import Capture, Page


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its ``name``, a test on a capture's bytes, and how to open one as a Page."""

    name: str
    recognises: Callable[[Capture], bool]
    open: Callable[[Capture], Page]


# Asked in this order: what wraps a page before the page, and a text dump is whatever text is nothing else.
FORMATS: tuple[Format, ...] = (
    Format("pdf", is_pdf, open_pdf),
    Format("docx", is_docx, open_docx),
    Format("rtf", is_rtf, open_rtf),
    Format("jsonl", is_jsonl, open_jsonl),
    Format("mhtml", is_mhtml, open_mhtml),
    Format("eml", is_eml, open_eml),
    Format("newsml", is_newsml, open_newsml),
    Format("markdown", is_markdown, open_markdown),
    Format("html", is_html, open_html),
    Format("textdump", is_textdump, open_textdump),
)


# What begins like this is no page, though much of it may be letters.
_NO_TEXT = (
    (b"PK\x03\x04", "a ZIP file or a document of another office program than Word"),
    (b"\xd0\xcf\x11\xe0", "a document of an old office program (.doc)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"WARC/1.", "a WARC file"),
)


def detect(capture: Capture) -> str:
    """The name of the format of ``capture``, its own ``format`` first. Raises FormatError when none fits."""
    return _format_of(capture).name


def open_page(capture: Capture) -> Page:
    """``capture`` decoded and cut into blocks. Raises FormatError when it is no text that is read here."""
    return _format_of(capture).open(capture)


def _format_of(capture: Capture) -> Format:
    what = capture.filename or capture.url or "the capture"
    names = ", ".join(each.name for each in FORMATS)
    if capture.format is not None:
        for each in FORMATS:
            if each.name == capture.format:
                return each
        raise FormatError(f"no format is called {capture.format!r}, asked for {what}", f"one of: {names}")
    if not capture.body.strip():
        raise FormatError(f"{what} is empty", "capture it again, or leave it out")
    found = next((each for each in FORMATS if each.recognises(capture)), None)
    for magic, kind in _NO_TEXT if found is None or found.name == "textdump" else ():
        if capture.body.startswith(magic):
            raise FormatError(f"{what} is {kind}, which is not read", "save it as HTML, PDF, DOCX or plain text")
    if found is not None:
        return found
    raise FormatError(
        f"{what} is no page, mail or text that is read here", f"if you know better, say so with --as: {names}"
    )
