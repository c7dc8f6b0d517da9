"""Values of parameters that contradict each other: stated once, for the refusal, the schema and the tests."""

from collections.abc import Mapping
from dataclasses import dataclass

# Stands for any value of a parameter.
ANY = "*"


@dataclass(frozen=True)
class IncompatibleParams:
    """Values of several parameters, by name, that no record can have together.

    ``refused`` is the parameter that the refusal names, with ``message``.
    """

    values: dict[str, str]
    refused: str
    message: str

    def matches(self, data: Mapping[str, str]) -> bool:
        """Whether ``data``, the parameters of a request, has all of the values."""
        return all(data.get(name) and value in (ANY, data[name]) for name, value in self.values.items())
