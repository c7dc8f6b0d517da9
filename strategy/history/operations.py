"""Operations for migrations of content."""

from typing import Any

from django.db import migrations

from .images import rename


class RenameField(migrations.RenameField):
    """Renames a field of content, and its column in the change log: Django's own would lose what rows had in it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        self._rename_in_log(app_label, schema_editor, from_state, to_state, self.old_name, self.new_name)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)
        self._rename_in_log(app_label, schema_editor, from_state, to_state, self.new_name, self.old_name)

    def _rename_in_log(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any, *names: str) -> None:
        # Before the log's own migration there is none.
        if ("strategy", "change") not in to_state.models:
            return
        columns = [
            state.apps.get_model(app_label, self.model_name)._meta.get_field(name).column
            for state, name in zip((from_state, to_state), names, strict=True)
        ]
        changes = to_state.apps.get_model("strategy", "Change").objects.using(schema_editor.connection.alias)
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        rename(changes, table, *columns)
