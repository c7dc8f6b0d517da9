"""Every kind of record is shipped and can be made: what a system check cannot ask of an installation."""

from django.conf import settings

from strategy.core.models import CodedModel
from tests.support import factories as make
from tests.support.models import NOT_SHIPPED, each_model, shipped_file


@each_model
def test_there_is_a_shipped_record(model: type[CodedModel]) -> None:
    file = shipped_file(model)
    assert file.exists() or model in NOT_SHIPPED, (
        f"Write the first {model._meta.verbose_name} to {file.relative_to(settings.BASE_DIR)}."
    )


@each_model
def test_there_is_a_factory(model: type[CodedModel]) -> None:
    assert make.Factory.of[model].model is model
