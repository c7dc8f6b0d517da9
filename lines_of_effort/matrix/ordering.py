"""Order of the rows and columns of the matrix: change it here.

The tasking matrix sorts its activities and offices by ``activity_sort_key`` and ``office_sort_key``. In a matrix of
two axes each ``Axis`` (see ``axes``) names the fields its records are sorted by: BY_POSITION, BY_CODE or BY_NAME.
"""

from typing import Any

from strategy.models import Echelon, Office

from ..models import Activity

BY_POSITION = ("order", "code_order")
BY_CODE = ("code_order",)
BY_NAME = ("label_order", "code_order")

ECHELON_POSITIONS = {value: position for position, value in enumerate(Echelon.values)}


def activity_sort_key(activity: Activity) -> tuple[Any, ...]:
    """By line of effort in the document's order, activities under none last; within a line by code."""
    line = activity.line_of_effort
    line_key = (False, line.strategy_id, line.order, line.code_order) if line else (True, 0, 0, "")
    return (*line_key, activity.code_order, activity.code)


def office_sort_key(office: Office) -> tuple[Any, ...]:
    """By echelon, the highest first; within an echelon by code."""
    return ECHELON_POSITIONS[office.echelon], office.code_order, office.code
