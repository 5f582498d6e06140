"""What people decided on actors, worked out: which names mean one actor, which do not, who owns whom.

Pure. A person's `same` and `different` win over the register, the register's names over nothing at all. The result
depends on the set of decisions and on the register alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from db.vocabulary import ON_ACTORS_ONLY, Verdict
from pipeline.actors import ActorIndex, actor_id, name_key


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement in force on two names. `moment`: when, in UTC, in a form that sorts."""

    left: str
    right: str
    verdict: Verdict
    moment: str


def owner_and_owned(one: Decision) -> tuple[str, str]:
    """The two names of a decision on who owns whom, the owner's first."""
    return (one.left, one.right) if one.verdict is Verdict.OWNS else (one.right, one.left)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The actor that a name means. `by_judgement`: the register alone would not say so, a person did."""

    identity: str
    name: str
    is_known: bool
    by_judgement: bool = False


@dataclass(slots=True)
class _Sets:
    """Growing sets of nodes, each known by one of them, and which may never meet."""

    members: dict[str, set[str]] = field(default_factory=dict)
    root: dict[str, str] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, node: str) -> str:
        if node not in self.root:
            self.root[node], self.members[node] = node, {node}
        return self.root[node]

    def separate(self, left: str, right: str) -> None:
        left, right = self.add(left), self.add(right)
        if left != right:
            self.apart[left].add(right)
            self.apart[right].add(left)

    def join(self, left: str, right: str) -> bool:
        """Put two sets together, the smaller into the larger; False: they may not meet."""
        one, other = sorted((self.add(left), self.add(right)))
        keep, gone = (other, one) if len(self.members[other]) > len(self.members[one]) else (one, other)
        if gone in self.apart[keep]:
            return False
        if keep != gone:
            for node in self.members[gone]:
                self.root[node] = keep
            self.members[keep] |= self.members.pop(gone)
            for other in self.apart.pop(gone, set()):
                self.apart[other].discard(gone)
                self.separate(keep, other)
        return True


class Joins:
    """Names and actors that people decided on.

    A node is a known actor's id, or a name that is no actor's own, folded, after `#`. Decisions of `same` are taken
    from the earliest on, `different` ones before all; a `same` that would join what a person parted is left out and
    listed in `conflicts`. Then each judged name goes to the actor that the register gives it to, unless it was parted
    from that actor, or from another judged name that wants the same one.

    `owns` says `different` too, unless somebody called the same two names the same later; but of two names that want
    one actor it is the owner's that goes there. Where owner and owned come out as one, `owned_by_itself` lists them.
    """

    def __init__(self, decisions: Iterable[Decision] = (), index: ActorIndex | None = None) -> None:
        """Work out decisions. `index` knows at least all actors that one of the judged names may mean."""
        self._index = index or ActorIndex([])
        self._sets, self._spellings = _Sets(), defaultdict[str, set[str]](set)
        self._linked = defaultdict[str, set[str]](set)
        self.conflicts: tuple[tuple[str, str], ...] = ()
        self.owned_by_itself: tuple[tuple[str, str], ...] = ()
        self._parted: list[tuple[str, str]] = []
        self._ownerships: list[tuple[str, str]] = []
        listed = sorted(decisions, key=lambda one: (one.moment, one.left, one.right, one.verdict))
        self._decide(listed)
        self._attach()
        self._kept = {root: self._representative(nodes) for root, nodes in self._sets.members.items()}
        self.owners = self._owned(listed)

    def _decide(self, decisions: Collection[Decision]) -> None:
        for one in decisions:
            for name in (one.left, one.right):
                self._spellings[self.node(name)].add(name)
                self._sets.add(self.node(name))
            self._link(self.node(one.left), self.node(one.right))
        self._ownerships = self._said_to_own(decisions)
        different = (one for one in decisions if one.verdict is Verdict.DIFFERENT)
        self._parted = [(self.node(one.left), self.node(one.right)) for one in different]
        for left, right in (*self._parted, *self._ownerships):
            self._sets.separate(left, right)
        same = [one for one in decisions if one.verdict is Verdict.SAME]
        refused = [one for one in same if not self._sets.join(self.node(one.left), self.node(one.right))]
        self.conflicts = tuple((one.left, one.right) for one in refused)

    def _said_to_own(self, decisions: Iterable[Decision]) -> list[tuple[str, str]]:
        """(owner, owned) of decisions that part the two, which nobody called the same later."""
        joined: dict[frozenset[str], str] = {}
        for one in decisions:
            if one.verdict is Verdict.SAME:
                joined[frozenset((self.node(one.left), self.node(one.right)))] = one.moment
        said = [
            (one, tuple(map(self.node, owner_and_owned(one)))) for one in decisions if one.verdict in ON_ACTORS_ONLY
        ]
        return [
            (owner, owned) for one, (owner, owned) in said if joined.get(frozenset((owner, owned)), "") <= one.moment
        ]

    def _link(self, left: str, right: str) -> None:
        self._linked[left].add(right)
        self._linked[right].add(left)

    def _attach(self) -> None:
        """Let judged names go to the actors of the register that bear them, as far as nobody parted them."""
        wanted = [(self._index.resolve(min(self._spellings[node])), node) for node in sorted(self._spellings)
                  if node.startswith("#")]  # fmt: skip
        pairs = [(identity, node) for identity, node in wanted if identity is not None]
        seekers: dict[str, set[str]] = defaultdict(set)
        for identity, node in pairs:
            seekers[self._sets.add(identity)].add(self._sets.add(node))
            self._link(identity, node)
        givers = self._givers()
        parted = {node for identity, node in pairs
                  if self._sets.apart[self._sets.root[node]] & seekers[self._sets.root[identity]]
                  - givers[self._sets.root[node]]}  # fmt: skip
        for identity, node in sorted(pairs):
            if node not in parted:
                self._sets.join(identity, node)

    def _givers(self) -> Mapping[str, set[str]]:
        """For each set that owns others, those that it is kept apart from by that alone: they give way to it."""
        root = self._sets.root
        found: dict[str, set[str]] = defaultdict(set)
        for owner, owned in self._ownerships:
            found[root[owner]].add(root[owned])
        for left, right in self._parted:
            found[root[left]].discard(root[right])
            found[root[right]].discard(root[left])
        return found

    def _representative(self, nodes: Collection[str]) -> Meaning | None:
        """Whom a set stands for: a known actor before a provisional one, then by name; None for a name by itself."""
        known = sorted((self._index.name_of(node), node) for node in nodes if not node.startswith("#"))
        if known:
            return Meaning(known[0][1], known[0][0], True)
        name = min(spelling for node in nodes for spelling in self._spellings[node])
        return Meaning(actor_id(name), name, False) if len(nodes) > 1 else None

    def _owned(self, decisions: Iterable[Decision]) -> Mapping[str, Meaning]:
        """The owner that people gave to each actor, by the owned one's id; of several the latest."""
        found: dict[str, Meaning] = {}
        itself: list[tuple[str, str]] = []
        for one in decisions:
            if one.verdict in ON_ACTORS_ONLY:
                owner, owned = (self.meaning(name) for name in owner_and_owned(one))
                if owner.identity != owned.identity:
                    found[owned.identity] = owner
                else:
                    itself.append((one.left, one.right))
        self.owned_by_itself = tuple(itself)
        return found

    def node(self, name: str) -> str:
        """The node of a name: the known actor whose own name it is, else the name folded."""
        return self._index.named(name) or f"#{name_key(name)}"

    def meaning(self, name: str, index: ActorIndex | None = None) -> Meaning:
        """Whom a name means, all decisions considered. `index` knows at least all actors that it may mean."""
        index = index or self._index
        plain = index.resolve(name)
        node = index.named(name) or f"#{name_key(name)}"
        if node in self._sets.root:
            found = self._kept[self._sets.root[node]]
        else:
            found = self.kept(plain) if plain is not None else None
            if plain is not None and found is None:
                return Meaning(plain, index.name_of(plain), True)
        if found is None:
            return Meaning(actor_id(name), name, False)
        by_register = plain is not None and (self.kept(plain) or Meaning(plain, "", True)).identity == found.identity
        is_own = found.identity == actor_id(name)
        return Meaning(found.identity, found.name, found.is_known, not by_register and not is_own)

    def kept(self, identity: str) -> Meaning | None:
        """The actor that a known one was joined to, or itself; None for one that nobody judged."""
        return self._kept[self._sets.root[identity]] if identity in self._sets.root else None

    def joined_with(self, identity: str) -> tuple[str, ...]:
        """The known actors that are one with this one, itself left out, by name."""
        nodes = self._sets.members[self._sets.root[identity]] if identity in self._sets.root else set()
        others = ((self._index.name_of(node), node) for node in nodes if not node.startswith("#") and node != identity)
        return tuple(node for _, node in sorted(others))

    @property
    def known(self) -> frozenset[str]:
        """The ids of the known actors that somebody judged, or whose names somebody judged."""
        return frozenset(node for node in self._sets.root if not node.startswith("#"))

    @property
    def folded(self) -> frozenset[str]:
        """The judged names that are no actor's own, folded, after `#`."""
        return frozenset(node for node in self._sets.root if node.startswith("#"))

    @property
    def spellings(self) -> frozenset[str]:
        """All judged names as people wrote them."""
        return frozenset(name for names in self._spellings.values() for name in names)

    def around(self, names: Iterable[str]) -> frozenset[str]:
        """All nodes that a chain of decisions (of any verdict) and of names in the register links to these names."""
        reached: set[str] = set()
        frontier = {self.node(name) for name in names}
        while frontier:
            reached |= frontier
            frontier = {far for near in frontier for far in self._linked[near]} - reached
        return frozenset(reached)
