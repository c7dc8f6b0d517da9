import importlib

import django.core.validators
from django.db import migrations, models

rename_codes = importlib.import_module("strategy.migrations.0013_codes_in_capitals").rename_codes


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0013_codes_in_capitals'),
        ('lines_of_effort', '0004_label_order'),
    ]

    operations = [
        rename_codes("lines_of_effort"),
        migrations.AlterField(
            model_name='activity',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='lineofeffort',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='processstage',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
    ]
