"""The tree, by property: however leaves arrive the root is one, and no altered proof passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.platform.ledger import tree

LEAVES = [tree.leaf_hash(b"entry %d" % i) for i in range(600)]


def subtree(height: int, index: int) -> bytes:
    return tree.fold(LEAVES[index << height : (index + 1) << height])


def edge_of(size: int) -> tree.Frontier:
    edge = tree.Frontier()
    edge.extend(LEAVES[:size])
    return edge


def plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return tree.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return tree.node_hash(plain_root(leaves[:k]), plain_root(leaves[k:]))


@given(st.lists(st.integers(0, 90), max_size=8))
def test_batches_of_any_size_lead_to_the_same_tree(batches: list[int]) -> None:
    edge, done, tiles = tree.Frontier(), 0, list[tree.Tiled]()
    for count in batches:
        edge = tree.Frontier.parse(edge.size, edge.pack())
        tiles += edge.extend(LEAVES[done : done + count])
        done += count
    assert edge.root() == plain_root(LEAVES[:done])
    expected = {(lv, i) for lv in (1, 2) for i in range(done >> 4 * lv)}
    assert {(t.level, t.index) for t in tiles} == expected
    assert all(t.hash == subtree(4 * t.level, t.index) for t in tiles)


@given(st.integers(1, 600), st.data())
def test_every_entry_is_proved_and_no_other_passes_for_it(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof, root = tree.inclusion_proof(index, size, subtree), edge_of(size).root()
    tree.verify_inclusion(LEAVES[index], index, size, proof, root)
    with pytest.raises(tree.ProofBroken):
        tree.verify_inclusion(tree.leaf_hash(b"forged"), index, size, proof, root)
    with pytest.raises(tree.ProofBroken):
        tree.verify_inclusion(LEAVES[index], index, size, [*proof, root], root)
    if size > 1:
        other = (index + 1) % size
        with pytest.raises(tree.ProofBroken):
            tree.verify_inclusion(LEAVES[index], other, size, proof, root)
        with pytest.raises(tree.ProofBroken):
            tree.verify_inclusion(LEAVES[index], index, size, proof[:-1], root)


@given(st.integers(1, 600), st.integers(1, 600), st.data())
def test_a_longer_log_is_proved_to_begin_with_a_shorter(one: int, other: int, data: st.DataObject) -> None:
    old, new = sorted((one, other))
    proof = tree.consistency_proof(old, new, subtree)
    before, after = edge_of(old).root(), edge_of(new).root()
    tree.verify_consistency(old, new, before, after, proof)
    with pytest.raises(tree.ProofBroken):
        tree.verify_consistency(old, new, tree.leaf_hash(b"forged"), after, proof)
    if proof:
        broken = data.draw(st.integers(0, len(proof) - 1))
        forged = [*proof[:broken], tree.leaf_hash(b"forged"), *proof[broken + 1 :]]
        with pytest.raises(tree.ProofBroken):
            tree.verify_consistency(old, new, before, after, forged)


def test_an_edge_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="2 edge hashes"):
        tree.Frontier.parse(3, bytes(32))
