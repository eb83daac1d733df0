"""What is wrong or doubtful in the target of a cut or raise that is being written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from desktop_app.domain.book import Column
from desktop_app.domain.columns import NUMERIC
from desktop_app.domain.documents import MAX_DIGITS
from desktop_app.domain.policy import Policy
from desktop_app.domain.problems import Message, message
from desktop_app.workspace.matrix_draft import Axis, BandsDraft, MatrixDraft
from desktop_app.workspace.rule_draft import RuleDraft, target_of

# The part of the editor, the cell or edge in it, the sentence, and whether it stops the rule.
TargetFault: TypeAlias = tuple[str, tuple[int, int] | None, Message, bool]

_MOST_CELL_DECIMALS = 2


def target_faults(draft: RuleDraft, policy: Policy, columns: Mapping[str, Column]) -> Iterator[TargetFault]:
    """About the target's size or matrix; `policy` has the settings that the rule will find."""
    target = draft.target
    if target.kind == "matrix":
        yield from _matrix_faults(target.matrix, columns)
        return
    size = {"percent": target.percent, "amount": target.amount, "income_multiple": target.multiple}[target.kind]
    if size is None:
        yield "size", None, message("Give a size."), True
    elif target_of(target) is None:
        yield "size", None, _size_bounds(target.kind), True
    else:
        yield from _size_doubts(draft, size, policy, columns)


def _size_bounds(kind: str) -> Message:
    if kind == "percent":
        return message("A percentage is between 0 and 1000, with at most four decimals.")
    if kind == "amount":
        return message("An amount is not below 0 and has at most two decimals.")
    return message("A multiple is between 0 and 1000, with at most six decimals.")


def _size_doubts(
    draft: RuleDraft, size: Decimal, policy: Policy, columns: Mapping[str, Column]
) -> Iterator[TargetFault]:
    kind = draft.target.kind
    if kind == "income_multiple" and "income_monthly" not in columns:
        text = "The book has no monthly income; the rule will not be evaluated."
        yield "size", None, message(text), False
    if kind == "percent" and draft.action == "cut" and size >= 100:
        yield "size", None, message("A cut to 100 % or more lowers no limit."), False
    if kind == "percent" and draft.action == "raise" and size <= 100:
        yield "size", None, message("A raise to 100 % or less lifts no limit."), False
    if draft.action == "cut" and kind == "percent" and size == 0 and policy.floor > 0:
        text = "The policy's floor leaves {floor} of each limit; for a freeze set the floor to 0 in its settings."
        yield "size", None, message(text, floor=policy.floor), False


def _matrix_faults(matrix: MatrixDraft, columns: Mapping[str, Column]) -> Iterator[TargetFault]:
    yield from _bands_faults("rows", matrix.rows, columns)
    if matrix.columns is not None:
        yield from _bands_faults("columns", matrix.columns, columns)
        if matrix.columns.field and matrix.columns.field == matrix.rows.field:
            yield "columns", None, message("Rows and columns are the same field."), False
    for row, line in enumerate(matrix.cells):
        for column, cell in enumerate(line):
            if cell is not None and not _fits_cell(cell):
                text = "A cell is not below 0 and has at most two decimals."
                yield "cells", (row, column), message(text), True
    if all(cell is None for line in matrix.cells for cell in line):
        yield "cells", None, message("Every cell is empty; no account would have a target."), False


def _bands_faults(axis: Axis, bands: BandsDraft, columns: Mapping[str, Column]) -> Iterator[TargetFault]:
    if not bands.field:
        yield axis, None, message("Choose a field."), True
    elif bands.field not in columns:
        text = 'The book has no column "{column}"; the rule will not be evaluated.'
        yield axis, None, message(text, column=bands.field), False
    elif columns[bands.field].type not in NUMERIC:
        yield axis, None, message("Only a field of numbers has bands."), True
    known = [edge for edge in bands.edges if edge is not None]
    if len(known) < len(bands.edges):
        yield axis, None, message("An edge is no number."), True
        return
    for place in range(1, len(known)):
        if known[place] <= known[place - 1]:
            text = "The edges of bands must rise: {high} comes after {low}."
            yield axis, (place, 0), message(text, high=known[place], low=known[place - 1]), True
    if any(len(edge.as_tuple().digits) > MAX_DIGITS for edge in known):
        yield axis, None, message("A number has at most {digits} digits.", digits=MAX_DIGITS), True


def _fits_cell(value: Decimal) -> bool:
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    return value >= 0 and decimals <= _MOST_CELL_DECIMALS and len(value.as_tuple().digits) <= MAX_DIGITS
