"""Where a class is defined, for refusals at start."""

import inspect


def source_location(cls: type) -> str:
    """The file and line in which a class is defined, as ``path/to/file.py:12``."""
    return f"{inspect.getsourcefile(cls)}:{inspect.getsourcelines(cls)[1]}"
