"""One spelling per address, and nothing more: what a page calls itself is testimony, read elsewhere."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import idna

from archiver.errors import InputError

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|twclid|igshid|mc_[ce]id|_openstat|at_\w+|ns_campaign|ref_src)$",
    re.I,
)
_DEFAULT_PORT = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def normalise(url: str) -> str:
    """The one spelling under which an address is an article's key.

    Scheme and host in lower case (host as ASCII, UTS 46 as browsers and requests do), no default port,
    no user or password, no fragment, no tracking parameters; path and the order of the other parameters
    stay as they are. An address that leaves the scheme to its page ("//news.example/a") gets https.
    Raises InputError for anything that is not an absolute http(s) address.
    """
    spelt = _CONTROL.sub("", url).strip().replace(" ", "%20")
    try:
        parts = urlsplit(f"https:{spelt}" if spelt.startswith("//") else spelt)
    except ValueError as error:
        raise InputError(f"not a usable address: {url!r} ({error})", "check the host name and port") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORT or not parts.hostname:
        raise InputError(
            f"not an http or https address: {url!r}", "give a full address, such as https://news.example/a"
        )
    try:
        host, port = ascii_host(parts.hostname), parts.port
    except ValueError as error:
        raise InputError(f"not a usable address: {url!r} ({error})", "check the host name and port") from error
    if ":" in host:
        host = f"[{host}]"
    if port and port != _DEFAULT_PORT[scheme]:
        host = f"{host}:{port}"
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    # A query is spelt again only when something was taken out of it: many sites tell "a=%20" from "a=+".
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((scheme, host, parts.path or "/", query, ""))


def is_web_address(text: str) -> bool:
    """True when ``text`` is spelt as an absolute http(s) address."""
    return bool(re.match(r"https?://[^\s/?#]", text, re.I))


def host(url: str) -> str | None:
    """The host of ``url`` as lower-case ASCII without ``www.``, or None when it has none."""
    try:
        name = urlsplit(url).hostname
        return ascii_host(name).removeprefix("www.") or None if name else None
    except ValueError:
        return None


def ascii_host(name: str) -> str:
    """A host name as lower-case ASCII (punycode for other scripts). Raises ValueError when it cannot be one."""
    name = name.removesuffix(".").lower()
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise ValueError(f"host name {name!r} cannot be written as ASCII") from error
    # RFC 1035, section 2.3.4; an IPv6 address has colons for dots.
    if len(name) > 253 or (":" not in name and not all(0 < len(label) <= 63 for label in name.split("."))):
        raise ValueError(f"host name {name!r} has an empty part or one that is too long")
    return name


def without_credentials(url: str) -> str:
    """``url`` with any user name and password taken out, for logs, messages and tables."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/?#]{0,2000}@", "//", url)
    netloc = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
