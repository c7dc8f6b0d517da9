"""Tables, panels and addresses of the pages."""

from .panels import Block, Links
from .tables import Column, Line, Section, cell, columns, shown
from .urls import list_for, pages, with_twins

__all__ = ["Block", "Column", "Line", "Links", "Section", "cell", "columns", "list_for", "pages", "shown", "with_twins"]
