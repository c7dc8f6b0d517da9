"""Shape of the matrix as JSON, for the schema of the API."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core.api import analysis
from strategy.core.models import Basis

from ..models.assignments import Role


class LineSerializer(serializers.Serializer):
    """A row or column. Of ``none`` the record is null: it stands for what has no such record."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the name of a field hides an option of its class
    record = analysis.NamedSerializer(allow_null=True)
    group = serializers.CharField(allow_null=True)
    count = serializers.IntegerField()
    lead_stated = serializers.BooleanField(allow_null=True)


class AxisSerializer(serializers.Serializer):
    """One side: what its lines are, and the lines."""

    axis = serializers.CharField()
    title = serializers.CharField()
    lines = LineSerializer(many=True)
    left_out = serializers.IntegerField()


class MarkSerializer(serializers.Serializer):
    """One office in one role on one activity, as the source says it."""

    code = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)
    verb = serializers.CharField(allow_blank=True)
    office_as_stated = serializers.CharField(allow_blank=True)
    basis = serializers.ChoiceField(choices=Basis.choices)
    notional = serializers.BooleanField()
    sources = analysis.CitedSerializer(many=True)
    web_url = serializers.URLField()


class CellSerializer(serializers.Serializer):
    """Where a row and a column meet: the number, and the list of exactly what it counts."""

    row = serializers.CharField()
    column = serializers.CharField()
    count = serializers.IntegerField()
    marks = MarkSerializer(many=True)
    url = serializers.URLField()
    web_url = serializers.URLField()


@extend_schema_serializer(many=False)
class MatrixSerializer(serializers.Serializer):
    """Rows, columns, and the cells that hold something: where there is no cell, no source links the two.

    ``silence`` says why nothing at all can be counted.
    """

    web_url = serializers.URLField()
    title = serializers.CharField()
    counted = serializers.CharField(allow_null=True)
    sentence = serializers.CharField(allow_blank=True)
    silence = serializers.CharField(allow_blank=True)
    total = serializers.IntegerField()
    rows = AxisSerializer()
    columns = AxisSerializer()
    cells = CellSerializer(many=True)
