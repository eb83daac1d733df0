"""The import page's state: what is proposed, what is in doubt, what would come of the rows."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from desktop_app.domain.mapping import CountWhere, MappedColumn, Mapping, Scale, ValueTable
from desktop_app.domain.problems import DocumentInvalid, ImportFailed, Message
from desktop_app.domain.watch import CancelWatch
from desktop_app.workspace.import_choices import ChoiceKind, ColumnChoice, choice_of, expression_of
from desktop_app.workspace.import_doubts import doubts_of
from desktop_app.workspace.import_draft import ImportDraft, free_target, import_job, look
from desktop_app.workspace.import_pace import Pace
from desktop_app.workspace.remembered import Remembered

HEADING = "account_id,credit_limit,balance,评分\n"
SCORE = ColumnChoice(ChoiceKind.HEADING, "评分")


@pytest.fixture
def remembered(tmp_path: Path) -> Remembered:
    return Remembered(tmp_path / "mappings.json")


def table(folder: Path, rows: str, heading: str = HEADING) -> Path:
    path = folder / "book.csv"
    path.write_text(heading + rows, encoding="utf-8")
    return path


def looked(path: Path, remembered: Remembered, **values: object) -> ImportDraft:
    draft = look(ImportDraft.begin(path), remembered, CancelWatch())
    return look(draft.changed(**values), remembered, CancelWatch()) if values else draft


def test_usual_headings_are_proposed(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100,50,600\n"), remembered)
    assert draft.choice("score") == SCORE
    assert draft.choice("account_id").heading == "account_id"


def test_a_book_without_dates_needs_one(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100,50,600\n"), remembered)
    assert [fault.place for fault in draft.faults()] == ["as_of"]
    assert not draft.ready


def test_a_stated_date_makes_it_ready(tmp_path: Path, remembered: Remembered) -> None:
    assert looked(table(tmp_path, "a,100,50,600\n"), remembered, as_of="2026-01-31").ready


def test_rows_are_shown_as_they_will_be_stored(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100.5,50,600\n"), remembered, as_of="2026-01-31")
    assert draft.sample is not None
    row = dict(zip((name for name, _ in draft.sample.columns), draft.sample.rows[0], strict=True))
    assert (row["credit_limit"], row["score"], row["snapshot_date"]) == (Decimal("100.5"), 600, date(2026, 1, 31))


def test_rejects_are_foretold_with_their_line(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100,50,600\nb,-5,50,600\n"), remembered, as_of="2026-01-31")
    assert draft.sample is not None
    assert draft.sample.report is not None
    assert [(one.line, one.column) for one in draft.sample.report.rejects] == [(3, "credit_limit")]


def test_a_long_file_is_only_sampled(tmp_path: Path, remembered: Remembered) -> None:
    rows = "".join(f"{number:06d},100,50,600\n" for number in range(10_000))
    draft = looked(table(tmp_path, rows), remembered, as_of="2026-01-31")
    assert draft.sample is not None
    assert draft.sample.report is not None
    assert (draft.sample.whole, draft.sample.report.rows_rejected) == (False, 0)
    assert draft.sample.report.rows_in == pytest.approx(2000, abs=2)
    assert draft.sample.rows_expected == pytest.approx(10_000, rel=0.05)


def test_a_packed_file_is_sampled(tmp_path: Path, remembered: Remembered) -> None:
    rows = "".join(f"{number:06d},100,50,600\n" for number in range(3_000))
    path = tmp_path / "book.csv.gz"
    path.write_bytes(gzip.compress((HEADING + rows).encode("gb18030")))
    draft = looked(path, remembered, as_of="2026-01-31")
    assert draft.sample is not None
    assert draft.sample.problem is None
    assert draft.choice("score") == SCORE


def test_a_parquet_file_is_sampled(tmp_path: Path, remembered: Remembered) -> None:
    path = tmp_path / "book.parquet"
    frame = pd.DataFrame({"account_id": [f"{n:05d}" for n in range(5_000)], "credit_limit": 10.0, "balance": 1.0})
    frame.to_parquet(path)
    draft = looked(path, remembered, as_of="2026-01-31")
    assert draft.sample is not None
    assert (len(draft.sample.rows), draft.sample.rows_expected) == (20, 5_000)


def test_a_doubt_holds_the_loading_up(tmp_path: Path, remembered: Remembered) -> None:
    path = table(tmp_path, "a,100,50,03/04/2026\n", "account_id,credit_limit,balance,snapshot_date\n")
    assert not looked(path, remembered).ready


def test_answering_the_doubt_settles_it(tmp_path: Path, remembered: Remembered) -> None:
    path = table(tmp_path, "a,100,50,03/04/2026\n", "account_id,credit_limit,balance,snapshot_date\n")
    draft = looked(path, remembered)
    assert draft.plan is not None
    answer = doubts_of(draft.plan)[0].answers[1]
    settled = look(draft.with_read(**dict(answer.options)), remembered, CancelWatch())
    assert settled.ready
    assert settled.sample is not None
    assert date(2026, 3, 4) in settled.sample.rows[0]


@pytest.mark.parametrize(
    ("number", "labels"),
    [("(5)", ["(1.00) is −1.00", "Reject such values"]), ("5%", ["12.5% is 0.125", "Reject such values"])],
)
def test_every_convention_has_its_answers(
    tmp_path: Path, remembered: Remembered, number: str, labels: list[str]
) -> None:
    rows = "".join(f"{n},100,50,{number}\n" for n in range(10))
    draft = looked(table(tmp_path, rows), remembered)
    assert draft.plan is not None
    assert [str(answer.label) for answer in doubts_of(draft.plan)[0].answers] == labels


def test_rounded_ids_are_settled_by_an_answer(tmp_path: Path, remembered: Remembered) -> None:
    path, rows = tmp_path / "book.xlsx", [["account_id", "credit_limit", "balance"], [10**17, 9, 5], ["a", 9, 5]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    draft = looked(path, remembered, as_of="2026-01-31")
    assert draft.plan is not None
    (doubt,) = doubts_of(draft.plan)
    assert [str(answer.label) for answer in doubt.answers] == ["Keep such ids", "Reject such rows"]
    settled = look(draft.with_read(**dict(doubt.answers[1].options)), remembered, CancelWatch())
    assert settled.ready
    assert settled.sample is not None
    assert settled.sample.report is not None
    assert [(reject.line, reject.column) for reject in settled.sample.report.rejects] == [(2, "account_id")]


@pytest.mark.parametrize(("answer", "missing", "rejected"), [(0, 8, 0), (1, 0, 8)])
def test_words_that_may_be_missing_values_are_settled_by_an_answer(
    tmp_path: Path, remembered: Remembered, answer: int, missing: int, rejected: int
) -> None:
    path = table(tmp_path, "".join(f"{n},100,50,{'NULL' if n % 2 else n}\n" for n in range(16)))
    draft = looked(path, remembered, as_of="2026-01-31")
    assert draft.plan is not None
    (doubt,) = doubts_of(draft.plan)
    settled = look(draft.with_read(**dict(doubt.answers[answer].options)), remembered, CancelWatch())
    assert settled.ready
    assert settled.sample is not None
    assert settled.sample.report is not None
    assert settled.sample.report.rows_rejected == rejected
    assert dict(settled.sample.report.missing).get("score", 0) == missing


def test_ids_of_users_that_are_not_there_are_left_out_by_an_answer(tmp_path: Path, remembered: Remembered) -> None:
    rows = "".join(f"{n},100,50,\n" for n in range(9))
    draft = looked(table(tmp_path, rows, "account_id,credit_limit,balance,user_id\n"), remembered, as_of="2026-01-31")
    assert draft.plan is not None
    ((answer,),) = (doubt.answers for doubt in doubts_of(draft.plan))
    settled = look(draft.with_choice(answer.column, answer.choice), remembered, CancelWatch())
    assert settled.ready
    assert settled.sample is not None
    assert settled.sample.report is not None
    assert settled.sample.report.rows_rejected == 0


@pytest.mark.parametrize(("answer", "stored", "rejected"), [(0, Decimal("0.146"), 0), (1, None, 20)])
def test_a_share_in_percent_is_settled_by_an_answer(
    tmp_path: Path, remembered: Remembered, answer: int, stored: Decimal | None, rejected: int
) -> None:
    path = table(tmp_path, "".join(f"{n},100,50,14.6\n" for n in range(20)), "account_id,credit_limit,balance,apr\n")
    draft = looked(path, remembered, as_of="2026-01-31")
    assert draft.plan is not None
    chosen = doubts_of(draft.plan)[0].answers[answer]
    settled = look(draft.with_choice(chosen.column, chosen.choice), remembered, CancelWatch())
    assert settled.ready
    assert settled.sample is not None
    assert settled.sample.report is not None
    assert settled.sample.report.rows_rejected == rejected
    assert stored is None or stored in settled.sample.rows[0]


def test_another_heading_line_proposes_anew(tmp_path: Path, remembered: Remembered) -> None:
    path = table(tmp_path, HEADING + "a,100,50,600\n", "one,two,three,four\n")
    draft = looked(path, remembered)
    assert draft.choice("score").kind is ChoiceKind.NONE
    assert look(draft.with_read(header_row=2), remembered, CancelWatch()).choice("score") == SCORE


def test_what_was_chosen_away_stays_away(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100,50,600\n"), remembered).with_choice("score", ColumnChoice())
    assert "score" not in look(draft, remembered, CancelWatch()).mapping().columns


def test_a_confirmed_mapping_is_recalled(tmp_path: Path, remembered: Remembered) -> None:
    path = table(tmp_path, "a,100,50,600\n")
    draft = looked(path, remembered, as_of="2026-01-31", currency="CNY")
    import_job(draft, tmp_path / "a.greyline", remembered)(CancelWatch()).close()
    again = looked(path, remembered)
    assert (again.recalled, again.ready, again.currency, again.as_of) == (True, True, "CNY", "2026-01-31")


def test_job_cancelled_late_leaves_the_project_closed(tmp_path: Path, remembered: Remembered) -> None:
    draft, watch = looked(table(tmp_path, "a,100,50,600\n"), remembered, as_of="2026-01-31"), CancelWatch()
    project = import_job(draft, tmp_path / "a.greyline", remembered)(watch)
    watch.cancel()
    project = type(project).open(tmp_path / "a.greyline")
    project.close()


def test_what_the_page_cannot_show_is_kept(tmp_path: Path, remembered: Remembered) -> None:
    count = CountWhere(count=("评分",), operator=">", value=Decimal(3))
    draft = looked(table(tmp_path, "a,100,50,600\n"), remembered)
    columns = {**draft.mapping().columns, "inquiries_3m": MappedColumn(value=count)}
    stated = Mapping(currency="CNY", columns=columns, keep=("评分", "gone"))
    mapping = draft.with_mapping(stated).mapping()
    assert mapping.columns["inquiries_3m"].value == count
    assert mapping.keep == ("评分",)


def test_wrong_currency_is_at_fault(tmp_path: Path, remembered: Remembered) -> None:
    draft = looked(table(tmp_path, "a,100,50,600\n"), remembered, as_of="2026-01-31", currency="yuan")
    assert [fault.place for fault in draft.faults()] == ["currency"]


def test_an_unreadable_file_is_told(tmp_path: Path, remembered: Remembered) -> None:
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(ImportFailed, match=r"empty\.csv"):
        looked(tmp_path / "empty.csv", remembered)


def test_choices_become_expressions_and_back() -> None:
    for choice in (
        SCORE,
        ColumnChoice(ChoiceKind.SCALE, "评分", "0.01"),
        ColumnChoice(ChoiceKind.TABLE, "评分", "600: 0.12; 700: 0.05; 0.01"),
        ColumnChoice(ChoiceKind.CONSTANT, "", "0.45"),
    ):
        assert choice_of(MappedColumn(value=expression_of("pd", choice))) == choice


def test_factor_and_table() -> None:
    assert expression_of("pd", ColumnChoice(ChoiceKind.SCALE, "x", " 0.01 ")) == Scale(scale="x", by=Decimal("0.01"))
    table_of_pd = expression_of("pd", ColumnChoice(ChoiceKind.TABLE, "x", "600：0.12；0.01"))
    assert isinstance(table_of_pd, ValueTable)
    assert [(row.below, row.value) for row in table_of_pd.rows] == [(600, Decimal("0.12")), (None, Decimal("0.01"))]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("scale", "a lot"), ("scale", "NaN"), ("table", "700: 1; 600: 2"), ("table", ""), ("constant", "x")],
)
def test_an_unusable_value_is_told(kind: str, value: str) -> None:
    with pytest.raises(DocumentInvalid, match="PD"):
        expression_of("pd", ColumnChoice(ChoiceKind(kind), "x", value))


def test_the_project_takes_a_free_name(tmp_path: Path) -> None:
    (tmp_path / "book.greyline").write_text("")
    assert free_target(tmp_path, Path("book.csv.gz")) == tmp_path / "book 2.greyline"


def test_pace_tells_rate_and_time_left() -> None:
    times = iter((0.0, 2.0))
    pace = Pace(1000, lambda: next(times))
    stage = Message("Reading")
    assert str(pace.told(stage, 0, 100)) == "Reading: about 0 of 1000 rows"
    assert str(pace.told(stage, 25, 100)) == "Reading: about 250 of 1000 rows, 125 rows/s, 6 s left"


def test_pace_says_the_stage_where_the_end_is_unknown() -> None:
    assert str(Pace(1000).told(Message("Reading"), 5, None)) == "Reading"
