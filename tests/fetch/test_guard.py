"""No address that is not public is contacted, however it is spelt and whatever a name resolves to."""

import ipaddress
import json
import socket
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import GuardError, InputError
from archiver.fetch.client import Fetcher
from archiver.fetch.guard import Guard, Reach, classify, target_of
from archiver.fetch.results import FetchResult
from archiver.model import Outcome
from tests.fakeweb import Asked, FakeWeb, answer
from tests.fetch.helpers import OPTIONS, Clock
from tests.shared_data import SHARED

PUBLIC = ["93.184.216.34", "1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
PRIVATE = ["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.31.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"]
PRIVATE += ["::ffff:127.0.0.1", "::ffff:10.0.0.1"]
NEVER = {
    "this network": "0.0.0.0",
    "metadata": "169.254.169.254",
    "container metadata": "169.254.170.2",
    "Azure's wire server": "168.63.129.16",
    "Alibaba's metadata": "100.100.100.200",
    "Oracle's metadata": "192.0.0.192",
    "broadcast": "255.255.255.255",
    "multicast": "224.0.0.1",
    "documentation": "203.0.113.7",
    "benchmarks": "198.19.0.1",
    "6to4 relay": "192.88.99.1",
    "unspecified": "::",
    "mapped metadata": "::ffff:169.254.169.254",
    "compatible loopback": "::127.0.0.1",
    "translated loopback": "::ffff:0:127.0.0.1",
    "NAT64 of loopback": "64:ff9b::7f00:1",
    "local NAT64": "64:ff9b:1::7f00:1",
    "6to4 of a private network": "2002:a00:1::",
    "Teredo": "2001:0:7f00:1::1",
    "ISATAP": "2606:4700::5efe:10.0.0.1",
    "link-local": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, new": "3fff::1",
    "discard": "100::1",
    "segment routing": "5f00::1",
    "AWS metadata over IPv6": "fd00:ec2::254",
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_public(address: str) -> None:
    """Also inside the forms that stand for a public IPv4 address."""
    assert classify(address)[0] is Reach.PUBLIC


@pytest.mark.parametrize("address", PRIVATE)
def test_this_machine_and_this_network_are_private(address: str) -> None:
    """They are reached only where a person asked for it."""
    assert classify(address)[0] is Reach.PRIVATE


@pytest.mark.parametrize("name", NEVER)
def test_some_addresses_are_never_reached(name: str) -> None:
    """Not even with private addresses allowed."""
    assert classify(NEVER[name])[0] is Reach.NEVER
    with pytest.raises(GuardError):
        Guard(allow_private=True).pin("news.example", [NEVER[name]])


@given(st.ip_addresses(v=4))
def test_a_wrapped_ipv4_address_is_never_more_public_than_itself(address: ipaddress.IPv4Address) -> None:
    """Mapped, compatible, translated, NAT64 and 6to4 forms hide nothing."""
    number = int(address)
    bare = classify(str(address))[0]
    wrapped = [0xFFFF << 32 | number, number, 0xFFFF0000 << 32 | number, 0x64FF9B << 96 | number]
    wrapped.append(0x2002 << 112 | number << 80)
    for form in wrapped:
        reach = classify(str(ipaddress.IPv6Address(form)))[0]
        assert reach is bare or reach is Reach.NEVER


@given(st.ip_addresses())
def test_what_is_public_here_is_global_to_python_too(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Our own table is never laxer than the standard library's registry."""
    if classify(str(address))[0] is Reach.PUBLIC:
        assert address.is_global
        assert not address.is_multicast


# spelling: the target it means, or the error it is
SPELLINGS: dict[str, tuple[str, str, int, str] | type[Exception]] = {
    "http://News.Example": ("http", "news.example", 80, "http://news.example/"),
    " https://news.example:443/a?b#c ": ("https", "news.example", 443, "https://news.example/a?b"),
    "http://news.example:8080?q": ("http", "news.example", 8080, "http://news.example:8080/?q"),
    "HTTP://news_room.example./": ("http", "news_room.example.", 80, "http://news_room.example./"),
    "http://новости.example/": ("http", "xn--b1amnebsh.example", 80, "http://xn--b1amnebsh.example/"),
    "http://straße.example/": ("http", "xn--strae-oqa.example", 80, "http://xn--strae-oqa.example/"),
    "http://10.example/": ("http", "10.example", 80, "http://10.example/"),
    "http://[::1]:8080/": ("http", "::1", 8080, "http://[::1]:8080/"),
    'http://news.example/a b"<>\\^`{|}': (
        "http",
        "news.example",
        80,
        "http://news.example/a%20b%22%3C%3E%5C%5E%60%7B%7C%7D",
    ),
    "http://2130706433/": GuardError,
    "http://0x7f.1/": GuardError,
    "http://0177.0.0.1/": GuardError,
    "http://127.1/": GuardError,
    "http://127.0.0.1.2/": GuardError,
    "http://1.2.3.0x4./": GuardError,
    "http://①②⑦.0.0.1/": ("http", "127.0.0.1", 80, "http://127.0.0.1/"),
    "http://127。0。0。1/": ("http", "127.0.0.1", 80, "http://127.0.0.1/"),
    "http://127.0.0.1%2f.news.example/": GuardError,
    "http://news.example%00/": GuardError,
    "http://a@news.example/": GuardError,
    "http://news.example\\@127.0.0.1/": GuardError,
    "http://news.example\\127.0.0.1/": GuardError,
    "http://news\texample/": GuardError,
    "http://news.example/\n": GuardError,
    "http://news.example:25/": GuardError,
    "http://news.example:0/": GuardError,
    "http://news.example:65536/": GuardError,
    "file:///etc/passwd": GuardError,
    "javascript:alert(1)": GuardError,
    "data:text/html,x": GuardError,
    "http:news.example": InputError,
    "http:///news.example/": InputError,
    "http://": InputError,
    "http://:80/": InputError,
    "http://[::1]]/": InputError,
    "http://[127.0.0.1]/": InputError,
    "http://[fe80::1%25eth0]/": GuardError,
    "http://news..example/": InputError,
    "http://-news.example/": InputError,
    f"http://{'a' * 64}.example/": InputError,
    "http://news.example:1a/": InputError,
    "http://news.example:８０/": InputError,
    "news.example": InputError,
    "C:\\Windows\\win.ini": GuardError,
    "": InputError,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_address_has_one_meaning_or_none(spelling: str) -> None:
    """What two programs could read in two ways is refused before anybody is asked."""
    expected = SPELLINGS[spelling]
    if isinstance(expected, type):
        with pytest.raises(expected):
            target_of(spelling)
        return
    target = target_of(spelling)
    assert (target.scheme, target.host, target.port, target.url) == expected
    assert target_of(target.url) == target


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_an_error_of_ours(text: str) -> None:
    """No other exception comes out, and what is accepted is ASCII and means the same when read again."""
    for spelling in (text, f"http://{text}", f"http://news.example/{text}"):
        try:
            target = target_of(spelling)
        except (GuardError, InputError):
            continue
        assert target.url.isascii()
        assert target_of(target.url) == target


def test_a_name_with_one_private_address_is_refused_whole() -> None:
    """Otherwise the private one is only a retry away."""
    with pytest.raises(GuardError):
        Guard(allow_private=False).pin("mixed.example", ["93.184.216.34", "127.0.0.1"])


def test_private_is_what_a_person_named_and_nothing_else() -> None:
    """With private addresses allowed the first step may be one; later steps may return to it, not move on."""
    guard = Guard(allow_private=True)
    assert guard.pin("localhost", ["127.0.0.1"]) == ("127.0.0.1",)
    assert guard.pin("news.example", ["93.184.216.34"]) == ("93.184.216.34",)
    assert guard.pin("localhost", ["127.0.0.1"]) == ("127.0.0.1",)
    with pytest.raises(GuardError):
        guard.pin("internal.example", ["10.0.0.1"])


def test_a_journey_that_starts_in_public_stays_there() -> None:
    """A public page cannot lead the archiver into its own network, whatever is allowed."""
    guard = Guard(allow_private=True)
    guard.pin("news.example", ["93.184.216.34"])
    with pytest.raises(GuardError):
        guard.pin("localhost", ["127.0.0.1"])


class World:
    """A name server and a network of one machine: every address leads to a server on loopback, and is noted."""

    def __init__(self, web: FakeWeb, names: dict[str, list[list[str]]]) -> None:
        self.contacted: list[str] = []
        self._web = web
        self._names = names
        self._asked: dict[str, int] = {}

    def resolve(self, host: str, port: int) -> Sequence[str]:
        answers = self._names.get(host) or self._names.get(host.rstrip("."))
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        number = self._asked[host] = self._asked.get(host, -1) + 1
        return answers[min(number, len(answers) - 1)]

    def connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.contacted.append(address)
        return socket.create_connection(("127.0.0.1", self._web.port), timeout)

    def fetch(self, url: str, **changes: Any) -> FetchResult:
        """One fetch in this world, from outside: nothing private is allowed."""
        clock = Clock()
        with Fetcher(
            replace(OPTIONS, **{"allow_private": False, **changes}),
            now=clock.now,
            monotonic=clock.monotonic,
            sleep=clock.sleep,
            resolve=self.resolve,
            connect=self.connect,
        ) as fetcher:
            return fetcher.fetch(url)


def test_a_name_that_changes_its_mind_gains_nothing() -> None:
    """Public when checked, loopback when asked again: only the first answer is ever used."""
    with FakeWeb() as web:
        web.page("/", "<p>x</p>")
        world = World(web, {"rebind.example": [["93.184.216.34"], ["127.0.0.1"]]})
        result = world.fetch("http://rebind.example/")
    assert result.outcome is Outcome.KEPT
    assert world.contacted == ["93.184.216.34"]
    assert web.requests[0].headers["host"] == "rebind.example"


def test_robots_txt_is_guarded_too() -> None:
    """A redirect of robots.txt into a private network is not followed, and the page is not fetched."""
    with FakeWeb() as web:
        web.redirect("/robots.txt", "http://10.0.0.1/robots.txt")
        world = World(web, {"news.example": [["93.184.216.34"]]})
        result = world.fetch("http://news.example/a", obey_robots=True)
    assert (result.outcome, result.exchanges) == (Outcome.GUARD, ())
    assert [e.status for e in result.robots] == [302]
    assert world.contacted == ["93.184.216.34"]


def _ssrf_cases() -> list[Any]:
    path = SHARED / "bench" / "attacks" / "ssrf" / "cases.jsonl"
    if not path.is_file():
        return []
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, path.read_text("utf-8").splitlines())]


@pytest.mark.shared
@pytest.mark.skipif(not _ssrf_cases(), reason="development data not beside the project")
@pytest.mark.parametrize("case", _ssrf_cases())
def test_known_ways_around_a_guard_lead_nowhere(case: dict[str, Any]) -> None:
    """No forbidden address is contacted in any of the attack forms, and all harmless controls are fetched."""

    def play(asked: Asked) -> Sequence[bytes]:
        to = case["redirect"].get(asked.path)
        if to is None:
            return answer("PUBLIC", media_type="text/plain")
        return (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to.encode() + b"\r\n\r\n",)

    with FakeWeb() as web:
        web.fallback = play
        world = World(web, case["dns"])
        result = world.fetch(case["url"])
    assert all(classify(address)[0] is Reach.PUBLIC for address in world.contacted)
    if case["expect"] == "allow":
        assert (result.outcome, result.body) == (Outcome.KEPT, b"PUBLIC"), result.reason
    elif not case["id"].startswith(("dns-01", "parser")):
        assert result.outcome is not Outcome.KEPT
