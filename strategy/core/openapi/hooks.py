"""What is changed in the document when all of it is there; named in the settings."""

from typing import Any

# Stand-ins that the package makes components of. A list of choices whose one choice is empty has no name that a
# generator of clients could give it; a constant has a value and needs none.
PLAIN: dict[str, dict[str, Any]] = {"BlankEnum": {"type": "string", "const": ""}, "NullEnum": {"type": "null"}}


def replace_blank_enums(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Empty text and null stand in place, and are no components."""
    for name in PLAIN:
        result["components"].get("schemas", {}).pop(name, None)
    references = {f"#/components/schemas/{name}": schema for name, schema in PLAIN.items()}

    def replaced(value: Any) -> Any:
        if isinstance(value, dict):
            return references.get(str(value.get("$ref"))) or {key: replaced(inner) for key, inner in value.items()}
        return [replaced(inner) for inner in value] if isinstance(value, list) else value

    whole: dict[str, Any] = replaced(result)
    return whole
