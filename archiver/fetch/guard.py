"""No request leaves for an address that is not public, however it is spelt and whatever a name resolves to.

Three steps, each pure. ``target_of`` reads an address strictly and refuses what two parsers could read in two
ways. ``classify`` says of one IP address whether it is public (IANA special-purpose registries, RFC 6890,
and the cloud metadata addresses). ``Guard.pin`` decides over all addresses a name resolved to; the
connection is then made to exactly those, so a name that changes its mind between check and use gains nothing.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

import idna

from archiver.errors import GuardError, InputError

_DEFAULT_PORTS = {"http": 80, "https": 443}

# Ports of other services, which an HTTP request could be made to speak to (WHATWG Fetch, "bad port"),
# and of data stores that answer to lines of text.
# fmt: off
_BAD_PORTS = frozenset((
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
    530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3306, 3659,
    4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
))
# fmt: on

# No page is addressed at such length, and some steps below take more than their share of time.
_MAX_URL = 32 * 1024
_MAX_HOST = 400
_ABSOLUTE = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{0,40}):(?://(?P<authority>[^/?#]*)(?P<rest>.*))?", re.S)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\s\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Everything an address may hold as it is (RFC 3986), and "%", which is taken as already escaped.
_KEEP = "%/:?#[]@!$&'()*+,;=-._~"


@dataclass(frozen=True, slots=True)
class Target:
    """A strictly read address. ``host`` is lower-case ASCII or an IP address without brackets; ``url`` is ASCII."""

    scheme: str
    host: str
    port: int
    url: str

    @property
    def origin(self) -> str:
        """Scheme, host and port in one spelling: what a robots.txt speaks for."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        suffix = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{name}{suffix}"


def target_of(url: str) -> Target:
    """Read an absolute http(s) address.

    Raises InputError when it is no such address, GuardError when it is one that must not be followed: another
    scheme, a user name or password, a port of another service, an IP address in an odd spelling.
    """
    parts = _ABSOLUTE.match(url.strip(" ")) if len(url) <= _MAX_URL else None
    if not parts:
        raise InputError("not an absolute http or https address", "give a full address, such as https://news.example/a")
    scheme = parts["scheme"].lower()
    if scheme not in _DEFAULT_PORTS:
        raise GuardError(f"only http and https are fetched, not {scheme}:")
    authority = parts["authority"]
    if not authority:
        raise InputError("the address names no host", "give a full address, such as https://news.example/a")
    if "@" in authority:
        raise GuardError(
            "the address carries a user name or password; it is not fetched, so that no secret is archived",
            "take out everything before the @",
        )
    if _UNSAFE.search(authority) or "%" in authority or _CONTROL.search(parts["rest"]):
        raise GuardError("the address holds characters that programs read in different ways")
    host, port = _host_and_port(authority, _DEFAULT_PORTS[scheme])
    rest = parts["rest"].partition("#")[0]
    bare = Target(scheme, host, port, "")
    path = rest if rest.startswith("/") else "/" + rest
    return Target(scheme, host, port, bare.origin + quote(path.encode("utf-8", "surrogatepass"), safe=_KEEP))


def _host_and_port(authority: str, default_port: int) -> tuple[str, int]:
    name, digits = authority, ""
    if ":" in authority.rpartition("]")[2]:
        name, _, digits = authority.rpartition(":")
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= 5):
        raise InputError("what follows the host's colon is not a port number")
    port = int(digits) if digits else default_port
    if port > 65535 or port in _BAD_PORTS:
        raise GuardError(f"port {port} does not serve web pages")
    return _host(name), port


def _host(name: str) -> str:
    if name.startswith("["):
        return _bracketed(name)
    host = _ascii(name).lower()
    labels = host.removesuffix(".").split(".")
    if len(host) > 254 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InputError(f"not a host name: {name[:80]!r}")
    if _NUMBER.fullmatch(labels[-1]):
        return _dotted(host.removesuffix("."))
    return host


def _bracketed(name: str) -> str:
    try:
        return str(ipaddress.IPv6Address(name.removeprefix("[").removesuffix("]")))
    except ValueError as error:
        raise InputError(f"not an IPv6 address: {name[:80]!r}") from error


def _dotted(host: str) -> str:
    """Four decimal numbers; octal, hexadecimal and shortened forms are read differently by different programs."""
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise GuardError(
            f"an IP address in an odd spelling: {host[:80]}", "write it as four decimal numbers"
        ) from error


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    if len(name) > _MAX_HOST:
        raise InputError("the host name is too long")
    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except UnicodeError as error:  # idna.IDNAError is one
        raise InputError(f"not a host name that can be written in ASCII: {name[:80]!r}") from error


class Reach(StrEnum):
    """Who can be reached under an address."""

    PUBLIC = "public"
    PRIVATE = "private"  # this machine or this network: only where a person asked for it
    NEVER = "never"  # metadata services, multicast, documentation, tunnels that hide another address


_V4: tuple[tuple[str, Reach, str], ...] = (
    ("0.0.0.0/8", Reach.NEVER, "this network"),
    ("10.0.0.0/8", Reach.PRIVATE, "a private network"),
    ("100.64.0.0/10", Reach.PRIVATE, "a carrier's shared network"),
    ("100.100.100.200/32", Reach.NEVER, "a cloud metadata service"),
    ("127.0.0.0/8", Reach.PRIVATE, "this machine"),
    ("168.63.129.16/32", Reach.NEVER, "a cloud metadata service"),
    ("169.254.0.0/16", Reach.NEVER, "link-local, where clouds keep their metadata"),
    ("172.16.0.0/12", Reach.PRIVATE, "a private network"),
    ("192.0.0.0/24", Reach.NEVER, "reserved for protocols"),
    ("192.0.2.0/24", Reach.NEVER, "reserved for documentation"),
    ("192.31.196.0/24", Reach.NEVER, "a name server sink"),
    ("192.52.193.0/24", Reach.NEVER, "a multicast relay"),
    ("192.88.99.0/24", Reach.NEVER, "a 6to4 relay"),
    ("192.168.0.0/16", Reach.PRIVATE, "a private network"),
    ("192.175.48.0/24", Reach.NEVER, "a name server sink"),
    ("198.18.0.0/15", Reach.NEVER, "reserved for benchmarks"),
    ("198.51.100.0/24", Reach.NEVER, "reserved for documentation"),
    ("203.0.113.0/24", Reach.NEVER, "reserved for documentation"),
    ("224.0.0.0/4", Reach.NEVER, "multicast"),
    ("240.0.0.0/4", Reach.NEVER, "reserved"),
)
# IPv6 is closed but for global unicast, 2000::/3, and within it these stay closed.
_V6: tuple[tuple[str, Reach, str], ...] = (
    ("::/0", Reach.NEVER, "not a global address"),
    ("::1/128", Reach.PRIVATE, "this machine"),
    ("fc00::/7", Reach.PRIVATE, "a private network"),
    ("fd00:ec2::254/128", Reach.NEVER, "a cloud metadata service"),
    ("fd20:ce::254/128", Reach.NEVER, "a cloud metadata service"),
    ("fe80::/10", Reach.NEVER, "link-local"),
    ("2000::/3", Reach.PUBLIC, "public"),
    ("2001::/23", Reach.NEVER, "reserved for protocols, Teredo among them"),
    ("2001:db8::/32", Reach.NEVER, "reserved for documentation"),
    ("2002::/16", Reach.NEVER, "6to4, which hides another address"),
    ("3fff::/20", Reach.NEVER, "reserved for documentation"),
)
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# The last 64 bits of an ISATAP address (RFC 5214) say 5efe and then an IPv4 address.
_ISATAP = (0x00005EFE, 0x02005EFE)

_NETWORKS4 = tuple((ipaddress.IPv4Network(network), reach, what) for network, reach, what in _V4)
_NETWORKS6 = tuple((ipaddress.IPv6Network(network), reach, what) for network, reach, what in _V6)


def classify(address: str) -> tuple[Reach, str]:
    """Who is reached under an IP address, and what the address is in words. Raises ValueError for no address."""
    if "%" in address:
        return Reach.NEVER, "an address with a zone"
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return max(
            (network.prefixlen, reach, what)
            for network, reach, what in ((ipaddress.IPv4Network("0.0.0.0/0"), Reach.PUBLIC, "public"), *_NETWORKS4)
            if ip in network
        )[1:]
    if ip in _MAPPED:
        return classify(str(_embedded(ip)))
    if ip in _NAT64:
        reach, what = classify(str(_embedded(ip)))
        return (reach, what) if reach is Reach.PUBLIC else (Reach.NEVER, f"NAT64 for {what}")
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return Reach.NEVER, "ISATAP, which hides another address"
    return max((network.prefixlen, reach, what) for network, reach, what in _NETWORKS6 if ip in network)[1:]


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


class Guard:
    """What one journey may contact: public addresses, and private ones only where the first step led.

    With ``allow_private`` the address a person named may be private; a redirect may come back to it, but may
    not lead to another private address, and a journey that starts in public stays there.
    """

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._own: frozenset[str] | None = None

    def pin(self, host: str, addresses: Sequence[str]) -> tuple[str, ...]:
        """The addresses a connection to ``host`` may be made to: all that were given, in their order.

        Raises GuardError when any of them must not be contacted: a name with one private address among public
        ones is refused whole.
        """
        judged = [(address, *classify(address)) for address in addresses]
        private = frozenset(address for address, reach, _ in judged if reach is Reach.PRIVATE)
        if self._own is None:
            self._own = private if self._allow_private else frozenset()
        for address, reach, what in judged:
            if reach is Reach.NEVER or (reach is Reach.PRIVATE and address not in self._own):
                raise GuardError(*_refusal(host, address, reach, what, self._allow_private))
        return tuple(addresses)


def _refusal(host: str, address: str, reach: Reach, what: str, allowed: bool) -> tuple[str, str | None]:
    name = address if host == address else f"{host} ({address})"
    if reach is Reach.PRIVATE and allowed:
        return f"{name} is {what}, and not the one that was asked for", None
    hint = "allow private addresses if this is your own server" if reach is Reach.PRIVATE else None
    return f"{name} is {what}, not a public address", hint
