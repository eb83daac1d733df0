"""How the columns of a prepared table are made: in layers, each over the loaded columns and the layers before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlglot import exp

from desktop_app.domain.book import Book
from desktop_app.domain.scenario import Assumptions, Stress
from desktop_app.engine import expressions as sql
from desktop_app.engine.derived import derived_trees
from desktop_app.engine.measures import CLASS, parts_of, stored_columns
from desktop_app.engine.rates import (
    Lookup,
    Named,
    before_rates,
    capital_rate,
    default_chances,
    looked_up,
    outcomes,
    rates,
    standing,
)
from desktop_app.engine.schema import Fields, own
from desktop_app.engine.stress import UNSTRESSED_PD, UNSTRESSED_SCORE, stressed_columns
from desktop_app.figures.measures import measures_of
from desktop_app.figures.types import Day

# Columns by their names in the table.
Layer: TypeAlias = tuple[tuple[str, exp.Expr], ...]

# Steps on the way that nobody reads later.
UNREAD = frozenset(map(own, (UNSTRESSED_PD, UNSTRESSED_SCORE, "loaded_pd", "looked_up")))
_KEPT = {"pd": UNSTRESSED_PD, "score": UNSTRESSED_SCORE}


@dataclass(frozen=True)
class Recipe:
    """How a table is made of the loaded columns.

    Attributes: moved replaces loaded columns; standing, which comes next, treats every account as its user's only one;
    after are the layers that follow; of these anew has what rests on a user's sums.
    """

    day: Day
    moved: Layer
    standing: Layer
    after: tuple[Layer, ...]
    anew: Layer = ()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """All layers, in their order."""
        return (self.moved, self.standing, *self.after)

    def texts(self, lookup: Lookup | None = None) -> dict[str, str]:
        """What each column is made of; alike for two tables where it is the same."""
        found = {name: sql.to_sql(tree) for layer in self.layers for name, tree in layer}
        if lookup is None:
            return found
        return {name: text.replace(lookup.name.upper(), lookup.about) for name, text in found.items()}


def as_of_recipe(book: Book, supposed: Assumptions, stress: Stress, lookup: Lookup) -> Recipe:
    """The table of the as-of date."""
    fields = Fields.of(book)
    has_pd = "pd" in fields.columns
    kept = [(own(name), sql.column(loaded)) for loaded, name in _KEPT.items() if loaded in fields.columns]
    # Nobody comes into default by a stress.
    first = [*standing(fields, own(UNSTRESSED_PD) if has_pd else "pd"), *before_rates(fields, supposed, stress)]
    return Recipe(
        "as_of",
        (*kept, *stressed_columns(stress, fields).items()),
        (*derived_trees(fields).items(), *_own(first)),
        (
            _own(default_chances(book, fields, stress)),
            _own(looked_up(fields, lookup)),
            _own(rates(fields, lookup)),
            _summed("as_of"),
        ),
        _own([("pk", capital_rate(fields, lookup))]),
    )


def evidence_recipe(book: Book) -> Recipe:
    """The table of the evidence date, which is never stressed."""
    fields = Fields.of(book)
    first = (*derived_trees(fields).items(), *_own(standing(fields)))
    return Recipe("evidence", (), first, (_own(outcomes(fields)), _summed("evidence")))


def with_layer(query: str, layer: Iterable[tuple[str, exp.Expr]], there: set[str], window: str = "") -> str:
    """The text of a query with a layer of columns; those that are `there` are replaced, the others join them."""
    columns = list(layer)
    if not columns:
        return query
    old, new = (
        [sql.to_sql(sql.named(tree, name)) for name, tree in columns if (name in there) is known]
        for known in (True, False)
    )
    there.update(name for name, _ in columns)
    star = f"* REPLACE ({', '.join(old)})" if old else "*"
    return f"SELECT {', '.join((star, *new))} FROM ({query}){window}"


def _summed(day: Day) -> Layer:
    """The columns that measures are added up from."""
    stored: Mapping[str, str] = stored_columns(parts_of(measures_of(day)))
    return tuple(
        (name, sql.parsed(text) if name == CLASS else sql.cast(sql.parsed(text), "bigint"))
        for text, name in stored.items()
    )


def _own(columns: Named) -> Layer:
    return tuple((own(name), tree) for name, tree in columns)
