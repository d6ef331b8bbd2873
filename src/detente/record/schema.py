"""The shape of a record file as a JSON Schema, made from the models that read it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from detente.record.entries import SECTIONS
from detente.record.load import SHORT, DossierHead

__all__ = ["record_schema"]


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``dossier.yaml`` and of record files."""
    models: list[type[BaseModel]] = [DossierHead, *SECTIONS.values()]
    refs, shared = models_json_schema(
        [(model, "validation") for model in models],
        by_alias=True,
        ref_template="#/$defs/{model}",
    )
    definitions = shared["$defs"]
    sections: dict[str, Any] = {}
    for section, model in SECTIONS.items():
        entry: dict[str, Any] = refs[(model, "validation")]
        if section in SHORT:
            entry = {"anyOf": [entry, {"type": "string"}]}
        sections[section] = {
            "type": ["object", "null"],
            "description": (model.__doc__ or "").split("\n")[0],
            "propertyNames": {"pattern": r"^[^\W\d][\w-]*$"},
            "additionalProperties": entry,
        }
    head = definitions.pop("DossierHead")["properties"]
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a détente dossier: dossier.yaml or record/*.yaml",
        "type": "object",
        "properties": {**head, **sections},
        "additionalProperties": False,
        "$defs": definitions,
    }
    _as_written(schema)
    return schema


#: what a value may be where the models want a text, a whole number, or true or false. All values
#: are text to the reader; to an editor `5` and `true` are so only in quotation marks
_WRITTEN: dict[str, dict[str, Any]] = {
    "string": {"type": ["string", "number", "boolean"]},
    "integer": {"type": ["integer", "string"], "pattern": r"^[-+]?[0-9]+$"},
    "boolean": {
        "type": ["boolean", "string"],
        "pattern": r"^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$",
    },
}


def _as_written(schema: Any) -> None:
    """Let a value be given as a text or, where it looks like one, as a number or truth value."""
    if isinstance(schema, list):
        for part in schema:
            _as_written(part)
    elif isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str) and kind in _WRITTEN and not {"enum", "const"} & set(schema):
            schema.update(_WRITTEN[kind])
        for part in schema.values():
            _as_written(part)
