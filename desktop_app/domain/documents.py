"""Documents on disk: strict JSON in, frozen models, canonical JSON out; a bad document is refused whole."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from desktop_app.domain.document_faults import Refused, fault_of, json_reason, wrong_kind
from desktop_app.domain.problems import DocumentInvalid, message

MAX_DOCUMENT_BYTES = 4_000_000
MAX_DEPTH = 64
# A JSON number is read by most programs as a double, which keeps 15 digits.
MAX_DIGITS = 15
# A double ends here; as characters, with room for leading zeros.
MAX_EXPONENT = 308
MAX_NUMBER = 1_000
# So much of a long number stands in a sentence, and so many faults of a document.
_MOST_SHOWN = 20
_HALF = re.compile("[\ud800-\udfff]")

# How `to_json` asks for defaults to be left out; fingerprints keep them, so that a default that moves shows.
_BRIEF = {"brief": True}
# What a reader needs to tell one kind of document or action from another.
_ALWAYS_WRITTEN = {"greyline", "version", "kind"}


def plain_number(value: Decimal) -> int | float:
    """A Decimal of at most 15 digits as the JSON number that reads back to it."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    Field(max_digits=MAX_DIGITS, allow_inf_nan=False),
    PlainSerializer(plain_number, return_type=int | float, when_used="json"),
]


class Document(BaseModel):
    """A frozen value that can be written as JSON; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=False, validate_default=False)

    @model_serializer(mode="wrap")
    def _serialized(self, handler: SerializerFunctionWrapHandler, info: SerializationInfo) -> dict[str, Any]:
        value: dict[str, Any] = handler(self)
        if info.context == _BRIEF:
            for name, field in type(self).model_fields.items():
                if (
                    name not in _ALWAYS_WRITTEN
                    and not field.is_required()
                    and getattr(self, name) == field.get_default(call_default_factory=True)
                ):
                    value.pop(field.alias or name, None)
        return value

    def to_json(self) -> str:
        """Canonical JSON: keys in declared order, defaults left out, two spaces, newline at the end."""
        value = self.model_dump(mode="json", by_alias=True, context=_BRIEF)
        return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str, where: str) -> Self:
        """The document in `text`, or DocumentInvalid that names the place in `where` (a file's name)."""
        return validated(cls, parse_json(text, where), where)


D = TypeVar("D", bound=BaseModel)


def validated(model: type[D], value: object, where: str) -> D:
    """`value` (parsed JSON) as `model`; raises DocumentInvalid with one line for each fault."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        if other := wrong_kind(value, model, Document.__subclasses__(), where):
            raise DocumentInvalid(other) from error
        found = error.errors(include_url=False, include_input=False)
        faults = [fault_of(item, model, where) for item in found[:_MOST_SHOWN]]
        if len(found) > len(faults):
            faults.append(message("{file}: {count} more faults.", file=where, count=len(found) - len(faults)))
        raise DocumentInvalid(faults[0], tuple(faults[1:])) from error


def parse_json(text: str, where: str) -> object:
    """Strict JSON: exact decimals, no NaN, no duplicate keys, bounded size and depth."""
    if len(text) > MAX_DOCUMENT_BYTES:
        raise DocumentInvalid(
            message(
                "{file}: larger than {limit} characters; this is no Greyline document.",
                file=where,
                limit=MAX_DOCUMENT_BYTES,
            )
        )
    _check_depth(text, where)
    try:
        value = json.loads(
            text,
            parse_int=lambda number: int(_bounded(number)),
            parse_float=_bounded,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique_keys,
        )
        _check_texts(value)
    except json.JSONDecodeError as error:
        raise DocumentInvalid(
            message(
                "{file}, line {line}, column {column}: not valid JSON ({reason}).",
                file=where,
                line=error.lineno,
                column=error.colno,
                reason=json_reason(error.msg),
            )
        ) from error
    except Refused as refused:
        raise DocumentInvalid(message("{file}: {reason}", file=where, reason=refused.reason)) from refused
    return cast(object, value)


def _bounded(number: str) -> Decimal:
    """A number that a double can hold: writing others out takes for ever, and no threshold needs them."""
    try:
        value = Decimal(number) if len(number) <= MAX_NUMBER else None
    except InvalidOperation:
        value = None
    if value is None or abs(value.adjusted()) > MAX_EXPONENT:
        shown = number if len(number) <= _MOST_SHOWN else f"{number[:_MOST_SHOWN]}…"
        raise Refused(message("{name} is not a number that a document may hold.", name=shown))
    return value


def _check_texts(value: object) -> None:
    """Refuse half characters (lone surrogates) and NUL, which no file or database takes."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if "\0" in text or _HALF.search(text):
                raise Refused(message("a text holds a character that no file can keep."))
            case dict() as members:
                waiting.extend(members.keys())
                waiting.extend(members.values())
            case list() as entries:
                waiting.extend(entries)


def _refuse_constant(name: str) -> object:
    raise Refused(message("{name} is not a number that a document may hold.", name=name))


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(message('the key "{key}" stands twice in one object.', key=key))
        found[key] = value
    return found


def _check_depth(text: str, where: str) -> None:
    # Counted before parsing, since the parser itself would overflow on a hostile file.
    depth = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                quoted = False
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise DocumentInvalid(
                    message("{file}: nested more than {limit} levels deep.", file=where, limit=MAX_DEPTH)
                )
        elif character in "]}":
            depth -= 1
