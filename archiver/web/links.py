"""Addresses that may become links: web addresses alone, never ``javascript:`` and its kin."""

from archiver import urls
from archiver.urls import is_web_address


def outward(url: str | None) -> str | None:
    """``url`` if a page may link to it, else None."""
    if not url or any(c.isspace() or not c.isprintable() for c in url) or not is_web_address(url):
        return None
    try:
        return urls.without_credentials(url) if urls.host(url) else None
    except ValueError:
        return None


def host_words(url: str | None) -> str:
    """The host of ``url`` in ASCII, so that look-alike letters cannot pass for others; "" when it has none."""
    try:
        return (urls.host(url) if url else None) or ""
    except ValueError:
        return ""
