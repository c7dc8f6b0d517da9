import importlib

import django.core.validators
from django.db import migrations, models

rename_codes = importlib.import_module("strategy.migrations.0013_codes_in_capitals").rename_codes
# The words of a kind, and the codes of the offices that the own side has as well.
OTHERS = {
    "academia": "KIND-ACADEMIA",
    "acso_fcp": "US-ACSO-FCP",
    "ally": "KIND-ALLY",
    "civil_interagency": "KIND-CIVIL-INTERAGENCY",
    "commercial": "KIND-COMMERCIAL",
    "multinational": "KIND-MULTINATIONAL",
    "partner": "KIND-PARTNER",
    "s4s": "US-S4S",
    "ssc_ia": "US-SSC-IA",
    "starcom": "US-STARCOM",
    "sub_national": "KIND-SUB-NATIONAL",
    "usnorthcom": "US-USNORTHCOM",
    "ussf": "US-USSF",
    "ussouthcom": "US-USSOUTHCOM",
    "usspacecom": "US-USSPACECOM",
}


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0013_codes_in_capitals'),
        ('partners', '0005_american_words'),
    ]

    operations = [
        rename_codes("partners", OTHERS),
        migrations.AlterField(
            model_name='agreement',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='engagement',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='framework',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='membership',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='participation',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='partner',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='partnerkind',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
        migrations.AlterField(
            model_name='series',
            name='code',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(?:[-.][A-Z0-9]+)*\\Z', 'A code has capital letters, digits and single - . between them.', code='code')]),
        ),
    ]
