"""Text is told from files by its bytes; the label decides only where bytes leave it open."""

import pytest

from archiver.fetch.media import what_it_is

TEXTS: dict[str, tuple[bytes, str | None]] = {
    "a page": (b"<!DOCTYPE html><p>x</p>", "text/html"),
    "a page without a label": (b"<!DOCTYPE html><p>x</p>", None),
    "a page labelled as a PDF": (b"<html>", "application/pdf"),
    "a page labelled as bytes": (b"<html>", "application/octet-stream"),
    "a page labelled as anything": (b"<html>", "*/*"),
    "UTF-16 with a mark": ("<p>я</p>".encode("utf-16"), "application/octet-stream"),
    "UTF-16 without a mark": ("<p>я</p>".encode("utf-16-le"), "text/html"),
    "UTF-32": ("<p>я</p>".encode("utf-32"), None),
    "ISO-2022-JP": ("日本".encode("iso2022_jp"), None),
    "windows-1251": ("<p>Баку</p>".encode("cp1251"), None),
    "a feed": (b"<?xml version='1.0'?><rss/>", "application/rss+xml"),
    "JSON": (b"{}", "application/ld+json"),
    "a text that begins like a program": (b"MZ is how it begins", "text/plain"),
    "a text that begins like a recording": (b"ID3 tags explained", None),
    "a word": (b"BZh", None),
}
FILES: dict[str, tuple[bytes, str | None]] = {
    "PNG": (b"\x89PNG\r\n\x1a\n\0", "text/html"),
    "JPEG": (b"\xff\xd8\xff\xe0\0", None),
    "GIF": (b"GIF89a\1\0\1\0", "image/gif"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
    "PDF": (b"%PDF-1.4\n", "text/html"),
    "ZIP": (b"PK\x03\x04\x14\0", "application/zip"),
    "gzip": (b"\x1f\x8b\x08\0", "text/plain"),
    "MP4": (b"\0\0\0\x18ftypmp42", "video/mp4"),
    "a Windows program": (b"MZ\x90\0\3\0", None),
    "unknown bytes": (b"\0\1\2\3", None),
    "unknown bytes with a label": (b"\0\1\2\3", "application/x-thing"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_text(name: str) -> None:
    """In any encoding, under any label."""
    assert what_it_is(*TEXTS[name]) is None


@pytest.mark.parametrize("name", FILES)
def test_files_are_named(name: str) -> None:
    """Under any label."""
    assert what_it_is(*FILES[name])
