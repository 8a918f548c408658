"""Whether a body is text that can be read, judged by its bytes first and its label second.

Follows the WHATWG MIME Sniffing standard where it matters here: well-known signatures, and the set of bytes
that no text holds. A label alone condemns nothing: pages are served as ``application/pdf`` by mistake, and
pictures as ``text/html``.
"""

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"OggS\x00", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "a WebM or Matroska video"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
)
_RIFF = {b"WEBP": "a WebP picture", b"WAVE": "a WAVE recording", b"AVI ": "an AVI video"}
_BOMS = (b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe", b"\x00\x00\xfe\xff")
# "Binary data bytes" of the standard: control characters that text does not hold.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_SNIFFED = 1445
_TEXT_WORDS = ("text/", "html", "xml", "json", "javascript", "rtf")


def what_it_is(body: bytes, media_type: str | None) -> str | None:
    """None when ``body`` can be read as text, else what it is instead, in words.

    ``media_type`` is as declared, without parameters, or None.
    """
    start = body[:_SNIFFED]
    if not start.startswith(_BOMS):
        known = _signature(start)
        if known:
            return known
    declared = (media_type or "").lower()
    if any(word in declared for word in _TEXT_WORDS):
        return None
    if start.startswith(_BOMS) or not _BINARY.search(start):
        return None
    return f"binary data ({declared})" if declared else "binary data"


def _signature(start: bytes) -> str | None:
    if start[:4] == b"RIFF" and start[8:12] in _RIFF:
        return _RIFF[start[8:12]]
    if start[4:8] == b"ftyp" and start[:1] == b"\x00":
        return "an MP4 recording or picture"
    found = next((what for signature, what in _SIGNATURES if start.startswith(signature)), None)
    return found if found and _is_sure(start) else None


def _is_sure(start: bytes) -> bool:
    """A text may begin with "MZ" or "ID3"; a file that does also holds bytes that no text holds."""
    return start.startswith((b"%PDF-", b"GIF8")) or bool(_BINARY.search(start)) or not start[:4].isascii()
