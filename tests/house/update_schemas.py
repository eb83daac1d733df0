"""Writes the JSON Schemas of the documents that users write: `python -m tests.house.update_schemas`."""

from __future__ import annotations

import json

from desktop_app.domain.documents import Document
from desktop_app.domain.mapping import Mapping
from desktop_app.domain.policy import Policy
from desktop_app.domain.scenario import Scenario
from desktop_app.domain.templates import RuleTemplate
from tests.house.sentences import CHECKOUT

SCHEMAS = CHECKOUT / "resources" / "schema"
DOCUMENTS: dict[str, type[Document]] = {
    "mapping": Mapping,
    "policy": Policy,
    "scenario": Scenario,
    "template": RuleTemplate,
}


def schema_text(model: type[Document]) -> str:
    """The JSON Schema (draft 2020-12) of a document, as its file holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write all of them."""
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for name, model in DOCUMENTS.items():
        (SCHEMAS / f"{name}.schema.json").write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    main()
