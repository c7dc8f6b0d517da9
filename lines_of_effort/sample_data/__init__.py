"""Invents a strategy of any size from a seed: to measure and to practise with, never to read."""

from .generator import Generator, GeneratorError, Size
from .remove import remove

__all__ = ["Generator", "GeneratorError", "Size", "remove"]
