"""The numbers of a draft as lines on the histogram of their field: thresholds, and the edges of bands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from desktop_app.domain.chart_values import ThresholdLine
from desktop_app.domain.conditions import ORDERED
from desktop_app.domain.handles import ThresholdHandle
from desktop_app.workspace.condition_draft import Leaf, Path, leaves, node_at, with_node
from desktop_app.workspace.matrix_draft import Axis
from desktop_app.workspace.rule_draft import SIZED, RuleDraft

AXES: tuple[Axis, ...] = ("rows", "columns")
_SIGNS = {"<=": "≤", ">=": "≥"}


def field_at(draft: RuleDraft, path: Path | None) -> str:
    """The field of the comparison at `path`; of the first one with a threshold where there is none."""
    leaf = leaf_at(draft, path)
    return leaf.field if leaf else ""


def leaf_at(draft: RuleDraft, path: Path | None) -> Leaf | None:
    """The comparison at `path`, else the first one with a threshold, else the first with a field."""
    found = dict(leaves(draft.condition))
    if path is not None and path in found:
        return found[path]
    with_field = [leaf for leaf in found.values() if leaf.field]
    return next((leaf for leaf in with_field if leaf.operator in ORDERED), with_field[0] if with_field else None)


def threshold_lines(draft: RuleDraft, field: str) -> tuple[ThresholdLine, ...]:
    """A line for every threshold of the condition on a field, each group's own among them."""
    found = [leaf for _, leaf in leaves(draft.condition) if leaf.field == field and leaf.operator in ORDERED]
    return tuple(line for leaf in found for line in _leaf_lines(draft.id, leaf, alone=len(found) == 1))


def edge_lines(draft: RuleDraft, axis: Axis) -> tuple[ThresholdLine, ...]:
    """A line for every edge of the bands along one side of the matrix."""
    bands = draft.target.matrix.bands(axis)
    if bands is None or draft.action not in SIZED or draft.target.kind != "matrix":
        return ()
    return tuple(
        ThresholdLine(ThresholdHandle(draft.id, axis, str(place)), float(edge))
        for place, edge in enumerate(bands.edges)
        if edge is not None
    )


def with_line(draft: RuleDraft, handle: ThresholdHandle, value: Decimal) -> RuleDraft:
    """The draft with the number of a line elsewhere."""
    for axis in AXES:
        if handle.comparison == axis and handle.group is not None:
            matrix = draft.target.matrix.with_edge(axis, int(handle.group), value)
            return replace(draft, target=replace(draft.target, matrix=matrix))
    for path, leaf in leaves(draft.condition):
        if leaf.id == handle.comparison:
            return replace(draft, condition=with_node(draft.condition, path, _with_value(leaf, handle.group, value)))
    return draft


def path_of(draft: RuleDraft, comparison: str) -> Path | None:
    """Where a comparison stands."""
    return next((path for path, leaf in leaves(draft.condition) if leaf.id == comparison), None)


def labelled_columns(draft: RuleDraft) -> tuple[str, ...]:
    """The columns whose labels are chosen from: those compared, and those that group."""
    names = [leaf.field for _, leaf in leaves(draft.condition)]
    names += [leaf.by.column for _, leaf in leaves(draft.condition) if leaf.by]
    return tuple(dict.fromkeys(name for name in names if name))


def _leaf_lines(rule: str, leaf: Leaf, *, alone: bool) -> Iterator[ThresholdLine]:
    sign = "" if alone else _SIGNS.get(leaf.operator.value, leaf.operator.value)
    groups = leaf.by.values if leaf.by else ()
    for group, value in ((None, leaf.value), *groups):
        if isinstance(value, Decimal) and not isinstance(value, bool):
            yield ThresholdLine(ThresholdHandle(rule, leaf.id, group), float(value), group or sign)


def _with_value(leaf: Leaf, group: str | None, value: Decimal) -> Leaf:
    if group is None or leaf.by is None:
        return replace(leaf, value=value)
    return replace(leaf, by=leaf.by.with_value(group, value))


def is_leaf(draft: RuleDraft, path: Path) -> bool:
    """Whether a comparison stands at `path`."""
    try:
        return isinstance(node_at(draft.condition, path), Leaf)
    except IndexError:
        return False
