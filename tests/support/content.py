"""All content at once, past the models."""

from tests.support.admin_forms import content_models


def delete_all_content() -> None:
    """Deletes all content; the models would refuse part of it."""
    for model in content_models():
        for table in (model, *(field.remote_field.through for field in model._meta.many_to_many)):
            manager = table._default_manager
            manager.all()._raw_delete(manager.db)
