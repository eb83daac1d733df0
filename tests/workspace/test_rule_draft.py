"""A rule being written: what is read from a rule is the rule again, and every step of building does what it says."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.book import Column
from desktop_app.domain.columns import STANDARD_COLUMNS, ColumnType
from desktop_app.domain.conditions import AllOf, AnyOf, Comparison, Not, Operator
from desktop_app.domain.policy import OnMissing, Policy
from desktop_app.workspace.condition_draft import (
    Branch,
    GroupValues,
    Join,
    Leaf,
    branches,
    condition_of,
    draft_of,
    leaves,
    node_at,
    with_dissolved,
    with_inserted,
    with_moved,
    with_node,
    with_wrapped,
    without,
)
from desktop_app.workspace.matrix_draft import BandsDraft, MatrixDraft, first_bands, first_matrix
from desktop_app.workspace.rule_draft import RuleDraft
from desktop_app.workspace.templates import rule_templates
from tests.reference.policies import seeded_policy
from tests.reference.samples import LOW_SCORE, rule

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
A, B, C, D = (Leaf(id=name, field=name, value=Decimal(1)) for name in "abcd")
TREE = Branch(Join.ALL, (A, Branch(Join.ANY, (B, C)), D))


def compared(name: str) -> Comparison:
    return Comparison(id=name, field=name, operator=Operator.LESS, value=Decimal(1))


def names(root: Branch) -> list[str]:
    return [leaf.field for _, leaf in leaves(root)]


POLICIES = sorted(path for path in SAMPLES.glob("*/*.json") if path.name != "mapping.json")


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_rule_read_is_the_same_rule_again(path: Path) -> None:
    for one in Policy.from_json(path.read_text(encoding="utf-8"), path.name).rules:
        assert RuleDraft.of(one).rule() == one


def test_random_rules_are_the_same_again_but_for_groups_of_one() -> None:
    fields = [column.name for column in STANDARD_COLUMNS if column.name != "default_12m"]
    for seed in range(150):
        for one in Policy.model_validate(seeded_policy(seed, fields)).rules:
            written = RuleDraft.of(one).rule()
            assert written is not None
            assert written.model_copy(update={"condition": one.condition}) == one
            # A second reading finds nothing left to simplify.
            assert RuleDraft.of(written).rule() == written


def test_templates_are_the_same_rule_again() -> None:
    for template in rule_templates():
        assert RuleDraft.of(template.rule).rule() == template.rule


@pytest.mark.parametrize(
    ("condition", "join"),
    [
        (AllOf(all=(compared("a"), compared("b"))), Join.ALL),
        (AnyOf(any=(compared("a"), compared("b"))), Join.ANY),
        (Not(negated=AllOf(all=(compared("a"), compared("b")))), Join.NOT_ALL),
        (Not(negated=AnyOf(any=(compared("a"), compared("b")))), Join.NONE),
        (Not(negated=compared("a")), Join.NONE),
        (Not(negated=Not(negated=compared("a"))), Join.NONE),
    ],
)
def test_a_group_says_what_is_asked_of_its_parts(condition: AllOf | AnyOf | Not, join: Join) -> None:
    assert draft_of(condition).join is join
    assert condition_of(draft_of(condition)) == condition


def test_a_lone_comparison_is_a_group_of_one() -> None:
    assert draft_of(compared("a")) == Branch(Join.ALL, (A,))
    assert condition_of(Branch(Join.ANY, (A,))) == compared("a")


@pytest.mark.parametrize(
    "gap",
    [
        Branch(),
        Branch(Join.ALL, (A, Branch())),
        Branch(Join.ALL, (A, Leaf())),
        Branch(Join.ALL, (Leaf(field="a"),)),
        Branch(Join.ALL, (Leaf(field="a", value=Decimal(1), by=GroupValues("s", (("x", None),))),)),
    ],
)
def test_with_a_gap_there_is_no_condition(gap: Branch) -> None:
    assert condition_of(gap) is None


def test_a_grouping_without_groups_says_nothing() -> None:
    leaf = Leaf("a", "a", Operator.LESS, Decimal(1), GroupValues("segment"))
    assert condition_of(leaf) == compared("a")


def test_is_missing_takes_no_value_with_it() -> None:
    leaf = Leaf("a", "a", Operator.MISSING, Decimal(1), GroupValues("segment", (("x", Decimal(2)),)))
    assert condition_of(leaf) == Comparison(id="a", field="a", operator=Operator.MISSING)


def test_a_part_is_inserted_where_it_is_wanted() -> None:
    assert names(with_inserted(TREE, (1, 1), Leaf(field="x"))) == ["a", "b", "x", "c", "d"]


def test_the_last_part_takes_its_group_with_it() -> None:
    left = without(without(TREE, (1, 1)), (1, 0))
    assert left == Branch(Join.ALL, (A, D))


def test_the_root_stays_when_it_is_empty() -> None:
    assert without(Branch(Join.ANY, (A,)), (0,)) == Branch(Join.ANY)


def test_a_part_is_wrapped_and_dissolved_again() -> None:
    wrapped = with_wrapped(TREE, (0,), Join.NONE)
    assert node_at(wrapped, (0,)) == Branch(Join.NONE, (A,))
    assert with_dissolved(wrapped, (0,)) == TREE


def test_only_one_part_is_replaced() -> None:
    assert names(with_node(TREE, (1, 0), Leaf(field="x"))) == ["a", "x", "c", "d"]


@pytest.mark.parametrize(
    ("path", "by", "order", "where"),
    [
        ((0,), 1, ["b", "c", "a", "d"], (1,)),
        ((2,), -1, ["a", "d", "b", "c"], (1,)),
        ((1, 0), 1, ["a", "c", "b", "d"], (1, 1)),
        ((1, 0), -1, ["a", "b", "c", "d"], (1,)),
        ((1, 1), 1, ["a", "b", "c", "d"], (2,)),
        ((0,), -1, ["a", "b", "c", "d"], (0,)),
    ],
)
def test_a_part_moves_among_its_neighbours_and_out_of_its_group(
    path: tuple[int, ...], by: int, order: list[str], where: tuple[int, ...]
) -> None:
    moved, now = with_moved(TREE, path, by)
    assert names(moved) == order
    assert now == where
    assert node_at(moved, now) == node_at(TREE, path)


def test_the_only_part_leaves_no_empty_group_behind() -> None:
    lonely = Branch(Join.ALL, (Branch(Join.ANY, (A,)), B))
    assert with_moved(lonely, (0, 0), 1) == (Branch(Join.ALL, (A, B)), (0,))


def test_values_by_group_keep_their_order() -> None:
    by = GroupValues("segment").with_value("x", Decimal(1)).with_value("y", Decimal(2)).with_value("x", Decimal(3))
    assert by.values == (("x", Decimal(3)), ("y", Decimal(2)))
    assert by.without("x").values == (("y", Decimal(2)),)


def test_watching_skips_what_is_missing() -> None:
    draft = RuleDraft.of(Policy.model_validate({"id": "p", "rules": [rule("r", "block", on_missing="refer")]}).rules[0])
    assert draft.acting("watch").on_missing is OnMissing.SKIP
    assert draft.acting("refer").on_missing is OnMissing.REFER
    assert draft.acting("watch").rule() is not None


def test_another_kind_of_target_keeps_the_sizes_of_the_others() -> None:
    document = rule("r", {"kind": "cut", "target": {"kind": "percent", "percent": 40}}, LOW_SCORE)
    draft = RuleDraft.of(Policy.model_validate({"id": "p", "rules": [document]}).rules[0])
    assert (draft.target.percent, draft.target.multiple) == (40, 3)


GRID = MatrixDraft(
    BandsDraft("score", (Decimal(300), Decimal(600), Decimal(900))),
    BandsDraft("dti", (Decimal(0), Decimal(1), Decimal(2), Decimal(3))),
    "percent",
    ((Decimal(1), Decimal(2), Decimal(3)), (Decimal(4), None, Decimal(6))),
)


def test_a_split_band_gives_both_halves_its_cells() -> None:
    split = GRID.with_band_split("rows", 0)
    assert split.rows.edges == (300, 450, 600, 900)
    assert split.cells == (GRID.cells[0], GRID.cells[0], GRID.cells[1])
    assert GRID.with_band_split("columns", 2).cells[1] == (4, None, 6, 6)


@pytest.mark.parametrize(("band", "edges"), [(0, (0, 2, 3)), (1, (0, 2, 3)), (2, (0, 1, 3))])
def test_a_band_that_goes_is_taken_in_by_its_neighbour(band: int, edges: tuple[int, ...]) -> None:
    left = GRID.without_band("columns", band)
    assert left.columns is not None
    assert left.columns.edges == edges
    assert left.cells[0] == tuple(value for place, value in enumerate((1, 2, 3)) if place != band)


def test_the_last_band_stays() -> None:
    one = MatrixDraft(BandsDraft("score", (Decimal(0), Decimal(1))), cells=((None,),))
    assert one.without_band("rows", 0) == one


def test_columns_come_and_go() -> None:
    alone = GRID.over("columns", None)
    assert (alone.columns, alone.cells) == (None, ((1,), (4,)))
    again = alone.over("columns", GRID.columns)
    assert again.cells == ((1, 1, 1), (4, 4, 4))


def test_a_cell_and_an_edge_are_changed_alone() -> None:
    changed = GRID.with_cell(1, 1, Decimal(5)).with_edge("rows", 1, Decimal(640))
    assert changed.cells[1] == (4, 5, 6)
    assert changed.rows.edges == (300, 640, 900)


@pytest.mark.parametrize(
    ("column", "edges"),
    [
        (Column("score", ColumnType.NUMBER, Decimal(350), Decimal(950)), (350, 550, 750, 951)),
        (
            Column("dti", ColumnType.RATIO, Decimal(0), Decimal("3.2")),
            (0, Decimal("1.1"), Decimal("2.1"), Decimal("3.201")),
        ),
        (Column("days_past_due", ColumnType.INTEGER, Decimal(0), Decimal(0)), (0, 1)),
    ],
)
def test_the_first_bands_take_in_every_value(column: Column, edges: tuple[Decimal, ...]) -> None:
    assert first_bands(column).edges == edges
    assert first_matrix(column, Decimal(50)).cells == ((50,),) * (len(edges) - 1)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Branch:
    parts = draw(st.lists(st.none() if depth == 1 else st.one_of(st.none(), trees(depth - 1)), min_size=1, max_size=3))
    return Branch(draw(st.sampled_from(Join)), tuple(A if part is None else part for part in parts))


@given(trees(), st.data())
def test_moving_keeps_every_condition_and_goes_back_where_it_came_from(root: Branch, data: st.DataObject) -> None:
    numbered = root
    for number, (path, leaf) in enumerate(list(leaves(root))):
        numbered = with_node(numbered, path, replace(leaf, id=str(number)))
    path = data.draw(st.sampled_from([path for path, _ in leaves(numbered)]))
    by = data.draw(st.sampled_from([-1, 1]))
    moved, now = with_moved(numbered, path, by)
    assert node_at(moved, now) == node_at(numbered, path)
    assert sorted(leaf.id for _, leaf in leaves(moved)) == sorted(leaf.id for _, leaf in leaves(numbered))
    assert all(branch.parts for where, branch in branches(moved) if where)
    if len(now) == len(path):
        assert with_moved(moved, now, -by)[0] == numbered or now == path


@given(trees())
def test_what_is_built_reads_as_the_same_condition_again(root: Branch) -> None:
    built = condition_of(root)
    assert built is not None
    assert condition_of(draft_of(built)) == built
