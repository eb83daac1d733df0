"""Ids as codes that nobody can turn back without the project's key: HMAC-SHA256 (RFC 2104), written in SQL.

A plain hash would not do: all telephone numbers of a country are hashed within the hour. The key belongs to the
project, so the same account has the same code in every export of it, and another one in every other project.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from sqlglot import exp

from desktop_app.engine import expressions as sql

# Characters of a code: 128 of the hash's 256 bits, beyond any chance that two ids share one.
CODE_LENGTH: Final = 32

_PURPOSE = b"greyline masked ids"
_BLOCK = 64
_INNER, _OUTER = 0x36, 0x5C


def masking_key(project_id: str) -> bytes:
    """The key of a project, made of its id, which is random and never leaves the project."""
    return hmac.digest(project_id.encode(), _PURPOSE, hashlib.sha256)


def code_of(text: str, key: bytes) -> str:
    """The code of one id, as `masked` makes those of a column."""
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()[:CODE_LENGTH]


def masked(text: exp.Expr, key: bytes) -> exp.Expr:
    """The code of a text column: the first CODE_LENGTH hexadecimal digits of HMAC-SHA256(key, UTF-8 bytes)."""
    inner = _hash(_joined(_pad(key, _INNER), exp.Anonymous(this="encode", expressions=[text])))
    whole = _hash(_joined(_pad(key, _OUTER), exp.Anonymous(this="unhex", expressions=[inner])))
    return exp.Anonymous(this="left", expressions=[whole, sql.whole(CODE_LENGTH)])


def _pad(key: bytes, mask: int) -> exp.Expr:
    """The key, filled up to a block of the hash, with every byte XORed."""
    padded = bytes(byte ^ mask for byte in key.ljust(_BLOCK, b"\0"))
    return exp.Anonymous(this="unhex", expressions=[sql.text(padded.hex())])


def _hash(data: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="sha256", expressions=[data])


def _joined(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return sql.bracketed(exp.DPipe(this=left, expression=right))
