from django.db import migrations, models


def rename_evidence(apps, schema_editor):
    """What cites the field, and what was shipped of it, gets the field's new name."""
    alias = schema_editor.connection.alias
    for model in ("Citation", "Subject"):
        rows = apps.get_model("strategy", model).objects.using(alias)
        rows.filter(content_type__model="office", field="head").update(field="head_title")
    for row in apps.get_model("strategy", "ShippedRow").objects.using(alias).filter(model="strategy.office"):
        if "head" in row.digests:
            row.digests["head_title"] = row.digests.pop("head")
            row.save()


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0014_organization'),
    ]

    operations = [
        migrations.RenameField(model_name='office', old_name='head', new_name='head_title'),
        migrations.AlterField(
            model_name='office',
            name='head_title',
            field=models.CharField(blank=True, help_text='The post, not the person.', max_length=200, verbose_name='title of its head'),
        ),
        migrations.RemoveField(model_name='officehead', name='post'),
        migrations.AlterModelOptions(
            name='officehead',
            options={'ordering': ['office_id', models.Case(models.When(status='holds', then=0), models.When(status='nominated', then=1), default=2), models.OrderBy(models.F('as_of_latest'), descending=True, nulls_first=True), 'person']},
        ),
        migrations.RunPython(rename_evidence, migrations.RunPython.noop),
    ]
