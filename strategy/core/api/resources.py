"""The resources of the API: which viewset answers under which name."""

from collections.abc import Mapping

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from rest_framework.routers import DefaultRouter

from ..class_location import source_location
from ..models import CodedModel
from . import expansion
from .viewsets import RecordViewSet

# Viewsets by their name in addresses, in the plural.
Resources = Mapping[str, type[RecordViewSet]]


def register_resources(router: DefaultRouter, *resources: Resources) -> None:
    """Adds each viewset under its name; addresses are named after the model.

    Raises ImproperlyConfigured for a kind of record that no viewset answers for.
    """
    for name, viewset in (item for viewsets in resources for item in viewsets.items()):
        expansion.register_resource(name, viewset.serializer_class)
        router.register(name, viewset, basename=viewset.filterset_class._meta.model._meta.model_name)
    check_every_record_is_a_resource()


def check_every_record_is_a_resource() -> None:
    """Refuses a kind of record without a name in the API."""
    for model in apps.get_models():
        if issubclass(model, CodedModel) and not expansion.has_resource(model):
            raise ImproperlyConfigured(
                f"{source_location(model)}: {model._meta.label} has no name in the API: add it to RESOURCES in "
                f"{apps.get_app_config(model._meta.app_label).name.replace('.', '/')}/api.py."
            )
