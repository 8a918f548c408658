"""The same page in every format that is read, made here: nothing but the standard library writes them."""

import io
import json
import zipfile
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import html
from lxml.etree import LxmlError

from archiver.formats import FORMATS


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A format's ``name``, the ending of its files, and how a page comes into it."""

    name: str
    ending: str
    wrap: Callable[[bytes], bytes]


def lines_of(page: bytes) -> list[str]:
    """The text of a page, one piece a line; what is no page at all gives the bytes as Latin letters."""
    try:
        text = html.document_fromstring(page).text_content()  # type: ignore[attr-defined]
    except (LxmlError, ValueError):
        text = page.decode("latin-1")
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))] or ["A page"]


def _dump(page: bytes) -> bytes:
    return "\n".join(lines_of(page)).encode()


def _markdown(page: bytes) -> bytes:
    first, *rest = lines_of(page)
    head = f'---\ntitle: "{first}"\nauthor: [A, B]\ndate: 2024-05-01\n---\n\n# {first}\n\n'
    return (head + "\n\n".join(f"**{n}** [{line}](https://news.example/{n})" for n, line in enumerate(rest))).encode()


def _mhtml(page: bytes) -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/a\r\n"
        b"Subject: =?utf-8?Q?A_page?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b1"\r\n\r\n'
        b"----b1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://news.example/a\r\n\r\n" + b2a_qp(page) + b"\r\n----b1--\r\n"
    )


def _eml(page: bytes) -> bytes:
    return (
        b"Received: by mx.example\r\nFrom: News <news@news.example>\r\nDate: Wed, 1 May 2024 10:00:00 +0000\r\n"
        b"Subject: =?utf-8?B?QSBwYWdl?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/alternative; boundary=b2\r\n\r\n"
        b"--b2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + _dump(page)[:5_000] + b"\r\n"
        b"--b2\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(page)
        + b"\r\n--b2--\r\n"
    )


def _rtf(page: bytes) -> bytes:
    pieces = [
        "".join(c if c.isascii() and c not in "\\{}" else rf"\u{ord(c) if ord(c) < 32768 else 63}?" for c in line)
        for line in lines_of(page)[:300]
    ]
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0 " + r"\par ".join(pieces) + "}").encode("ascii")


def _docx(page: bytes) -> bytes:
    clean = ("".join(c if c.isprintable() else " " for c in line) for line in lines_of(page)[:500])
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in clean)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>".encode()
        )
    return packed.getvalue()


def _pdf(page: bytes) -> bytes:
    lines = [line.encode("latin-1", "replace") for line in lines_of(page)[:120]]
    shown = b"".join(
        b"(" + line[:200].replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*\n"
        for line in lines
    )
    content = b"BT /F1 10 Tf 12 TL 40 800 Td\n" + shown + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )


def _jsonl(page: bytes) -> bytes:
    first, *rest = lines_of(page)
    row = {"id": "1", "url": "https://news.example/a", "title": first, "text": "\n".join(rest), "date": "2024-05-01"}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _as_it_is(page: bytes) -> bytes:
    return page


_ALL = (
    Wrapping("html", ".html", _as_it_is),
    Wrapping("textdump", ".txt", _dump),
    Wrapping("markdown", ".md", _markdown),
    Wrapping("mhtml", ".mhtml", _mhtml),
    Wrapping("eml", ".eml", _eml),
    Wrapping("rtf", ".rtf", _rtf),
    Wrapping("docx", ".docx", _docx),
    Wrapping("pdf", ".pdf", _pdf),
    Wrapping("jsonl", ".jsonl", _jsonl),
)
_READ = {each.name for each in FORMATS}
# What is not read yet must be refused in a sentence, damaged or not: all are tried, the read ones more often.
WRAPPINGS = _ALL
OFTEN = tuple(each for each in _ALL if each.name in _READ)
