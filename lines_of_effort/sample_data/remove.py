"""Removes a generated strategy. Not for any other: what people have entered is deleted one by one, in the admin."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from strategy.models import Citation, Office, SearchEntry, Strategy, Subject

from ..models import Activity, ActivityGoal, ActivityMeans, ActivityRisk, ActivityStage, Assignment, ProcessStage
from .generator import GENERATED, GeneratorError, Tell


def remove(code: str, tell: Tell) -> None:
    """Removes the generated strategy of this code, its offices, and what was attached to either."""
    strategy = Strategy.objects.filter(code=code, note=GENERATED).first()
    if strategy is None:
        raise GeneratorError(f"There is no generated strategy with the code {code}.")
    activities = Activity.objects.filter(strategy=strategy)
    assignments = Assignment.objects.filter(activity__in=activities)
    links = (ActivityGoal, ActivityStage, ActivityMeans, ActivityRisk)
    try:
        with transaction.atomic():
            for coded in (assignments, activities):
                _forget(coded)
            for rows in (assignments, *(model.objects.filter(activity__in=activities) for model in links), activities):
                tell(f"{_delete(rows)} {rows.model._meta.verbose_name_plural}")
            # The rest is little, and may have been linked to since: Django looks after that.
            ProcessStage.objects.filter(strategy=strategy).delete()
            strategy.delete()
            Office.objects.filter(code__startswith=f"{code}-O", note=GENERATED).delete()
            tell("everything else")
    except models.ProtectedError as error:
        other = next(iter(error.protected_objects))
        raise GeneratorError(f"{code} stays, since other records point at it: {other}.") from error


def _forget(rows: models.QuerySet) -> None:
    """Removes what is known of records without a foreign key to them."""
    kind = rows.model._meta.label_lower
    _delete(SearchEntry.objects.filter(kind=kind, code__in=rows.values("code")))
    about = {"content_type": ContentType.objects.get_for_model(rows.model), "object_id__in": rows.values("pk")}
    Citation.objects.filter(**about).delete()
    Subject.objects.filter(**about).delete()


def _delete(rows: models.QuerySet) -> int:
    # ``delete`` would fetch every row, and signal each one: hundreds of thousands.
    return rows._raw_delete(rows.db)
