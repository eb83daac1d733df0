"""Trees of SQL, and what is left of them."""

import gc

from sqlglot import exp

from desktop_app.engine import expressions as sql


def test_a_spent_tree_leaves_nothing_to_the_collector():
    gc.disable()
    try:
        query = sql.select_from(sql.relation("t"), [sql.named(sql.plus(sql.column("spent"), sql.whole(1)), "one")])
        assert "spent" in sql.last_sql(query)
        del query
        assert not [one for one in gc.get_objects() if isinstance(one, exp.Column) and one.name == "spent"]
    finally:
        gc.enable()
