"""Merkle trees of RFC 6962: hashes, inclusion and consistency proofs, and their checks.

Hashing and making proofs follow RFC 6962, section 2.1; checking them RFC 9162, sections 2.1.3.2 and 2.1.4.2, whose
trees are the same. A hash is 32 bytes, an index counts from 0, a size is a number of leaves.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from archiver.errors import ProofError

# The hash of the complete subtree of 2**level leaves whose first leaf is index * 2**level.
Nodes = Callable[[int, int], bytes]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
LARGEST_PROOF = 63  # hashes; no tree of fewer than 2**63 leaves needs more for inclusion


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf that holds ``entry``."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that only grows: the hashes of its complete subtrees, at most one for each bit of its size."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """``leaves`` are the hashes of the first leaves."""
        self.size = 0
        self._complete: list[bytes] = []  # the largest first
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._complete.append(leaf)
        size = self.size
        while size & 1:
            right = self._complete.pop()
            self._complete[-1] = node_hash(self._complete[-1], right)
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        return root_over(self._complete)


def root_over(complete: Sequence[bytes]) -> bytes:
    """The root of a tree from the hashes of its complete subtrees, the largest first."""
    if not complete:
        return EMPTY_ROOT
    found = complete[-1]
    for left in reversed(complete[:-1]):
        found = node_hash(left, found)
    return found


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the first ``size`` leaves."""
    return _of_range(0, size, nodes) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, nodes: Nodes) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves (RFC 6962, 2.1.1). Raises ProofError."""
    if not 0 <= index < size:
        raise ProofError(f"there is no leaf {index} in a tree of {size} leaves")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_of_range(middle, end, nodes))
            end = middle
        else:
            path.append(_of_range(start, middle, nodes))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """That the tree of ``new`` leaves continues the one of ``old`` leaves (RFC 6962, 2.1.2). Raises ProofError."""
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} leaves cannot continue one of {old}")
    if old in {0, new}:
        return []
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end - start:
        middle = _split(end - start)
        if old <= middle:
            path.append(_of_range(start + middle, end, nodes))
            end = start + middle
        else:
            path.append(_of_range(start, start + middle, nodes))
            start, old, whole = start + middle, old - middle, False
    return [*([] if whole else [_of_range(start, end, nodes)]), *path[::-1]]


def check_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> None:
    """That ``leaf`` stands at ``index`` in the tree of ``size`` leaves with root ``expected``. Raises ProofError."""
    _hashes(leaf, *proof)
    if not 0 <= index < size:
        raise ProofError(f"there is no leaf {index} in a tree of {size} leaves")
    at, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof of inclusion is too long")
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof of inclusion is too short")
    if found != expected:
        raise ProofError("the proof of inclusion leads to another root")


def check_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """That the tree of ``new`` leaves continues the one of ``old`` leaves. Raises ProofError."""
    _hashes(*proof)
    if not 0 <= old <= new:
        raise ProofError(f"a tree of {new} leaves cannot continue one of {old}")
    if old == 0 < new:
        raise ProofError("every tree continues the empty one: that proves nothing")
    if old == new:
        if proof:
            raise ProofError("the proof of consistency is too long")
        if old_root != new_root or (old == 0 and old_root != EMPTY_ROOT):
            raise ProofError("two roots of one size differ")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofError("the proof of consistency is too short")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the proof of consistency is too long")
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof of consistency is too short")
    if first != old_root or second != new_root:
        raise ProofError("the proof of consistency leads to other roots")


def _hashes(*values: bytes) -> None:
    if any(len(value) != HASH_SIZE for value in values):
        raise ProofError(f"a hash is {HASH_SIZE} bytes long")


def _split(count: int) -> int:
    """The largest power of two below ``count`` (at least 2)."""
    return 1 << (count - 1).bit_length() - 1


def _of_range(start: int, end: int, nodes: Nodes) -> bytes:
    """The hash of leaves ``start`` to ``end`` where ``start`` begins a subtree that is large enough."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _split(count)
    return node_hash(_of_range(start, middle, nodes), _of_range(middle, end, nodes))
