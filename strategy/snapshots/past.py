"""The content at a version: what the change log has of the rows that were changed after it."""

from collections import defaultdict

from django.db.models import Min

from ..history.models import Change
from .build import Images
from .schema import snapshot_tables

ROWS = 5000


def images_at(version: int) -> Images:
    """Each row that was changed after the version as it was then: as before its first change since."""
    tables = snapshot_tables()
    changes = Change.objects.filter(version__gt=version).order_by()
    first = changes.values("table", "row").annotate(first=Min("pk")).values("first")
    rows = Change.objects.filter(pk__in=first).order_by().values_list("table", "row", "before")
    images: Images = defaultdict(dict)
    for table, row, before in rows.iterator(chunk_size=ROWS):
        if table in tables:
            images[table][row] = before
    return images
