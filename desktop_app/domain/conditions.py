"""Conditions of rules: comparisons of a field with a value, and their nesting (domain rules, section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, TypeAlias, assert_never

from pydantic import Discriminator, Field, StrictBool, StrictStr, Tag, model_validator

from desktop_app.domain.document_faults import Refused
from desktop_app.domain.documents import Document, Number
from desktop_app.domain.problems import message


class Operator(StrEnum):
    """How a field is compared with a value."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EQUAL = "="
    IN = "in"
    MISSING = "is missing"


ORDERED: frozenset[Operator] = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})

# In the field's own unit, as the analyst writes it: 600, 0.05, "student", true, "2026-01-31".
Scalar: TypeAlias = StrictBool | Number | StrictStr
Value: TypeAlias = Scalar | tuple[Scalar, ...]


class ByGroup(Document):
    """Other values for some groups of one column; NULL and unlisted groups take the comparison's own value.

    Attributes: column names the grouping; values maps a group to its value.
    """

    column: StrictStr
    values: dict[StrictStr, Value]


class Comparison(Document):
    """One field against one value; unknown where the field is missing.

    Attributes: id is unique within the policy (filled in by the rule where left out) and addresses the value as
    a handle; value is the default, in the field's unit, a tuple for `in`, None for `is missing`; by holds the
    values of single groups.
    """

    id: StrictStr = ""
    field: StrictStr
    operator: Operator
    value: Value | None = None
    by: ByGroup | None = None

    @model_validator(mode="after")
    def _value_fits_operator(self) -> Comparison:
        values = [self.value, *(self.by.values.values() if self.by else ())]
        if self.operator is Operator.MISSING:
            if values != [None]:
                raise Refused(message('"is missing" takes no value'))
        elif self.operator is Operator.IN:
            if any(not isinstance(value, tuple) or not value for value in values):
                raise Refused(message('"in" takes a list of at least one value'))
        elif any(value is None or isinstance(value, tuple) for value in values):
            text = '"{operator}" takes one value; the default is mandatory'
            raise Refused(message(text, operator=self.operator.value))
        return self


class AllOf(Document):
    """True where every part is true."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(Document):
    """True where at least one part is true."""

    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(Document):
    """True where the part is false; unknown stays unknown."""

    negated: Condition = Field(alias="not")


def _shape(value: object) -> str:
    """Which kind of condition a parsed JSON object, or a model, is."""
    if isinstance(value, AllOf) or (isinstance(value, dict) and "all" in value):
        return "all"
    if isinstance(value, AnyOf) or (isinstance(value, dict) and "any" in value):
        return "any"
    if isinstance(value, Not) or (isinstance(value, dict) and ("not" in value or "negated" in value)):
        return "not"
    return "comparison"


Condition = Annotated[
    Annotated[Comparison, Tag("comparison")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_shape),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison in `condition`, in reading order."""
    match condition:
        case Comparison():
            yield condition
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from comparisons(part)
        case Not(negated=part):
            yield from comparisons(part)
        case _:
            assert_never(condition)


def fields_of(condition: Condition) -> frozenset[str]:
    """The columns that `condition` reads, groupings included."""
    read = {comparison.field for comparison in comparisons(condition)}
    return frozenset(read | {comparison.by.column for comparison in comparisons(condition) if comparison.by})


def replace_comparison(condition: Condition, new: Comparison) -> Condition:
    """`condition` with the comparison of `new`'s id replaced by `new`."""
    match condition:
        case Comparison():
            return new if condition.id == new.id else condition
        case AllOf(all=parts):
            return AllOf(all=tuple(replace_comparison(part, new) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(replace_comparison(part, new) for part in parts))
        case Not(negated=part):
            return Not(negated=replace_comparison(part, new))
        case _:
            assert_never(condition)


def with_ids(condition: Condition, prefix: str) -> Condition:
    """`condition` with every comparison that has no id given one: `prefix`.1, `prefix`.2, … skipping those taken."""
    taken = {comparison.id for comparison in comparisons(condition)}
    free = (f"{prefix}.{number}" for number in range(1, 10_000) if f"{prefix}.{number}" not in taken)
    return _with_ids(condition, free)


def _with_ids(condition: Condition, free: Iterator[str]) -> Condition:
    match condition:
        case Comparison():
            return condition if condition.id else condition.model_copy(update={"id": next(free)})
        case AllOf(all=parts):
            return AllOf(all=tuple(_with_ids(part, free) for part in parts))
        case AnyOf(any=parts):
            return AnyOf(any=tuple(_with_ids(part, free) for part in parts))
        case Not(negated=part):
            return Not(negated=_with_ids(part, free))
        case _:
            assert_never(condition)
