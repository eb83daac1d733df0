"""A prepared table under a stress or other assumptions: only the columns that these change are made anew.

They stand in a table of their own, row by row beside the table that has the others; a view puts both together under
the names that every question asks by.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from sqlglot import exp

from desktop_app.domain.book import Book
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.watch import Watch
from desktop_app.engine import expressions as sql
from desktop_app.engine.connection import Connection, interruptible
from desktop_app.engine.prepare import Prepared, prepared_key, tables_of
from desktop_app.engine.proof import measured_totals
from desktop_app.engine.rates import rate_lookup
from desktop_app.engine.recipes import Recipe, as_of_recipe, with_layer
from desktop_app.engine.several import ROW, SAME_USER, of_users
from desktop_app.engine.stress import check_groups

# Larger books have their columns on disk: memory is written five times as fast, but a hundred bytes an account add up.
_MOST_IN_MEMORY = 2_000_000


def revised(cursor: Connection, base: Prepared, book: Book, scenario: Scenario, watch: Watch) -> Prepared:
    """What `base`, prepared without stress at the same date, is under a scenario's stress and assumptions.

    Raises BookUnusable where the database cannot, or the book lacks what the stress is by.
    """
    check_groups(scenario.stress, base.fields)
    key = prepared_key(book, scenario)
    with interruptible(cursor, watch), rate_lookup(cursor, key, scenario.assumptions) as lookup:
        recipe = as_of_recipe(book, scenario.assumptions, scenario.stress, lookup)
        revision = _Revision(cursor, recipe, _changed(recipe, base.made, recipe.texts(lookup)))
        tables, place = tables_of(book, key), "memory.main" if book.accounts <= _MOST_IN_MEMORY else "prepared"
        beside = [f'{place}."beside_{key[:16]}{kind}"' for kind in ("", "_shared")]
        watch.check()
        if base.shared:
            revision.make(base.shared, beside[1], tables.shared, several=True)
        watch.check()
        revision.make(base.table, beside[0], tables.accounts)
        if base.shared and "user_balance" in revision.changed:
            cursor.execute(
                f"UPDATE {beside[0]} SET user_balance = u.user_balance FROM {tables.shared} AS u "
                f"WHERE {beside[0]}.rowid = u.{ROW}"
            )
        totals = measured_totals(cursor, tables.accounts, base.fields)
    views = (tables.accounts, *([tables.shared] if base.shared else ()))
    return replace(
        base,
        key=key,
        table=tables.accounts,
        shared=tables.shared if base.shared else None,
        totals=totals,
        counted={},
        unknown={},
        base=base,
        drops=(
            *(f"DROP VIEW IF EXISTS {view}" for view in views),
            *(f"DROP TABLE IF EXISTS {table}" for table in beside),
        ),
    )


def _changed(recipe: Recipe, before: Mapping[str, str], after: Mapping[str, str]) -> Set[str]:
    """The columns that are made in another way than before, or of columns that are."""
    found: set[str] = set()
    for layer in recipe.layers:
        found |= {
            name
            for name, tree in layer
            if after[name] != before.get(name) or any(part.name in found for part in tree.find_all(exp.Column))
        }
    return found


@dataclass(frozen=True)
class _Revision:
    """A recipe of which some columns are changed."""

    cursor: Connection
    recipe: Recipe
    changed: Set[str]

    def make(self, table: str, beside: str, view: str, *, several: bool = False) -> None:
        """The changed columns of a table, and the view of both; `several` are accounts of users with several."""
        columns = [row[0] for row in self.cursor.execute(f"DESCRIBE {table}").fetchall()]
        anew = [name for name in columns if name in self.changed]
        named = {name: sql.to_sql(sql.column(name)) for name in columns}
        if anew:
            query = self._query(table, set(columns), several)
            text = f"SELECT {', '.join(named[name] for name in anew)} FROM ({query})"
            self.cursor.execute(f"CREATE OR REPLACE TABLE {beside} AS {text}")
        together = ", ".join(f"{'anew' if name in self.changed else 'kept'}.{named[name]}" for name in columns)
        joined = f" POSITIONAL JOIN {beside} AS anew" if anew else ""
        self.cursor.execute(
            f"CREATE OR REPLACE VIEW {view} AS SELECT kept.rowid AS rowid, {together} FROM {table} AS kept{joined}"
        )

    def _query(self, table: str, there: set[str], several: bool) -> str:
        """The table with the changed columns, and with those that it lacks."""
        query = f"SELECT * FROM {table}"
        for layer in self.recipe.layers:
            needed = [(name, tree.copy()) for name, tree in layer if name in self.changed or name not in there]
            query = with_layer(query, needed, there)
            if several and layer is self.recipe.standing:
                summed = [(name, sql.parsed(text)) for name, text in of_users(self.recipe.day).items()]
                together = [(name, tree) for name, tree in summed if name in self.changed]
                query = with_layer(query, together, there, f" {SAME_USER}")
        return query
