"""Conditions while they are built: a tree that may have gaps, and the steps that change it; all frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never

from pydantic import ValidationError

from desktop_app.domain.conditions import AllOf, AnyOf, ByGroup, Comparison, Condition, Not, Operator, Value


class Join(StrEnum):
    """What is asked of the parts of a group."""

    ALL = "all"
    ANY = "any"
    NOT_ALL = "not all"
    NONE = "none"


@dataclass(frozen=True)
class GroupValues:
    """The values of single groups; None for one that is still to be given."""

    column: str
    values: tuple[tuple[str, Value | None], ...] = ()

    def with_value(self, group: str, value: Value | None) -> GroupValues:
        """With that group's value, which comes last where it is a new group."""
        return replace(self, values=tuple({**dict(self.values), group: value}.items()))

    def without(self, group: str) -> GroupValues:
        """Without a value for that group."""
        return replace(self, values=tuple(pair for pair in self.values if pair[0] != group))


@dataclass(frozen=True)
class Leaf:
    """One comparison; field is "" and value None where they are still to be chosen."""

    id: str = ""
    field: str = ""
    operator: Operator = Operator.LESS
    value: Value | None = None
    by: GroupValues | None = None


@dataclass(frozen=True)
class Branch:
    """A group of conditions; none or not all of them is the negation of any or all."""

    join: Join = Join.ALL
    parts: tuple[Node, ...] = ()


Node: TypeAlias = Leaf | Branch
# Which part of which part: () is the root itself.
Path: TypeAlias = tuple[int, ...]

_NEGATED = {Join.NOT_ALL, Join.NONE}


def draft_of(condition: Condition) -> Branch:
    """A condition as a group, a lone comparison as the group of it alone."""
    drafted = _draft(condition)
    return drafted if isinstance(drafted, Branch) else Branch(Join.ALL, (drafted,))


def condition_of(node: Node) -> Condition | None:
    """The condition that a whole draft says, a group of one part as that part; None where something is missing."""
    match node:
        case Leaf():
            return _comparison(node)
        case Branch(join=join, parts=parts):
            built = [part for part in map(condition_of, parts) if part is not None]
            if not built or len(built) < len(parts):
                return None
            together = _joined(join, tuple(built))
            return Not(negated=together) if join in _NEGATED else together
        case _:
            assert_never(node)


def leaves(root: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Every comparison with its path, in reading order."""
    match root:
        case Leaf():
            yield path, root
        case Branch(parts=parts):
            for place, part in enumerate(parts):
                yield from leaves(part, (*path, place))
        case _:
            assert_never(root)


def branches(root: Node, path: Path = ()) -> Iterator[tuple[Path, Branch]]:
    """Every group with its path, the outer before the inner."""
    if isinstance(root, Branch):
        yield path, root
        for place, part in enumerate(root.parts):
            yield from branches(part, (*path, place))


def node_at(root: Node, path: Path) -> Node:
    """The part at `path`; IndexError where there is none."""
    for place in path:
        if isinstance(root, Leaf):
            raise IndexError(place)
        root = root.parts[place]
    return root


def with_node(root: Branch, path: Path, node: Node) -> Branch:
    """The tree with another part at `path`; the root can only become another group."""
    if not path:
        return node if isinstance(node, Branch) else Branch(Join.ALL, (node,))
    parent, place = _branch(root, path[:-1]), path[-1]
    parts = (*parent.parts[:place], node, *parent.parts[place + 1 :])
    return with_node(root, path[:-1], replace(parent, parts=parts))


def with_inserted(root: Branch, path: Path, node: Node) -> Branch:
    """The tree with a part more, which then stands at `path`."""
    parent, place = _branch(root, path[:-1]), path[-1]
    return with_node(root, path[:-1], replace(parent, parts=(*parent.parts[:place], node, *parent.parts[place:])))


def without(root: Branch, path: Path) -> Branch:
    """The tree without the part at `path`; a group that is left empty goes with it, but never the root."""
    parent, place = _branch(root, path[:-1]), path[-1]
    left = replace(parent, parts=(*parent.parts[:place], *parent.parts[place + 1 :]))
    if not left.parts and len(path) > 1:
        return without(root, path[:-1])
    return with_node(root, path[:-1], left)


def with_wrapped(root: Branch, path: Path, join: Join) -> Branch:
    """The tree with the part at `path` in a group of its own."""
    return with_node(root, path, Branch(join, (node_at(root, path),)))


def with_dissolved(root: Branch, path: Path) -> Branch:
    """The tree with the parts of the group at `path` in the place of the group."""
    parent, place, gone = _branch(root, path[:-1]), path[-1], _branch(root, path)
    parts = (*parent.parts[:place], *gone.parts, *parent.parts[place + 1 :])
    return with_node(root, path[:-1], replace(parent, parts=parts))


def with_moved(root: Branch, path: Path, by: int) -> tuple[Branch, Path]:
    """The tree with a part one place up (−1) or down (1) and where it stands then; at an end it leaves its group."""
    parent, place = _branch(root, path[:-1]), path[-1]
    new = place + by
    node = node_at(root, path)
    if 0 <= new < len(parent.parts):
        parts = [part for number, part in enumerate(parent.parts) if number != place]
        parts.insert(new, node)
        return with_node(root, path[:-1], replace(parent, parts=tuple(parts))), (*path[:-1], new)
    if len(path) == 1:
        return root, path
    outer = path[:-1]
    if len(parent.parts) == 1:
        # Where it was the only one, it takes the place of its group.
        return with_node(root, outer, node), outer
    target = (*outer[:-1], outer[-1] + (0 if by < 0 else 1))
    left = replace(parent, parts=(*parent.parts[:place], *parent.parts[place + 1 :]))
    return with_inserted(with_node(root, outer, left), target, node), target


def _branch(root: Branch, path: Path) -> Branch:
    found = node_at(root, path)
    if isinstance(found, Leaf):
        raise IndexError(path)
    return found


def _draft(condition: Condition) -> Node:
    match condition:
        case Comparison():
            by = condition.by
            values = GroupValues(by.column, tuple(by.values.items())) if by else None
            return Leaf(condition.id, condition.field, condition.operator, condition.value, values)
        case AllOf(all=parts):
            return Branch(Join.ALL, tuple(map(_draft, parts)))
        case AnyOf(any=parts):
            return Branch(Join.ANY, tuple(map(_draft, parts)))
        case Not(negated=AllOf(all=parts)):
            return Branch(Join.NOT_ALL, tuple(map(_draft, parts)))
        case Not(negated=AnyOf(any=parts)):
            return Branch(Join.NONE, tuple(map(_draft, parts)))
        case Not(negated=part):
            return Branch(Join.NONE, (_draft(part),))
        case _:
            assert_never(condition)


def _joined(join: Join, parts: tuple[Condition, ...]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return AllOf(all=parts) if join in (Join.ALL, Join.NOT_ALL) else AnyOf(any=parts)


def _comparison(leaf: Leaf) -> Comparison | None:
    missing = leaf.operator is Operator.MISSING
    if not leaf.field or (leaf.value is None and not missing):
        return None
    by = None
    if leaf.by is not None and leaf.by.values and not missing:
        given = {group: value for group, value in leaf.by.values if value is not None}
        if len(given) < len(leaf.by.values):
            return None
        by = ByGroup(column=leaf.by.column, values=given)
    value = None if missing else leaf.value
    try:
        return Comparison(id=leaf.id, field=leaf.field, operator=leaf.operator, value=value, by=by)
    except ValidationError:
        return None
