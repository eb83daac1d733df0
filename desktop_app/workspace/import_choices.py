"""How one column of the book is made, as it can be chosen on a page, and the mapping's expression for it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from pydantic import ValidationError

from desktop_app.domain.columns import NUMERIC, STANDARD, ColumnType
from desktop_app.domain.mapping import (
    Constant,
    Expression,
    MappedColumn,
    Scale,
    Source,
    TableRow,
    ValueTable,
)
from desktop_app.domain.problems import DocumentInvalid, Message, message
from desktop_app.text.labels import column_label

# The standard columns as the page shows them, each group under its name.
COLUMN_GROUPS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (message("Needed"), ("account_id", "credit_limit", "balance", "snapshot_date", "user_id")),
    (message("Risk"), ("score", "pd", "lgd", "apr", "default_12m")),
    (
        message("Arrears and income"),
        (
            "days_past_due",
            "delinquencies_12m",
            "months_since_delinquency",
            "months_on_book",
            "income_monthly",
            "debt_service_monthly",
            "dti",
        ),
    ),
    (
        message("Behaviour and identity"),
        ("applications_7d", "devices_7d", "inquiries_3m", "kyc_complete", "identity_match", "recorded_action"),
    ),
    (
        message("Grouping"),
        ("segment", "product", "industry", "region", "channel", "customer_type", "age_band"),
    ),
)


class ChoiceKind(StrEnum):
    """What a column is made of; OTHER is an expression that only a mapping file can state."""

    NONE = "none"
    HEADING = "heading"
    SCALE = "scale"
    TABLE = "table"
    CONSTANT = "constant"
    OTHER = "other"


@dataclass(frozen=True)
class ColumnChoice:
    """How a column is made: value is the factor, the table or the constant as typed."""

    kind: ChoiceKind = ChoiceKind.NONE
    heading: str = ""
    value: str = ""


NOTHING = ColumnChoice()


def is_numeric(name: str) -> bool:
    """Whether a standard column holds numbers, so that it may be scaled or read from a table."""
    return STANDARD[name].type in NUMERIC


def choice_of(how: MappedColumn | None) -> ColumnChoice:
    """The choice that a mapping's column stands for."""
    if how is None:
        return NOTHING
    match how.value:
        case str(heading) | Source(column=heading):
            return ColumnChoice(ChoiceKind.HEADING, heading)
        case Constant(constant=constant):
            return ColumnChoice(ChoiceKind.CONSTANT, value=str(constant))
        case Scale(scale=str(heading) | Source(column=heading), by=by):
            return ColumnChoice(ChoiceKind.SCALE, heading, f"{by:f}")
        case ValueTable(table=str(heading) | Source(column=heading), rows=rows):
            return ColumnChoice(ChoiceKind.TABLE, heading, _table_text(rows))
        case other:
            return ColumnChoice(ChoiceKind.OTHER, value=json.dumps(other.model_dump(mode="json"), ensure_ascii=False))


def expression_of(name: str, choice: ColumnChoice) -> Expression:
    """The mapping's expression for a choice other than NONE and OTHER; DocumentInvalid where its value is unusable."""
    match choice.kind:
        case ChoiceKind.CONSTANT:
            return Constant(constant=_constant(name, choice.value.strip()))
        case ChoiceKind.SCALE:
            return Scale(scale=choice.heading, by=_number(name, choice.value))
        case ChoiceKind.TABLE:
            return ValueTable(table=choice.heading, rows=_rows(name, choice.value))
        case _:
            return choice.heading


def _constant(name: str, value: str) -> Decimal | str:
    if is_numeric(name):
        return _number(name, value)
    if value and (STANDARD[name].type is not ColumnType.BOOLEAN or value.casefold() in ("true", "false")):
        return value
    text = message('{column}: "{value}" cannot stand in every row.', column=column_label(name), value=value)
    raise DocumentInvalid(text)


def _number(name: str, value: str) -> Decimal:
    try:
        number = Decimal(value.strip())
    except InvalidOperation as error:
        raise DocumentInvalid(_no_number(name, value)) from error
    if not number.is_finite() or len(number.as_tuple().digits) > 15:
        raise DocumentInvalid(_no_number(name, value))
    return number


def _no_number(name: str, value: str) -> Message:
    return message('{column}: "{value}" is not a number; write it as 0.01.', column=column_label(name), value=value)


def _rows(name: str, value: str) -> tuple[TableRow, ...]:
    try:
        return ValueTable(table="", rows=tuple(_row(part) for part in re.split("[;；]", value) if part.strip())).rows
    except (InvalidOperation, ValidationError) as error:
        text = '{column}: "{value}" is no table; write rising bounds as in "600: 0.12; 700: 0.05; 0.01".'
        raise DocumentInvalid(message(text, column=column_label(name), value=value)) from error


def _row(part: str) -> TableRow:
    bound, colon, value = part.replace("：", ":").rpartition(":")
    return TableRow(below=Decimal(bound.strip()) if colon else None, value=Decimal(value.strip()))


def _table_text(rows: tuple[TableRow, ...]) -> str:
    return "; ".join(f"{row.value:f}" if row.below is None else f"{row.below:f}: {row.value:f}" for row in rows)
