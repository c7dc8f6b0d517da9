"""Removes a generated strategy; refuses any other, whose records are deleted one by one in the admin."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models

from strategy.core.models import CodedModel
from strategy.models import Citation, Office, OfficeRelation, OfStrategy, SearchEntry, Strategy, Subject

from ..models import (
    Activity,
    ActivityGoal,
    ActivityMeans,
    ActivityRecommendation,
    ActivityRisk,
    ActivityStage,
    ActivityTopic,
    Assignment,
)
from .generator import COMMIT, GENERATED, UNFINISHED, GeneratorError, Report, sample_changeset

# Offices deleted at a time, with all that Django looks up of each.
OFFICES = 100


def is_unfinished(code: str) -> bool:
    """Whether a run that was stopped halfway has left a strategy with this code."""
    return Strategy.objects.filter(code=code, note=UNFINISHED).exists()


def remove(code: str, report: Report) -> None:
    """Removes the generated strategy with this code, its offices, and the citations and remarks of both.

    In batches, so that others can write in between. GeneratorError if there is none, or if other records point at it.
    """
    strategy = Strategy.objects.filter(code=code, note__in=(GENERATED, UNFINISHED)).first()
    if strategy is None:
        raise GeneratorError(f"There is no generated strategy with the code {code}.")
    offices = Office.objects.filter(code__startswith=f"{code}-O", note=GENERATED)
    if (other := _other_record(strategy, offices)) is not None:
        raise GeneratorError(f"{code} stays, since other records point at it: {other}.")
    with sample_changeset(code):
        Strategy.objects.filter(pk=strategy.pk).update(note=UNFINISHED)
    activities = Activity.objects.filter(strategy=strategy)
    assignments = Assignment.objects.filter(activity__in=activities)
    links = (ActivityGoal, ActivityStage, ActivityMeans, ActivityRisk, ActivityTopic, ActivityRecommendation)
    for rows in (assignments, *(model.objects.filter(activity__in=activities) for model in links), activities):
        report(f"{_delete(rows, code)} {rows.model._meta.verbose_name_plural}")
    relations = OfficeRelation.objects.filter(office__in=offices, other__in=offices)
    report(f"{_delete(relations, code)} {OfficeRelation._meta.verbose_name_plural}")
    try:
        # The rest may have been linked to since: Django's own delete checks that.
        with sample_changeset(code):
            for model in reversed(_models_of_strategies()):
                model._default_manager.filter(strategy=strategy).delete()
        while batch := list(offices.values_list("pk", flat=True)[:OFFICES]):
            with sample_changeset(code):
                Office.objects.filter(pk__in=batch).delete()
        with sample_changeset(code):
            strategy.delete()
    except models.ProtectedError as error:
        raise GeneratorError(f"The rest of {code} stays: {error.args[0]}") from error
    report("everything else")


def _other_record(strategy: Strategy, offices: models.QuerySet) -> models.Model | None:
    """A record of others that keeps the strategy, or one of its offices, from being deleted."""
    own = [offices, *(model._default_manager.filter(strategy=strategy) for model in _models_of_strategies())]
    for rows in own:
        for relation in rows.model._meta.related_objects:
            if relation.on_delete not in (models.PROTECT, models.RESTRICT):
                continue
            model: Any = relation.related_model
            others = model._default_manager.filter(**{f"{relation.field.name}__in": rows})
            if issubclass(model, OfStrategy):
                others = others.exclude(strategy=strategy)
            elif issubclass(model, Assignment):
                others = others.exclude(activity__strategy=strategy)
            if (other := others.first()) is not None:
                return other
    return None


def _models_of_strategies() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, OfStrategy)]


def _delete(rows: models.QuerySet, code: str) -> int:
    """Deletes rows a batch at a time, with what points at them; how many they were."""
    count = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:COMMIT]):
        chosen = rows.model._default_manager.filter(pk__in=batch)
        with sample_changeset(code):
            if issubclass(rows.model, CodedModel):
                _delete_pointers(chosen)
            # ``delete`` would fetch every row, and send a signal for each.
            chosen._raw_delete(chosen.db)
        count += len(batch)
    return count


def _delete_pointers(rows: models.QuerySet) -> None:
    """Deletes index entries, citations and subjects of records, which point at them without a foreign key."""
    entries = SearchEntry.objects.filter(kind=rows.model._meta.label_lower, code__in=rows.values("code"))
    entries._raw_delete(entries.db)
    about = {"content_type": ContentType.objects.get_for_model(rows.model), "object_id__in": rows.values("pk")}
    Citation.objects.filter(**about).delete()
    Subject.objects.filter(**about).delete()
