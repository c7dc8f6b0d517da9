"""The offices of one activity, by role."""

from ..models import Activity, Assignment
from ..querysets import ROLES


class Roles:
    """The assignments of one activity by role, in one query. There may be no lead, or several."""

    def __init__(self, activity: Activity):
        self.activity = activity
        self.rows = list(Assignment.objects.filter(activity=activity).select_related("office").strongest_first())
        self.by_role = [(role, [row for row in self.rows if row.role == role]) for role in ROLES]

    @property
    def unnamed(self) -> list[str]:
        """The roles in which no source names an office."""
        return [role for role, rows in self.by_role if not rows]

    @property
    def leads(self) -> list[Assignment]:
        """The assignments of offices that lead."""
        return self.by_role[0][1]
