"""Removes a generated strategy; refuses any other, whose records are deleted one by one in the admin."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from strategy.models import Citation, Office, SearchEntry, Strategy, Subject

from ..models import Activity, ActivityGoal, ActivityMeans, ActivityRisk, ActivityStage, Assignment, ProcessStage
from .generator import GENERATED, GeneratorError, Report


def remove(code: str, report: Report) -> None:
    """Removes the generated strategy with this code, its offices, and the citations and remarks of both.

    GeneratorError if there is none, or if other records point at it.
    """
    strategy = Strategy.objects.filter(code=code, note=GENERATED).first()
    if strategy is None:
        raise GeneratorError(f"There is no generated strategy with the code {code}.")
    activities = Activity.objects.filter(strategy=strategy)
    assignments = Assignment.objects.filter(activity__in=activities)
    links = (ActivityGoal, ActivityStage, ActivityMeans, ActivityRisk)
    try:
        with transaction.atomic():
            for records in (assignments, activities):
                _delete_pointers(records)
            for rows in (assignments, *(model.objects.filter(activity__in=activities) for model in links), activities):
                report(f"{_delete(rows)} {rows.model._meta.verbose_name_plural}")
            # The rest is small, and may have been linked to since: Django's own delete checks that.
            ProcessStage.objects.filter(strategy=strategy).delete()
            strategy.delete()
            Office.objects.filter(code__startswith=f"{code}-O", note=GENERATED).delete()
            report("everything else")
    except models.ProtectedError as error:
        other = next(iter(error.protected_objects))
        raise GeneratorError(f"{code} stays, since other records point at it: {other}.") from error


def _delete_pointers(rows: models.QuerySet) -> None:
    """Deletes index entries, citations and subjects of records, which point at them without a foreign key."""
    kind = rows.model._meta.label_lower
    _delete(SearchEntry.objects.filter(kind=kind, code__in=rows.values("code")))
    about = {"content_type": ContentType.objects.get_for_model(rows.model), "object_id__in": rows.values("pk")}
    Citation.objects.filter(**about).delete()
    Subject.objects.filter(**about).delete()


def _delete(rows: models.QuerySet) -> int:
    # ``delete`` would fetch hundreds of thousands of rows and send a signal for each.
    return rows._raw_delete(rows.db)
