"""A page saved as one file (MHTML) and a newsletter (EML) are read as the page that they hold.

MHTML is RFC 2557 as Chromium and the old Internet Explorer write it, EML is RFC 5322. What their headers say goes
into ``Page.declared``: the file says so, and nobody else. The address and the moment of saving that stand there are
never taken for those of a capture.
"""

from dataclasses import replace

from archiver.errors import FormatError
from archiver.formats.html import open_html
from archiver.formats.mime import Message, Part, message, starts_with_header
from archiver.formats.textdump import open_textdump
from archiver.model import Capture, Page

_SAVED_TYPES = frozenset({"multipart/related", "application/x-mimearchive"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
# Fields that only a message on its way has; From and Date alone may be the first lines of a pasted text.
_ON_ITS_WAY = frozenset(
    {"message-id", "mime-version", "received", "return-path", "delivered-to", "content-type", "dkim-signature"}
)
_SENT = frozenset({"message-id", "received", "return-path", "delivered-to", "to", "list-id", "dkim-signature"})
_SAVED_SAYS = ("subject", "date", "snapshot-content-location", "content-location")
_MAIL_SAYS = ("subject", "from", "date", "list-id")
_LONGEST = 2_000
_SHORT_NOTE = 1_000  # bytes of what somebody writes over a mail that they pass on


def is_mhtml(capture: Capture) -> bool:
    """True for a page that a browser saved with its pictures in one MIME file."""
    top = _header(capture)
    return top is not None and _is_saved_page(top)


def is_eml(capture: Capture) -> bool:
    """True for a mail: by its header, or by a header and the name or type that the capture gives it."""
    top = _header(capture)
    if top is None or _is_saved_page(top):
        return False
    names = {name for name, _ in top.fields}
    if not names & {"from", "sender"}:
        return False
    said = (capture.media_type or "").partition(";")[0].strip().lower() in _MAIL_TYPES
    said = said or (capture.filename or "").lower().endswith(".eml")
    return bool(names & _ON_ITS_WAY) or (said and "date" in names)


def open_mhtml(capture: Capture) -> Page:
    """The saved page in ``capture``, as ``open_html`` would open it bare; relative links lead from where it stood.

    Raises FormatError when no part of it is HTML.
    """
    read = message(capture.body)
    root = _root(read)
    if root is None:
        raise FormatError(
            f"{_name(capture)} holds no HTML among its {len(read.parts)} parts{_because(read)}",
            "save the page again, or give its HTML or its text",
        )
    location = root.field("content-location") or read.top.field("snapshot-content-location")
    web = location if location.startswith(("http://", "https://")) else None
    page = _html(capture, root, capture.url or web)
    declared = [*_said(read.top, _SAVED_SAYS)]
    if root is not read.top and web:
        declared.append(("header[Content-Location]", web[:_LONGEST]))
    return replace(
        page,
        format="mhtml",
        declared=(*declared, *page.declared),
        notes=tuple(dict.fromkeys((*read.notes, *page.notes))),
    )


def open_eml(capture: Capture) -> Page:
    """The text of the mail in ``capture``: its HTML where it has one, else its plain text.

    Raises FormatError when it holds neither.
    """
    read = message(capture.body)
    part, header = _letter(read)
    if part is None:
        raise FormatError(
            f"{_name(capture)} is a mail without a text among its {len(read.parts)} parts{_because(read)}",
            "save the mail again, or give its text",
        )
    page = _html(capture, part, capture.url) if part.media_type in _HTML else _plain(capture, part)
    declared = (*_said(header, _MAIL_SAYS), *page.declared)
    return replace(page, format="eml", declared=declared, notes=tuple(dict.fromkeys((*read.notes, *page.notes))))


def _letter(read: Message) -> tuple[Part | None, Part]:
    """The part that is to be read, and the header that speaks of it.

    A mail that carries another one under a short note ("see below") is about that one, whose header then counts.
    """
    own = [part for part, header in zip(read.parts, read.headers, strict=True) if header is read.top]
    carried = [(part, header) for part, header in zip(read.parts, read.headers, strict=True) if header is not read.top]
    mine = _readable(own)
    for _, header in carried[:1]:
        first = _readable([part for part, other in carried if other is header])
        if first is not None and (mine is None or len(mine.raw) < _SHORT_NOTE):
            return first, header
    return mine, read.top


def _readable(parts: list[Part]) -> Part | None:
    """The first HTML, else the first plain text with words in it; attachments are to be saved and not shown."""
    shown = [part for part in parts if not part.is_attachment]
    html = next((part for part in shown if part.media_type in _HTML), None)
    return html or next((part for part in shown if part.media_type == "text/plain" and part.raw.strip()), None)


def _header(capture: Capture) -> Part | None:
    """The header that ``capture`` begins with; a server that says HTML means the page itself."""
    return None if "html" in (capture.media_type or "").lower() else starts_with_header(capture.body)


def _is_saved_page(top: Part) -> bool:
    sender = top.field("from").lower()
    if "saved by" in sender or top.field("snapshot-content-location"):
        return True
    return top.media_type in _SAVED_TYPES and not any(name in _SENT for name, _ in top.fields)


def _root(read: Message) -> Part | None:
    """The page among the parts: the one that the header names as the start, else the first that is HTML."""
    pages = [part for part in read.parts if part.media_type in _HTML]
    start = read.top.parameter("start")
    return next((part for part in pages if start and part.field("content-id") == start), pages[0] if pages else None)


def _html(capture: Capture, part: Part, url: str | None) -> Page:
    body, notes = part.body()
    page = open_html(
        replace(capture, body=body, charset=part.parameter("charset") or None, url=url, media_type=None, format=None)
    )
    return replace(page, notes=(*notes, *page.notes))


def _plain(capture: Capture, part: Part) -> Page:
    body, notes = part.body()
    page = open_textdump(replace(capture, body=body, charset=part.parameter("charset") or None, media_type=None))
    return replace(page, notes=(*notes, *page.notes))


def _said(top: Part, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """(path, value) of the first field of each of ``names``."""
    stated = ((name.title(), top.field(name)[:_LONGEST]) for name in names)
    return [(f"header[{name}]", value) for name, value in stated if value]


def _because(read: Message) -> str:
    return f" ({'; '.join(read.notes[:3])})" if read.notes else ""


def _name(capture: Capture) -> str:
    return capture.filename or capture.url or "the capture"
