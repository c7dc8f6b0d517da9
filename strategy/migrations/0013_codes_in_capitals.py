"""One style of codes: capitals and hyphens. Each app's migration of this name renames its own records."""

import json

import django.core.validators
from django.db import migrations, models

from strategy.core.folding import canonical_code
from strategy.core.text.word_forms import words


def renamed_key(key, coded, others):
    """The key of a shipped row with the codes in it renamed: its own where the model has one, and those it links to."""

    def rename(code):
        return others.get(code, canonical_code(code))

    values = json.loads(key)
    for n, value in enumerate(values):
        if isinstance(value, list):
            # A pointer names the model before the code.
            values[n] = [item if "." in str(item) and item.islower() else rename(item) for item in value]
        elif coded and n == 0:
            values[n] = rename(value)
    return json.dumps(values)


def rename_records(model, others):
    """The new code of each record of the model that had one of another style; a code that is taken is left."""
    codes = set(model.objects.values_list("code", flat=True))
    renamed = {code: others.get(code, canonical_code(code)) for code in codes}
    renamed = {code: new for code, new in renamed.items() if new != code and new not in codes}
    for code, new in renamed.items():
        model.objects.filter(code=code).update(code=new)
    return renamed


def rename_codes(app_label, others=()):
    """Operation that renames the records of an app; ``others`` are new codes that are no mere change of style."""
    others = dict(others)

    def forwards(apps, schema_editor):
        entries = apps.get_model("strategy", "SearchEntry").objects
        shipped = apps.get_model("strategy", "ShippedRow").objects
        renamed = {}
        for model in apps.get_app_config(app_label).get_models():
            coded = any(field.name == "code" for field in model._meta.fields)
            label = model._meta.label_lower
            if coded and label != "strategy.searchentry":
                of_model = rename_records(model, others)
                # A part is never known by a kind, whose words are roles as well.
                renamed |= of_model if label != "partners.partnerkind" else {}
                for code, new in of_model.items():
                    entries.filter(kind=label, code=code).update(code=new, code_words=" ".join(words(new)))
            for row in shipped.filter(model=label):
                key = renamed_key(row.key, coded, others)
                if key != row.key:
                    shipped.filter(pk=row.pk).update(key=key)
        for name in ("Citation", "Subject"):
            rows = apps.get_model("strategy", name).objects
            for row in rows.exclude(part=""):
                part = " ".join(renamed.get(word, word) for word in row.part.split(" "))
                if part != row.part:
                    rows.filter(pk=row.pk).update(part=part)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0012_american_words'),
    ]

    operations = [
        rename_codes("strategy"),
        migrations.AlterField(
            model_name='chapter',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='citation',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='conflict',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='goal',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='means',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='mention',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='mitigation',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='observation',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='office',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='passage',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='recommendation',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='relateddocument',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='risk',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='silence',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='source',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='stakeholder',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='strategy',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='synonym',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='term',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='timelineevent',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='topic',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
    ]
