"""Values of parameters that contradict each other: said once, for the refusal, the schema and the tests."""

from dataclasses import dataclass
from typing import Any

# Stands for any value of a parameter.
ANY = "*"


@dataclass(frozen=True)
class IncompatibleParams:
    """Values of several parameters that no record can have together; ``refused`` is the one that is to go."""

    values: dict[str, str]
    refused: str
    said: str

    def is_asked(self, data: Any) -> bool:
        return all(data.get(name) and wanted in (ANY, data[name]) for name, wanted in self.values.items())
