"""Settling shows the best supported value, keeps every other with its reason, and prefers unknown to a guess."""

from itertools import permutations

import pytest

from archiver.model import Candidate, Meant, Space
from archiver.statements.settle import FIRM, settle


def said(name: str, value: str, weight: int = 70, **more: object) -> Candidate:
    """A candidate with evidence in the visible text unless told otherwise."""
    given: dict[str, object] = {
        "quote": value, "space": Space.VISIBLE, "rule": "test@1", "start": 10, "end": 10 + len(value), "weight": weight
    }  # fmt: skip
    return Candidate(name, value, **{**given, **more})  # type: ignore[arg-type]


def shown(*candidates: Candidate) -> list[str]:
    """The values shown, in order."""
    return [s.value for s in settle(candidates, capture_id="x") if s.shown]


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([said("title", "The dam holds", 70), said("title", "Other", 60, start=90)], ["The dam holds"]),
        ([said("title", "A guess", FIRM - 1)], []),
        ([said("published", "2024-05-01", 80, rejected="in a related list")], []),
        ([said("author", "Ana Novak"), said("author", "Ben Okri", start=40)], ["Ana Novak", "Ben Okri"]),
        ([said("author", "Ana Novak"), said("author", "ANA  NOVAK", 60, start=400)], ["Ana Novak"]),
        # Two witnesses that agree outweigh one that is a little heavier.
        (
            [
                said("published", "2024-05-02", 72, start=5),
                said("published", "2024-05-01", 70, start=30),
                said("published", "2024-05-01T10:00", 68, space=Space.HTML, start=None, end=None, path="meta"),
            ],
            ["2024-05-01"],
        ),
        (
            [said("outlet", "Harbour Gazette", 55), said("outlet", "harbourgazette.example", 60, start=50)],
            ["harbourgazette.example"],
        ),
    ],
    ids=["heaviest", "too weak is unknown", "rejected is never shown", "several authors", "one author twice",
         "agreement counts", "a name and its domain are one outlet"],
)  # fmt: skip
def test_what_is_shown(candidates: list[Candidate], expected: list[str]) -> None:
    """Each named case shows exactly the expected values."""
    assert shown(*candidates) == expected


def test_nothing_is_forgotten_and_everything_hidden_has_a_reason() -> None:
    """Every candidate comes back as a statement; what is not shown says why."""
    given = [
        said("title", "One"),
        said("title", "Two", 60, start=50),
        said("title", "One", 60, start=80),
        said("title", "Weak", 10, start=120),
        said("title", "No", 90, start=160, rejected="stands in a related list"),
    ]
    statements = settle(given, capture_id="x")
    assert len(statements) == len(given)
    assert {s.value: s.why for s in statements if s.start != 80} == {
        "One": None,
        "Two": "less supported than “One” (weight 60 against 74)",
        "Weak": "too weak to show (weight 10 of 50)",
        "No": "stands in a related list",
    }


def test_the_order_of_rules_does_not_matter() -> None:
    """Any order of the same candidates settles to the same statements with the same ids."""
    given = [
        said("published", "2024-05-01", 70),
        said("published", "2024-05-01T10:00", 70, space=Space.HTML, start=None, end=None, path="meta"),
        said("published", "2023-05-01", 70, start=77),
        said("origin", "Suyolu", 80, detail={"kind": "translation", "domain": "suyolu.example"}),
    ]
    assert len({settle(order, capture_id="x") == settle(given, capture_id="x") for order in permutations(given)}) == 1


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("captured_not_before", ["2024-01-01", "2025-05-22", "2025-05-16"], "2025-05-22"),
        ("published_not_after", ["2025-05-22", "2024-06-01"], "2024-06-01"),
    ],
)
def test_a_bound_is_its_tightest_ground(name: str, values: list[str], expected: str) -> None:
    """The latest lower bound and the earliest upper bound are shown, however heavy the others are."""
    given = [said(name, value, 90 - n, start=n * 50, meant=Meant.INFERRED) for n, value in enumerate(values)]
    assert shown(*given) == [expected]


def _day(value: str, weight: int, *, start: int | None = None) -> Candidate:
    space = Space.VISIBLE if start is not None else Space.HTML
    return Candidate("published", value, value, space, "test@1", weight=weight, start=start, path="meta")


def test_the_day_on_the_page_stands_where_metadata_names_the_next() -> None:
    """02:25 UTC is still the evening before where the paper's readers live; two days apart is another matter."""
    printed = _day("2020-02-24T21:25", 78, start=5)
    found = settle([printed, _day("2020-02-25T02:25:54", 90)], capture_id="x")
    assert [s.value for s in found if s.shown] == ["2020-02-24T21:25"]
    alone = _day("2020-02-24", 52, start=5)  # where no better place shows a day
    found = settle([alone, _day("2020-02-25T02:25:54", 90)], capture_id="x")
    assert [s.value for s in found if s.shown] == ["2020-02-24"]
    far = settle([printed, _day("2020-02-26T02:25:54", 90)], capture_id="x")
    assert [s.value for s in far if s.shown] == ["2020-02-26T02:25:54"]


def test_a_day_that_a_list_repeats_is_one_witness() -> None:
    """Unlabelled days of a list do not outvote the day under the headline, and labelled ones do support each other."""
    own = said("published", "2024-05-12", 76, rule="date/byline@1")
    listed = [said("published", "2024-05-11", 74, start=at, rule="date/byline@1") for at in (200, 300, 400)]
    assert shown(own, *listed) == ["2024-05-12"]
    labelled = said("published", "2024-05-11", 74, start=500, rule="date/labelled@1")
    assert shown(own, *listed, labelled) == ["2024-05-11"]


@pytest.mark.parametrize(
    ("printed", "declared", "expected"),
    [
        ([("2023-01-01", "date/byline@1", 76)], "2021-11-22T18:42:22", "2023-01-01"),
        ([("1998-04-30", "date/byline@1", 74)], "2021-11-22T18:42:22", "1998-04-30"),
        ([("1998-04-30", "date/beside-byline@1", 62)], "2021-11-22T18:42:22", "1998-04-30"),
        ([("2021-11-23", "date/byline@1", 76)], "2021-11-22T18:42:22+01:00", "2021-11-22T18:42:22+01:00"),
        ([("2023-01-01", "date/byline@1", 68)], "2021-11-22T18:42:22", "2021-11-22T18:42:22"),
        ([("2023-01-01", "date/marked@1", 78)], "2021-11-22T18:42:22", "2021-11-22T18:42:22"),
        (
            [("2023-01-01", "date/byline@1", 76), ("2022-05-05", "date/labelled@1", 82)],
            "2021-11-22T18:42:22",
            "2021-11-22T18:42:22",
        ),
    ],
    ids=[
        "later",
        "earlier",
        "beside the author",
        "the next day's edition",
        "far away",
        "only the name of an element",
        "two days printed",
    ],
)
def test_the_byline_outranks_days_that_readers_never_see(
    printed: list[tuple[str, str, int]], declared: str, expected: str
) -> None:
    """The one day that a byline prints stands against any other day of metadata, which keeps its reason."""
    zone = "+01:00" if declared.endswith("+01:00") else None
    metadata = [
        Candidate("published", declared[:19], declared, Space.HTML, "meta/published-jsonld@1", weight=weight,
                  path=path, detail={"zone": zone})
        for path, weight in (("jsonld", 83), ("meta", 82))
    ]  # fmt: skip
    found = settle(
        [*(said("published", day, weight, rule=rule) for day, rule, weight in printed), *metadata], capture_id="x"
    )
    assert [s.value for s in found if s.shown] == [expected[:19]]
    assert all(s.why for s in found if not s.shown)


def test_an_address_that_names_its_day_is_seen() -> None:
    """Readers see the address: where it agrees with the metadata, the byline alone does not outrank both."""
    address = Candidate("published", "2021-11-22", "2021/11/22", Space.URL, "date/address@1", weight=56)
    metadata = _moment("2021-11-22T18:42:22", None, 80)
    printed = said("published", "2023-01-01", 76, rule="date/byline@1")
    assert shown(address, metadata, printed) == ["2021-11-22T18:42:22"]


def _moment(value: str, zone: str | None, weight: int) -> Candidate:
    detail = {"zone": zone}
    return Candidate("published", value, value, Space.HTML, "test@1", weight=weight, path=f"meta {zone}", detail=detail)


def test_one_moment_in_two_zones_is_one_reading() -> None:
    """It is shown in the zone of the page's readers, whose day it names, and gains from the agreement."""
    greenwich, local = _moment("2019-02-20T00:41:13", "Z", 84), _moment("2019-02-19T19:41:13", "-05:00", 80)
    rival = _moment("2019-02-21T10:00:00", None, 87)
    found = settle([greenwich, local, rival], capture_id="x")
    assert [s.value for s in found if s.shown] == ["2019-02-19T19:41:13"]
    assert [s.why for s in found if s.value == greenwich.value] == ["says the same as the value shown"]


def test_a_zone_that_metadata_states_is_believed() -> None:
    """Only Greenwich, or no zone at all, is explained by the readers' zone; a month in the address changes nothing."""
    printed = _day("2024-04-26", 82, start=5)
    stated = _moment("2024-04-25T19:30:04", "+02:00", 90)
    assert [s.value for s in settle([printed, stated], capture_id="x") if s.shown] == ["2024-04-25T19:30:04"]
    month = Candidate("published", "2024-04", "2024/04", Space.URL, "date/address@1", weight=46)
    found = settle([printed, _moment("2024-04-25T19:30:04", "Z", 90), month], capture_id="x")
    assert [s.value for s in found if s.shown] == ["2024-04-26"]


@pytest.mark.parametrize(
    ("spellings", "expected"),
    [
        (["Inka", "Inka Wibel"], ["Inka Wibel"]),
        (["Wibel Inka", "Inka Wibel"], ["Wibel Inka"]),
        (["SHOW ALL OFInka Wibel", "Inka Wibel"], ["Inka Wibel"]),
        (["quaypost - Inka Wibel", "Inka Wibel"], ["Inka Wibel"]),
        (["Inka WibelInka grows leeks", "Inka Wibel"], ["Inka Wibel"]),
        (["Posts by Inka", "Inka"], ["Inka"]),
        (["Ann Leeson", "Ann Lee"], ["Ann Leeson", "Ann Lee"]),
        (["Ann Lee", "Tom Lee"], ["Ann Lee", "Tom Lee"]),
        (["Ann", "Anna Lee"], ["Ann", "Anna Lee"]),
    ],
)
def test_one_person_is_shown_once_by_the_plainest_spelling(spellings: list[str], expected: list[str]) -> None:
    """The heaviest reading comes first; a first name alone, or a name fixed to other words, gives way to the name."""
    given = [said("author", name, 80 - i, start=10 + 300 * i) for i, name in enumerate(spellings)]
    assert shown(*given) == expected
