"""The report: one HTML file that needs nothing else, for a committee to read or to print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desktop_app.domain.problems import message
from desktop_app.reports.export import Export, Picture, named
from desktop_app.reports.page_blocks import Section
from desktop_app.reports.page_data import assumptions, data, fingerprints
from desktop_app.reports.page_figures import appendix, charts, figures, summary
from desktop_app.reports.page_policy import changes, policy, rules
from desktop_app.reports.page_tables import groups, reasons, transitions
from desktop_app.reports.table_words import currency_words
from desktop_app.text.resources import bundled
from desktop_app.text.words import Words


def report_html(export: Export, words: Words, pictures: Sequence[Picture] = ()) -> str:
    """The whole report in the language of `words`; the same inputs give the same text."""
    page = _templates().get_template("report.html")
    counts = {"accounts": export.book.accounts, "users": export.book.users}
    return page.render(
        lang=words.language.locale.replace("_", "-"),
        kind=words.say(message("Impact of a credit policy")),
        title=_title(export, words),
        about=(
            export.book.name,
            words.say(message("as of {day}", day=export.book.as_of)),
            words.say(message("{accounts} accounts, {users} users", **counts)),
            words.say(message("amounts in {currency}", currency=currency_words(export.book.currency))),
        ),
        contents=words.translate("Contents"),
        sections=_sections(export, words, pictures),
        made=words.say(message("Made with Greyline {version}.", version=export.version)),
    )


def _title(export: Export, words: Words) -> str:
    scenario, baseline = (named(one, words) for one in (export.scenario, export.baseline))
    return words.say(message("{scenario} beside {baseline}", scenario=scenario, baseline=baseline))


def _sections(export: Export, words: Words, pictures: Sequence[Picture]) -> list[Section]:
    parts = (
        summary(export, words),
        charts(export, words, pictures),
        changes(export, words),
        figures(export, words),
        policy(export, words),
        rules(export, words),
        reasons(export, words),
        groups(export, words),
        transitions(export, words),
        assumptions(export, words),
        data(export, words),
        fingerprints(export, words),
        appendix(export, words),
    )
    return [part for part in parts if part is not None]


@cache
def _templates() -> Environment:
    # Every text is escaped, whatever file it goes into; a name that a template gets wrong is an error.
    loader = FileSystemLoader(bundled("resources", "report"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
