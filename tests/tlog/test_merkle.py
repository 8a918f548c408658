"""Roots and proofs of every small tree are those of RFC 6962, and no other proof is taken for one."""

import base64
import hashlib
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.errors import ProofError
from archiver.tlog import merkle
from tests.shared_data import SHARED

ENTRIES = [f"entry {n}".encode() for n in range(80)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]


def slow_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as section 2.1 of the RFC writes it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + slow_root(leaves[:k]) + slow_root(leaves[k:])).digest()


def node(level: int, index: int) -> bytes:
    return slow_root(LEAVES[index << level : (index + 1) << level])


def test_known_roots() -> None:
    """The vectors of the certificate transparency tests (eight inputs of theirs, hashed by hand above)."""
    assert merkle.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = merkle.Frontier(merkle.leaf_hash(bytes.fromhex(one)) for one in inputs)
    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(len(LEAVES)))
def test_every_way_to_the_root_agrees(size: int) -> None:
    """A tree that grew and one that is computed from its nodes."""
    assert merkle.Frontier(LEAVES[:size]).root() == slow_root(LEAVES[:size]) == merkle.root(size, node)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13, 32, 33, 64, 79])
def test_inclusion_holds_for_every_leaf_and_for_no_other(size: int) -> None:
    """Another leaf, index, size or root, a hash more or less: none is taken."""
    expected = slow_root(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(index, size, node)
        merkle.check_inclusion(LEAVES[index], index, size, proof, expected)
        wrong = [
            (LEAVES[(index + 1) % len(LEAVES)], index, size, proof, expected),
            (LEAVES[index], (index + 1) % size if size > 1 else 1, size, proof, expected),
            (LEAVES[index], index, size, proof, merkle.EMPTY_ROOT),
            (LEAVES[index], index, size, [*proof, LEAVES[0]], expected),
            (LEAVES[index], index, size, proof[:-1] if proof else [LEAVES[0]], expected),
            (LEAVES[index], index, size, [*proof[:-1], b"short"], expected),
            (LEAVES[index], -1, size, proof, expected),
            (LEAVES[index], size, size, proof, expected),
        ]
        for case in wrong:
            with pytest.raises(ProofError):
                merkle.check_inclusion(*case)


def test_consistency_holds_for_every_pair_and_for_no_other() -> None:
    """The 40 smallest trees with each other."""
    for new in range(40):
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, node)
            roots = slow_root(LEAVES[:old]), slow_root(LEAVES[:new])
            if old == 0 < new:
                with pytest.raises(ProofError, match="proves nothing"):
                    merkle.check_consistency(old, new, proof, *roots)
                continue
            merkle.check_consistency(old, new, proof, *roots)
            for longer in ([*proof, LEAVES[0]], [LEAVES[0], *proof]):
                with pytest.raises(ProofError):
                    merkle.check_consistency(old, new, longer, *roots)
            if proof:
                with pytest.raises(ProofError):
                    merkle.check_consistency(old, new, proof[:-1], *roots)
            if old:
                with pytest.raises(ProofError):
                    merkle.check_consistency(old, new, proof, LEAVES[-1], roots[1])


@pytest.mark.parametrize(("old", "new"), [(3, 2), (-1, 2)])
def test_a_log_never_shrinks(old: int, new: int) -> None:
    """Neither is such a proof made nor taken."""
    with pytest.raises(ProofError):
        merkle.consistency_proof(old, new, node)
    with pytest.raises(ProofError):
        merkle.check_consistency(old, new, [], LEAVES[0], LEAVES[1])


@given(st.integers(1, 80), st.data())
def test_a_changed_bit_is_never_taken(size: int, data: st.DataObject) -> None:
    """One bit of a proof, a leaf or a root."""
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, node)
    parts = [LEAVES[index], *proof, slow_root(LEAVES[:size])]
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    changed = bytearray(parts[which])
    changed[bit // 8] ^= 1 << bit % 8
    parts[which] = bytes(changed)
    with pytest.raises(ProofError):
        merkle.check_inclusion(parts[0], index, size, parts[1:-1], parts[-1])


@pytest.mark.shared
def test_the_vectors_of_others() -> None:
    """Proofs of consistency, good and bad, that another implementation made."""
    count = 0
    for path in sorted((SHARED / "bench/attacks/tlog-merkle/consistency").rglob("*.json")):
        case = json.loads(path.read_text())
        roots = [base64.b64decode(case[name] or "") for name in ("root1", "root2")]
        proof = [base64.b64decode(one) for one in case["proof"] or []]
        try:
            merkle.check_consistency(case["size1"], case["size2"], proof, *roots)
        except ProofError:
            refused = True
        else:
            refused = False
        assert refused == case["wantErr"], path.name
        count += 1
    assert count > 90
