"""Pages and mails in the files that browsers and mail programs make of them, for the tests."""

import base64
import quopri

BOUNDARY = "----MultipartBoundary--kelmet--"


def mhtml(
    page: bytes,
    *,
    encoding: str = "quoted-printable",
    charset: str | None = None,
    location: str | None = None,
    header: str = "",
    line_end: bytes = b"\r\n",
) -> bytes:
    """``page`` as Chromium saves it, with a picture beside it; ``header`` are further lines of its header."""
    coded = {
        "quoted-printable": lambda: quopri.encodestring(page.replace(b"\r\n", b"\n")),
        "base64": lambda: base64.encodebytes(page),
        "binary": lambda: page,
    }[encoding]()
    head = [
        "From: <Saved by Blink>",
        "Subject: =?utf-8?Q?A=20page=20as=20its=20title=20calls=20it?=",
        *header.splitlines(),
        "MIME-Version: 1.0",
        "Content-Type: multipart/related;",
        '\ttype="text/html";',
        f'\tboundary="{BOUNDARY}"',
        "",
        "",
        f"--{BOUNDARY}",
        "Content-Type: text/html" + (f'; charset="{charset}"' if charset else ""),
        "Content-ID: <frame-1@mhtml.blink>",
        f"Content-Transfer-Encoding: {encoding}",
        *([f"Content-Location: {location}"] if location else []),
        "",
        "",
    ]
    tail = [
        "",
        f"--{BOUNDARY}",
        "Content-Type: image/gif",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://harbour-gazette.example/pixel.gif",
        "",
        "R0lGODlhAQABAAAAACw=",
        f"--{BOUNDARY}--",
        "",
    ]
    return line_end.join(map(str.encode, head)) + coded + line_end.join(map(str.encode, tail))


def eml(*parts: tuple[str, str], header: str = "", kind: str = "alternative") -> bytes:
    """A mail of ``parts`` (content type, text), with a usual header and further lines of it in ``header``."""
    lines = [
        "Received: from mx.tidewater-post.example by inbox.example; Thu, 2 May 2024 08:11:14 +0000",
        "Message-ID: <4711@tidewater-post.example>",
        "MIME-Version: 1.0",
        *header.splitlines(),
        f"Content-Type: multipart/{kind}; boundary=b1",
        "",
    ]
    for content_type, text in parts:
        lines += ["--b1", f"Content-Type: {content_type}; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", text]
    return "\r\n".join([*lines, "--b1--", ""]).encode()
