"""Does this database still hold what was recorded? The online check: lines, tree, heads, bodies, and their indexes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from legation.platform.authority.markings import marking_of
from legation.platform.ledger import checkpoints, log, tree
from legation.platform.ledger.checkpoints import Checkpoint, NotACheckpoint
from legation.platform.ledger.export import leaf_of, own_entries
from legation.platform.ledger.leaf import split_commitments
from legation.platform.ledger.models import Entry, Node, SubjectRow
from legation.platform.secrets.node import held
from legation.platform.secrets.sealing import SealBroken, commit


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not agree, and the entries it lies among (position `first` to `last`)."""

    code: str
    first: int
    last: int
    detail: str = ""

    @property
    def sentence(self) -> str:
        where = f"entry {self.first}" if self.first == self.last else f"entries {self.first} to {self.last}"
        return f"{where}: {_SENTENCES[self.code]}" + (f" ({self.detail})" if self.detail else "")


_SENTENCES = {
    "missing": "not there; positions must be whole",
    "line": "a column of its public line was edited",
    "time": "recorded before the entry above it",
    "head": "do not give the head that was signed; they were altered",
    "signature": "the signature of this head is false",
    "edge": "the tree's edge does not fit the leaves; the node's row was edited",
    "rolled_back": "signed by this node and no longer in the database",
    "seal": "its sealed body was altered",
    "commitment": "its body is not the one committed to",
    "index": "a column that repeats its body was edited",
    "subjects": "its index of subjects was edited",
}


@dataclass(slots=True)
class Checked:
    """What was verified, and what was found."""

    entries: int = 0
    heads: int = 0
    bodies: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.findings


def check(*, bodies: bool = True, progress: Callable[[int, int], None] | None = None) -> Checked:
    """Check our own record. progress: called with (done, of) every thousand entries. Raises NodeSealed."""
    found = Checked()
    heads = _Heads(found)  # before the node's row: an act that comes between must not look like a lost one
    node = Node.objects.filter(own=True).first()
    if node is None:
        return found
    edge, last, time = tree.Frontier(), -1, None
    for entry in own_entries(node, node.size):
        if entry.position != last + 1:
            found.findings.append(Finding("missing", last + 1, entry.position - 1))
        if leaf_of(entry, node) != bytes(entry.leaf):
            found.findings.append(Finding("line", entry.position, entry.position))
        if time is not None and entry.recorded_at < time:
            found.findings.append(Finding("time", entry.position, entry.position))
        edge.extend([leaf_of(entry, node)])
        heads.look(edge)
        if bodies:
            found.findings.extend(_body(entry, found))
        last, time, found.entries = entry.position, entry.recorded_at, found.entries + 1
        if progress and found.entries % 1000 == 0:
            progress(found.entries, node.size)
    if edge.size < node.size and last + 1 < node.size:
        found.findings.append(Finding("missing", last + 1, node.size - 1))
    if edge.size == node.size and edge.pack() != bytes(node.frontier):
        found.findings.append(Finding("edge", 0, max(0, node.size - 1)))
    heads.finish(edge.size)
    return found


class _Heads:
    """Holds the growing tree against each signed head as its size is reached."""

    def __init__(self, found: Checked) -> None:
        keys = held()
        self._key, self._found, self._sure = keys.public_key, found, 0
        self._heads: dict[int, list[Checkpoint]] = {}
        for head in checkpoints.every(keys.home) if keys.home else ():
            if head.kind == "rollback":
                self._heads = {size: known for size, known in self._heads.items() if size <= head.size}
            self._heads.setdefault(head.size, []).append(head)

    def look(self, edge: tree.Frontier) -> None:
        for head in self._heads.pop(edge.size, ()):
            self._found.heads += 1
            try:
                head.verify(self._key)
            except NotACheckpoint:
                self._found.findings.append(Finding("signature", max(0, edge.size - 1), max(0, edge.size - 1)))
            if head.root == edge.root():
                self._sure = edge.size
            else:
                self._found.findings.append(Finding("head", self._sure, edge.size - 1))

    def finish(self, size: int) -> None:
        for beyond in sorted(known for known in self._heads if known > size):
            self._found.findings.append(Finding("rolled_back", size, beyond - 1))


def _body(entry: Entry, found: Checked) -> Iterator[Finding]:
    """The sealed body against its commitment, and the columns that repeat it."""
    try:
        salt, text = log.open_part(entry, 0)
    except log.Erased:
        found.erased += 1
        return
    except SealBroken:
        yield Finding("seal", entry.position, entry.position)
        return
    found.bodies += 1
    if commit(salt, text) != split_commitments(bytes(entry.commitments))[0]:
        yield Finding("commitment", entry.position, entry.position)
        return
    body = log.open_body(entry)
    told = (body.fact, body.actor, body.mission, body.marking, body.caused_by)
    shown = (entry.fact, entry.actor, entry.mission, str(marking_of(entry.marking_id)), entry.caused_by)
    if told != shown:
        yield Finding(
            "index",
            entry.position,
            entry.position,
            ", ".join(b or "" for a, b in zip(told, shown, strict=True) if a != b),
        )
    rows = SubjectRow.objects.filter(entry=entry).order_by("pk").values_list("type", "key")
    if [f"{kind}/{key}" for kind, key in rows] != list(body.subjects):
        yield Finding("subjects", entry.position, entry.position)
