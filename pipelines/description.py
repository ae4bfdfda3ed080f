"""The Frictionless description of a version: every table, column and key, for any program."""

import json
from typing import Final

import pyarrow as pa

from pipelines.columns import Table
from pipelines.manifest import Part
from pipelines.tables import CONTRACT_VERSION, DATASET

DESCRIPTION: Final = "datapackage.json"
_FRICTIONLESS: Final = "https://datapackage.org/profiles/2.0/datapackage.json"

_PERSONAL: Final = (
    "Holds personal data: names, phones and numbers of persons are as printed (--keep-personal) / "
    "개인정보 포함: 이름·전화·식별번호를 가리지 않음"
)


def describe_package(parts: tuple[Part, ...], *, keeps_personal: bool = False) -> str:
    """Return the description of the files of a version, as JSON.

    Args:
        parts: the files.
        keeps_personal: whether personal data was left in them.
    """
    package = {
        "$schema": _FRICTIONLESS,
        "name": "geomsan",
        "title": "Figures of Korean administrative reports, and which of them do not add up",
        **({"description": _PERSONAL} if keeps_personal else {}),
        "version": CONTRACT_VERSION,
        "resources": [
            _resource(table, [part for part in parts if part.table == table.name])
            for table in DATASET
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, parts: list[Part]) -> dict[str, object]:
    """Describe a table; the standard knows the hash of one file, of more the manifest tells."""
    paths = [part.path for part in parts]
    one = {"hash": f"sha256:{parts[0].sha256}"} if len(parts) == 1 else {}
    return {
        "name": table.name,
        "type": "table",
        "path": paths[0] if len(paths) == 1 else paths,
        "description": f"{table.en} / {table.ko}",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": sum(part.byte_size for part in parts),
        **one,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, object]:
    keys = {parent.name: parent.key for parent in DATASET}
    foreign = [
        {"fields": [column], "reference": {"resource": parent, "fields": list(keys[parent])}}
        for column, parent in table.references
    ]
    schema: dict[str, object] = {
        "fields": [
            {
                "name": column.name,
                "type": _frictionless_type(column.type),
                "description": f"{column.en} / {column.ko}",
                **({"unit": column.unit} if column.unit else {}),
                **({"constraints": {"required": True}} if column.is_required else {}),
            }
            for column in table.columns
        ]
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {**schema, "foreignKeys": foreign} if foreign else schema


def _frictionless_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    return "boolean" if pa.types.is_boolean(kind) else "string"
