"""A log as files is the tree of its entries, whatever the steps it grew in, and says what is missing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import ProofError
from archiver.tlog import merkle, tiles

ENTRIES = [f"entry {n}".encode() * (n % 5) for n in range(70_100)]


def load_from(files: dict[str, bytes]) -> tiles.Load:
    """What `Tiles` reads from."""

    def load(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]

    return load


def grown(*sizes: int) -> dict[str, bytes]:
    """The files of a log that grew to each of ``sizes`` in turn."""
    files: dict[str, bytes] = {}
    old = 0
    for size in sizes:
        files |= dict(tiles.growth(old, ENTRIES[old:size], load_from(files)))
        old = size
    return files


@pytest.mark.parametrize(
    ("level", "number", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (0, 5, 1, "tile/0/005.p/1"),
        (1, 999, 256, "tile/1/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (2, 1234067, 17, "tile/2/x001/x234/067.p/17"),
        ("entries", 1234067, 256, "tile/entries/x001/x234/067"),
    ],
)
def test_paths_are_those_of_the_standard(level: int | str, number: int, width: int, path: str) -> None:
    """Three digits a step, an x before all but the last."""
    assert tiles.path_of(level, number, width) == path
    assert tiles.parse_path(path) == (level, number, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/../000",
        "tile/0/000/",
        "tile/entries/٠٠١",
        "tile/0/000\n",
    ],
)
def test_other_paths_are_none(path: str) -> None:
    """One spelling each; nothing leads out of the folder."""
    assert tiles.parse_path(path) is None


def test_the_files_of_the_example_in_the_standard() -> None:
    """70,000 entries: 273 full tiles and one of 112, one full and one of 17, one of 1."""
    files = grown(70_000)
    assert sorted(tiles.widths(70_000), key=str) == sorted(
        [("entries", 273, 112), (0, 273, 112), (1, 1, 17), (2, 0, 1)], key=str
    )
    assert len([path for path in files if path.startswith("tile/0/")]) == 274
    assert {path for path in files if path.startswith(("tile/1/", "tile/2/"))} == {
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    }
    assert all(len(data) == 8192 for path, data in files.items() if path.startswith("tile/0/") and ".p" not in path)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 65_536, 65_537])
def test_the_tree_of_the_files_is_the_tree_of_the_entries(size: int) -> None:
    """Root and entries at the edges of tiles."""
    log = tiles.Tiles(size, load_from(grown(size)))
    expected = merkle.Frontier(merkle.leaf_hash(entry) for entry in ENTRIES[:size]).root()
    assert merkle.root(size, log.node) == expected
    for index in {0, size // 2, size - 1}:
        proof = merkle.inclusion_proof(index, size, log.node)
        merkle.check_inclusion(merkle.leaf_hash(log.entry(index)), index, size, proof, expected)
        assert log.entry(index) == ENTRIES[index]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 1_300), min_size=1, max_size=8))
def test_the_steps_of_growth_leave_no_trace(sizes: list[int]) -> None:
    """Grown at once or in steps: the same last files, and every earlier size still has its proofs."""
    sizes = sorted(sizes)
    files = grown(*sizes)
    assert {path: files[path] for path in grown(sizes[-1])} == grown(sizes[-1])
    log = tiles.Tiles(sizes[-1], load_from(files))
    for old in filter(None, sizes):
        proof = merkle.consistency_proof(old, sizes[-1], log.node)
        merkle.check_consistency(old, sizes[-1], proof, merkle.root(old, log.node), merkle.root(sizes[-1], log.node))


def test_a_full_tile_stands_in_for_a_partial_one_that_is_gone() -> None:
    """Logs may delete partial tiles once the full one is there."""
    files = {path: data for path, data in grown(100, 300).items() if path != "tile/0/000.p/100"}
    assert merkle.root(100, tiles.Tiles(100, load_from(files)).node) == merkle.root(
        100, tiles.Tiles(100, load_from(grown(100))).node
    )


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001.p/44", "tile/entries/000", "tile/entries/001.p/44"])
@pytest.mark.parametrize("harm", ["short", "gone", "flip"])
def test_a_damaged_file_is_named_or_gives_another_root(path: str, harm: str) -> None:
    """No damage passes for the log that was."""
    files = grown(300)
    expected = merkle.root(300, tiles.Tiles(300, load_from(files)).node)
    if harm == "gone":
        del files[path]
    elif harm == "short":
        files[path] = files[path][:-1]
    else:
        files[path] = files[path][:-1] + bytes([files[path][-1] ^ 1])
    log = tiles.Tiles(300, load_from(files))
    try:
        same = merkle.root(300, log.node) == expected
        read = [log.entry(index) for index in (0, 255, 256, 299)]
    except (ProofError, FileNotFoundError):
        return
    assert not (same and read)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_bundles_give_back_their_entries(entries: list[bytes]) -> None:
    """Any bytes, the empty entry too."""
    assert tiles.parse_bundle(tiles.bundle(entries)) == entries


@given(st.binary(max_size=600))
def test_any_bytes_are_a_bundle_or_refused(data: bytes) -> None:
    """Never another error; what is taken is written back alike."""
    try:
        entries = tiles.parse_bundle(data)
    except ProofError:
        return
    assert tiles.bundle(entries) == data


def test_an_entry_that_is_too_long_is_refused() -> None:
    """The length stands in two bytes."""
    assert tiles.bundle([b"a" * 65_535])
    with pytest.raises(ProofError, match="65,535"):
        tiles.bundle([b"a" * 65_536])


def test_there_are_no_entries_beyond_the_log() -> None:
    """Neither before the first nor behind the last."""
    log = tiles.Tiles(3, load_from(grown(3)))
    for index in (-1, 3):
        with pytest.raises(ProofError):
            log.entry(index)
    with pytest.raises(ProofError):
        log.node(0, 256)
