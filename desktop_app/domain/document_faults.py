"""What is wrong with a document, in sentences: validators refuse by a message, and pydantic's reasons become some."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from desktop_app.domain.problems import Message, message
from desktop_app.domain.spelling import near_miss

# Documents by the word that each begins with.
_KINDS = {
    "policy": message("a policy"),
    "mapping": message("a mapping"),
    "scenario": message("a scenario"),
    "template": message("a template of a rule"),
    "settings": message("Greyline's settings"),
}
_TEXT = message("a text is expected")
_WHOLE = message("a whole number is expected")
_NUMBER = message("a number is expected")
_TRUTH = message("true or false is expected")
_DATE = message("a date such as 2026-01-31 is expected")
_LIST = message("a list is expected")
_OBJECT = message("an object with keys is expected")
# What pydantic calls its errors, with a sentence over the values that it gives along.
_REASONS = {
    "missing": message("this key is required"),
    "string_type": _TEXT,
    "string_too_short": message("at least {min_length} characters are expected"),
    "string_too_long": message("at most {max_length} characters are expected"),
    "string_pattern_mismatch": message("the text does not have the form {pattern}"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_max_digits": message("a number may have at most {max_digits} digits"),
    "greater_than_equal": message("a number of {ge} or more is expected"),
    "greater_than": message("a number above {gt} is expected"),
    "less_than_equal": message("a number of {le} or less is expected"),
    "less_than": message("a number below {lt} is expected"),
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "literal_error": message("one of these is expected: {expected}"),
    "enum": message("one of these is expected: {expected}"),
    "union_tag_invalid": message('"{tag}" is none of these: {expected_tags}'),
    "union_tag_not_found": message("this is none of the forms that may stand here"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "too_short": message("at least {min_length} entries are expected"),
    "too_long": message("at most {max_length} entries are expected"),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


# How the JSON parser's reasons begin.
_JSON_REASONS = {
    "Expecting value": message("a value is expected"),
    "Expecting property name": message("a key in double quotes is expected"),
    "Expecting ','": message("a comma is expected"),
    "Expecting ':'": message("a colon is expected"),
    "Extra data": message("the document should have ended before"),
    "Illegal trailing comma": message("nothing follows the comma"),
    "Unterminated string": message("the text has no closing quote"),
    "Invalid": message("the text has a wrong escape or control character"),
    "Unexpected UTF-8 BOM": message("it begins with a byte order mark"),
}


class Refused(ValueError):
    """A validator's refusal, with its reason for the analyst.

    Attributes: reason is part of a sentence, without a full stop.
    """

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def fault_of(item: ErrorDetails, model: type[BaseModel], where: str) -> Message:
    """One error of pydantic as a sentence that names the file and the place."""
    place = ".".join(str(part) for part in item["loc"]) or "document"
    if item["type"] != "extra_forbidden":
        return message("{file}: {place}: {reason}.", file=where, place=place, reason=_reason(item))
    name = str(item["loc"][-1])
    # A key may be known elsewhere in the document and yet not belong here.
    meant = near_miss(name, [known for known in _field_names(model) if known != name])
    if meant is None:
        return message('{file}: {place}: unknown key "{name}".', file=where, place=place, name=name)
    text = '{file}: {place}: unknown key "{name}"; did you mean "{meant}"?'
    return message(text, file=where, place=place, name=name, meant=meant)


def json_reason(said: str) -> Message:
    """Why a text is no JSON, from what the parser said."""
    return next((reason for begin, reason in _JSON_REASONS.items() if said.startswith(begin)), Message(said))


def wrong_kind(value: object, model: type[BaseModel], others: Sequence[type[BaseModel]], where: str) -> Message | None:
    """What is told of a document that is one of `others` instead of `model`; None where it is none of them."""
    own, found = kind_of(model), _kind_found(value, model, others)
    if own is None or found is None or found == own:
        return None
    text = "{file}: this is {found}, not {expected}."
    return message(text, file=where, found=_KINDS[found], expected=_KINDS[own])


def kind_of(model: type[BaseModel]) -> str | None:
    """The word that documents of that model begin with; None for parts of documents."""
    field = model.model_fields.get("greyline")
    return str(field.default) if field else None


def _kind_found(value: object, model: type[BaseModel], others: Sequence[type[BaseModel]]) -> str | None:
    """The kind that a document says it is, else the only one that has all of its keys."""
    if not isinstance(value, dict) or not value:
        return None
    if isinstance(stated := value.get("greyline"), str):
        return stated if stated in _KINDS else None
    keys = {key for key in value if isinstance(key, str)}
    if keys <= set(model.model_fields):
        return None
    fitting = [other for other in others if kind_of(other) in _KINDS and keys <= set(other.model_fields)]
    return kind_of(fitting[0]) if len(fitting) == 1 else None


def _reason(item: ErrorDetails) -> Message:
    values: dict[str, Any] = item.get("ctx", {})
    if isinstance(refused := values.get("error"), Refused):
        return refused.reason
    known = _REASONS.get(item["type"])
    if known is None:
        return message("it cannot be taken ({reason})", reason=str(item["msg"]))
    # Lists come as English: 'a', 'b' or 'c'.
    return Message(known.text, tuple((name, str(value).replace(" or ", ", ")) for name, value in values.items()))


@cache
def _field_names(model: type[BaseModel]) -> list[str]:
    """Every key that a model or a model inside it may hold."""
    names: set[str] = set()
    schema = model.model_json_schema()
    for definition in [schema, *schema.get("$defs", {}).values()]:
        names.update(definition.get("properties", {}))
    return sorted(names)
