"""How is a route asked? The least that its form or the API's contract takes, with the holes of its address filled."""

import io
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.test import Client

OPEN, SIGNED_IN = "open to all", "any person signed in"


@dataclass(frozen=True)
class Row:
    """Who may: a verb of the table, or OPEN, or SIGNED_IN. method: how it is asked. mission: the path names one."""

    who: str
    method: str = "get"
    mission: bool = False


@cache
def contract() -> dict[str, Any]:
    found: dict[str, Any] = Client().get("/api/openapi.json").json()
    return found


def sample(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    """The least value that a schema of the contract takes; a string that says who asks."""
    if "$ref" in schema:
        return sample(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[0]
    if "allOf" in schema or "anyOf" in schema:
        return sample((schema.get("allOf") or schema["anyOf"])[0], parts)
    if schema.get("type") == "object":
        return {name: sample(schema["properties"][name], parts) for name in schema.get("required", [])}
    if schema.get("format") == "date-time":
        return "2030-01-01T00:00:00Z"
    if schema.get("format") == "date":
        return "2030-01-01"
    simple = {"string": "who may?", "integer": 1, "number": 1.0, "boolean": False, "array": [], "null": None}
    return simple[schema.get("type", "string")]


def asked(client: Client, row: Row, path: str, route: str = "") -> int:
    """The status of the answer. Pages are posted empty forms; operations get the least body that the contract takes."""
    if not route.startswith("/api/") or row.method == "get":
        return int(getattr(client, row.method)(path).status_code)
    document = contract()
    content = document["paths"][route][row.method].get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return int(client.post(path, {"file": io.BytesIO(b"who may?")}).status_code)
    if "text/csv" in content:
        return int(client.post(path, b"who,may", content_type="text/csv").status_code)
    schema = content.get("application/json", {}).get("schema", {"type": "object"})
    body = json.dumps(sample(schema, document["components"]["schemas"])).encode()
    return int(client.generic(row.method.upper(), path, body, content_type="application/json").status_code)


def filled(path: str, key: str) -> str:
    """The address with its holes filled: a threat class, a kind of record, a number, and else the key."""
    for hole, sample in (
        ("<str:threat>", "terrorism"),
        ("{threat}", "terrorism"),
        ("{number}", "1"),
        ("<str:kind>", "Assessment"),
        ("<int:number>", "999999"),
    ):
        path = path.replace(hole, sample)
    return re.sub(r"<\w+:\w+>|\{\w+\}", key, path if path.startswith("/") else "/" + path)
