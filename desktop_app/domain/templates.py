"""Templates of rules: what an analyst begins with, one JSON document each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from desktop_app.domain.document_faults import Refused
from desktop_app.domain.documents import Document
from desktop_app.domain.policy import Cause, Identifier, PolicySettings, Rule, Wording
from desktop_app.domain.problems import message


class Source(Document):
    """Where a legal requirement stands.

    Attributes: date is the day it was issued.
    """

    title: Wording
    date: date


class RuleTemplate(Document):
    """A rule to begin with.

    Attributes: templates are offered by the rule's cause, within it by rising order; about says what the rule is
    for; settings are what the rule needs of the whole policy; source is where a legal requirement stands.
    """

    greyline: Literal["template"] = "template"
    version: Literal[1] = 1
    id: Identifier
    order: Annotated[int, Field(ge=0)]
    about: Wording
    settings: PolicySettings | None = None
    source: Source | None = None
    rule: Rule

    @model_validator(mode="after")
    def _law_has_its_source(self) -> RuleTemplate:
        legal = self.rule.reason.cause is Cause.REGULATION
        if legal != (self.source is not None):
            raise Refused(message("a template of the cause regulation names its source, and no other does"))
        if legal and self.rule.enabled:
            text = "a template of the cause regulation is switched off until counsel has confirmed it"
            raise Refused(message(text))
        return self
