"""Which columns an import makes: the mapping's, the defaults of the contract, and what the file has besides."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from dataclasses import field as attribute

from desktop_app.domain.columns import STANDARD, ColumnType
from desktop_app.domain.mapping import (
    Constant,
    Expression,
    MappedColumn,
    Mapping,
    Source,
    When,
    headings_of,
    parts_of,
)
from desktop_app.domain.plans import ReadPlan
from desktop_app.domain.policy import Wording
from desktop_app.domain.problems import ImportFailed, Message, message
from desktop_app.domain.spelling import near_miss
from desktop_app.engine.load_when import readings_of_condition
from desktop_app.engine.schema import OWN_PREFIX

# A column with more different texts than this cannot group accounts.
MAX_CATEGORIES = 1000

# Types whose values cannot be computed.
WORDS = frozenset({ColumnType.TEXT, ColumnType.CATEGORY, ColumnType.DATE, ColumnType.BOOLEAN})
# How many decimals a type keeps.
DECIMALS = {ColumnType.MONEY: 2, ColumnType.RATE: 6, ColumnType.RATIO: 4, ColumnType.INTEGER: 0, ColumnType.NUMBER: 6}
# How many digits it may have: so many that value × unit stays inside 64 bits.
WIDTHS = {ColumnType.MONEY: 15, ColumnType.RATE: 9, ColumnType.RATIO: 13, ColumnType.INTEGER: 18, ColumnType.NUMBER: 18}


@dataclass(frozen=True)
class LoadColumn:
    """One column of the book in the making.

    Attributes: place is the field it is read from, None where `value` is an expression over several fields, whose
    places are `inputs` and whose `readings` are those fields, each as what it is read; minimum and maximum bound the
    valid range in the analyst's unit; guessed says that the type was taken from a sample and may widen.
    """

    name: str
    type: ColumnType
    value: Expression
    inputs: tuple[int, ...] = ()
    readings: tuple[LoadColumn, ...] = ()
    place: int | None = None
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    assumed: bool = False
    guessed: bool = False
    note: Wording = attribute(default_factory=Wording)

    @property
    def is_words(self) -> bool:
        """Whether the value is a text as it stands."""
        return self.type in (ColumnType.TEXT, ColumnType.CATEGORY)


@dataclass(frozen=True)
class Layout:
    """All columns of the book in file order, and what the analyst should know about their names."""

    columns: tuple[LoadColumn, ...]
    notes: tuple[Message, ...] = ()

    def with_types(self, types: Dictionary[str, ColumnType]) -> Layout:
        """The layout with other types for some guessed columns."""
        columns = tuple(replace(column, type=types.get(column.name, column.type)) for column in self.columns)
        return replace(self, columns=columns)


def layout_of(plan: ReadPlan, mapping: Mapping) -> Layout:
    """The columns that `mapping` makes of the file; ImportFailed where it does not fit the file's headings."""
    places = {heading: place for place, heading in enumerate(plan.headings)}
    _check_kept(mapping, places, plan)
    mapped = [_mapped(name, how, places, plan) for name, how in _with_defaults(mapping, plan).items()]
    used = frozenset().union(*(headings_of(how.value) for how in mapping.columns.values()))
    extras, notes = _extras(plan, mapping, used, {column.name for column in mapped})
    columns = sorted([*mapped, *extras], key=lambda column: min(column.inputs, default=len(places)))
    return Layout(tuple(columns), tuple(notes))


def _check_kept(mapping: Mapping, places: dict[str, int], plan: ReadPlan) -> None:
    """Refuse a mapping that keeps, or gives a type to, a heading that the file lacks."""
    kept = mapping.keep if isinstance(mapping.keep, tuple) else ()
    for key, headings in (("keep", kept), ("types", tuple(mapping.types))):
        for heading in headings:
            if heading not in places:
                text = '{file}: "{key}" of the mapping names "{heading}", which the file lacks.'
                raise ImportFailed(message(text, file=plan.path, key=key, heading=heading))


def _with_defaults(mapping: Mapping, plan: ReadPlan) -> dict[str, MappedColumn]:
    """The mapped columns with those that every book has."""
    columns = dict(mapping.columns)
    for name in ("account_id", "credit_limit", "balance"):
        if name not in columns:
            text = '{file}: the mapping has no column "{column}"; a book needs it.'
            raise ImportFailed(message(text, file=plan.path, column=name))
    columns.setdefault("user_id", columns["account_id"])
    if "snapshot_date" not in columns:
        if mapping.as_of is None:
            text = '{file} has no dates: map "snapshot_date" or state "as_of" (on the command line: --as-of).'
            raise ImportFailed(message(text, file=plan.path))
        constant = Constant(constant=mapping.as_of.date.isoformat())
        columns["snapshot_date"] = MappedColumn(value=constant, assumed=mapping.as_of.invented, note=mapping.as_of.note)
    return columns


def _mapped(name: str, how: MappedColumn, places: dict[str, int], plan: ReadPlan) -> LoadColumn:
    standard = STANDARD[name]
    inputs = tuple(sorted(_place(heading, name, places, plan) for heading in headings_of(how.value)))
    heading = how.value.column if isinstance(how.value, Source) else how.value
    place = places[heading] if isinstance(heading, str) else None
    if standard.type in WORDS and not _is_word(how.value):
        text = '{file}: the mapping computes "{column}", which can only be a heading, a constant, or "when" of these.'
        raise ImportFailed(message(text, file=plan.path, column=name))
    return LoadColumn(
        name=name,
        type=standard.type,
        value=how.value,
        inputs=inputs,
        readings=() if place is not None else _readings(name, how.value, standard.type, places),
        place=place,
        required=standard.required or name in ("user_id", "snapshot_date"),
        minimum=standard.minimum,
        maximum=standard.maximum,
        assumed=how.assumed,
        note=how.note,
    )


def _is_word(value: Expression) -> bool:
    """Whether no number is computed on the way to a value."""
    if isinstance(value, When):
        return all(map(_is_word, parts_of(value)))
    return isinstance(value, str | Source | Constant)


def _readings(name: str, value: Expression, kind: ColumnType, places: dict[str, int]) -> tuple[LoadColumn, ...]:
    """The fields of an expression, each once for every type that it is read as."""
    found = sorted(set(_read_as(value, kind if kind in WORDS else ColumnType.NUMBER)))
    return tuple(LoadColumn(name, kind, heading, place=places[heading]) for heading, kind in found)


def _read_as(value: Expression, kind: ColumnType) -> Iterator[tuple[str, ColumnType]]:
    if isinstance(value, str | Source):
        yield value if isinstance(value, str) else value.column, kind
    if isinstance(value, When):
        yield from readings_of_condition(value.when)
    for part in parts_of(value):
        yield from _read_as(part, kind)


def _place(heading: str, name: str, places: dict[str, int], plan: ReadPlan) -> int:
    if heading in places:
        return places[heading]
    meant = near_miss(heading, list(places))
    if meant:
        text = '{file}: the mapping makes "{column}" of "{heading}", which the file lacks; did you mean "{meant}"?'
        raise ImportFailed(message(text, file=plan.path, column=name, heading=heading, meant=meant))
    text = '{file}: the mapping makes "{column}" of "{heading}", which the file lacks.'
    raise ImportFailed(message(text, file=plan.path, column=name, heading=heading))


def _extras(
    plan: ReadPlan, mapping: Mapping, used: frozenset[str], names: set[str]
) -> tuple[list[LoadColumn], list[Message]]:
    taken = {name.casefold() for name in names | set(STANDARD)}
    extras: list[LoadColumn] = []
    notes: list[Message] = []
    for place, heading in enumerate(plan.headings):
        if not _kept(heading, mapping, used):
            continue
        name = _free_name(heading, taken)
        if name != heading:
            notes.append(message('The column "{heading}" is called "{name}" here.', heading=heading, name=name))
        taken.add(name.casefold())
        stated = mapping.types.get(heading)
        found = stated or (plan.types[place] if plan.types else None)
        extras.append(LoadColumn(name, found or ColumnType.TEXT, heading, (place,), place=place, guessed=found is None))
    return extras, notes


def _kept(heading: str, mapping: Mapping, used: frozenset[str]) -> bool:
    match mapping.keep:
        case "all":
            return heading not in used
        case "none":
            return False
        case listed:
            return heading in listed


def _free_name(heading: str, taken: set[str]) -> str:
    """The heading, or the like of it that no other column has (names differ in more than case)."""
    name = heading.lstrip(OWN_PREFIX) or heading.replace(OWN_PREFIX, "-")
    number = 1
    free = name
    while free.casefold() in taken:
        number += 1
        free = f"{name} ({number})"
    return free
