"""Who leads, coordinates and supports one activity, and what the sources leave open about it."""

from ..models import Activity, Assignment
from ..querysets import ROLES


class Roles:
    """The assignments of one activity by role: one query. Several leads are allowed, and how they relate is said."""

    def __init__(self, activity: Activity):
        self.activity = activity
        self.rows = list(Assignment.objects.filter(activity=activity).select_related("office").strongest_first())
        self.by_role = [(role, [row for row in self.rows if row.role == role]) for role in ROLES]

    @property
    def leads(self) -> list[Assignment]:
        return self.by_role[0][1]
