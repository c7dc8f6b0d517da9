"""What schemathesis is told so that it can hold the API to its schema, and how a run of it is read.

The schema says of every parameter which values it takes. Two things it can only name: which codes there are, and which
parameters are never asked together (``x-never-together``), without others (``x-needs``) or with the same value
(``x-differ``), and with which the answer is of another type (``x-otherwise``). Samples of the first come from the
content; what is refused by the second is taken out of a request before it is sent, so that what is tested is what the
request is about. Each has a test of its own, which asks for it.

The formats `<model>-code`, `<model>-codes` and `<model>-<field>` are filled by themselves; another format that only the
content can fill needs its line in `give_samples`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import schemathesis
import schemathesis.engine
from django.apps import apps
from hypothesis import strategies
from schemathesis.engine import events
from schemathesis.openapi import format as sample

from lines_of_effort.trace import reader
from partners.contacts import topics
from partners.models import Partner
from strategy.core.filters import ANY
from strategy.core.models import CodedModel, Notional
from strategy.core.params import BadParametersError
from strategy.core.text import SearchError, parse_words
from strategy.models import content_version
from strategy.snapshots import PARAMETER, as_of

ACCEPT = {"Accept": "application/vnd.oai.openapi+json", "Host": "localhost"}


class UnknownParameterError(schemathesis.core.failures.Failure):
    """A parameter the schema does not have was not refused."""


@schemathesis.check
def unknown_parameters_are_refused(ctx: Any, response: Any, case: Any) -> None:
    """Schemathesis itself lets extra parameters pass."""
    known = {parameter.name for parameter in case.operation.query}
    unknown = set(parse_qs(urlsplit(response.request.url).query, keep_blank_values=True)) - known
    if unknown and response.request.method in ("GET", "HEAD") and response.status_code < 400:
        raise UnknownParameterError(
            operation=case.operation.label, title="Unknown parameter", message=f"{sorted(unknown)} was not refused"
        )


def whole(application: Any) -> Any:
    """The application, with each answer read to its end and closed, as a server does."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        # The client would take compressed text, and not unpack it.
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        pieces = application(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            pieces.close()

    return answer


def loaded(application: Any, **generation: Any) -> Any:
    """The schema as the application itself serves it."""
    config = schemathesis.Config.from_dict(
        {"generation": {"database": "none", **generation}, "suppress-health-check": ["all"]}
    )
    schema = schemathesis.openapi.from_wsgi("/api/schema/", whole(application), config=config, headers=ACCEPT)
    give_samples(schema.raw_schema)
    return schema


def give_samples(raw: dict[str, Any]) -> None:
    """Values for the formats that are the content's to fill."""
    formats = {part["schema"].get("format", "") for part in parameters(raw)}
    kinds: dict[str, type[CodedModel]] = {
        model._meta.model_name: model for model in apps.get_models() if issubclass(model, CodedModel)
    }
    for name in formats:
        kind, _, rest = name.partition("-")
        if kind not in kinds:
            continue
        rows = kinds[kind]._default_manager.visible()
        if rest in ("code", "codes"):
            result = strategies.sampled_from([*rows.values_list("code", flat=True)] or ["none"])
            sample(name, strategies.lists(result, min_size=1, max_size=5).map(",".join) if rest == "codes" else result)
        else:
            values = rows.exclude(**{rest: ""}).values_list(rest, flat=True).order_by(rest).distinct()
            sample(name, strategies.sampled_from([*values]))
    sample("foreign-code", codes(Partner.objects.visible().exclude(relation="own_side")))
    sample("askable-code", codes(topics.offered_topics(Notional.EXCLUDE)))
    sample("traceable-code", codes(reader.startable_entries(Notional.EXCLUDE)))
    words = strategies.text(strategies.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"))
    few = strategies.lists(words.filter(bool), min_size=1, max_size=4).map(" ".join)
    sample("search-words", few.filter(lambda text: len(text) <= 200 and is_searchable(text)))
    sample("cursor", strategies.just("first"))
    sample("moment-of-content", strategies.sampled_from([str(content_version()), date.today().isoformat()]))
    sample("moment-of-change", strategies.just("2026"))


def codes(rows: Iterable[Any]) -> Any:
    return strategies.sampled_from([row.code for row in rows])


def is_searchable(text: str) -> bool:
    try:
        parse_words(text)
    except SearchError:
        return False
    return True


def parameters(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in raw["paths"].values():
        for operation in operations.values():
            yield from operation.get("parameters", ())


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Takes out of a request what is never asked together with the rest, but not what the request is about."""
    query = dict(case.query or {})
    about = subjects(case)
    definition = case.operation.definition.raw
    for together in definition.get("x-never-together", ()):
        names = [name for name, wanted in together.items() if wanted in (ANY, text_of(query.get(name)))]
        if len(names) == len(together) and all(name in query for name in names):
            # Now one and now the other, so that each is tried.
            names.sort(key=lambda name: (name in about, (len(str(query)) + len(name)) % 2))
            del query[names[0]]
    if len({text_of(query.get(name)) for name in definition.get("x-differ", "")}) == 1:
        query.pop(definition["x-differ"][-1], None)
    for name, others in [*definition.get("x-needs", {}).items()] * 2:
        if not all(other in query for other in others):
            query.pop(name, None)
    of_content = {p["name"] for p in definition.get("parameters", ()) if "-" in p["schema"].get("format", "")}
    if query.get("notional") == Notional.ONLY:
        # The samples are of sourced content.
        for name in of_content - {"search"} if "notional" in about else ["notional"]:
            query.pop(name, None)
    if query != dict(case.query or {}):
        # The rest is weighed anew, and the format of a moment is not looked at.
        if PARAMETER in query and not is_moment(text_of(query[PARAMETER])):
            del query[PARAMETER]
        case.query = query


def is_moment(text: str) -> bool:
    try:
        return bool(as_of(text))
    except BadParametersError:
        return False


def text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def subjects(case: Any) -> set[str]:
    """The parameters a case was made to try."""
    data = getattr(getattr(case.meta, "phase", None), "data", None)
    result: set[Any] = {mutation.parameter for mutation in getattr(data, "mutations", ())}
    return (result | {getattr(data, "parameter", None)}) - {None}


def is_otherwise(schema: Any, address: str) -> bool:
    """Whether the answer is one of those that are not of the type the operation states (``x-otherwise``)."""
    query = dict(parse_qsl(urlsplit(address).query))
    rules = [
        rule
        for operations in schema.raw_schema["paths"].values()
        for operation in operations.values()
        for rule in operation.get("x-otherwise", {}).items()
    ]
    return any(name in query and wanted in (ANY, query[name]) for name, wanted in rules)


def failures(schema: Any) -> tuple[int, list[str]]:
    """How many requests a run made, and everything that was wrong."""
    requests, result = 0, {}
    for event in schemathesis.engine.from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            requests += len(event.recorder.interactions)
            for key, checks in event.recorder.checks.items():
                for check in (check for check in checks if check.failure_info):
                    failure, sent = check.failure_info.failure, event.recorder.interactions[key]
                    if check.name == "response_schema_conformance" and is_otherwise(schema, sent.request.uri):
                        continue
                    message = f"{check.name}: {failure.title}: {failure.message}"
                    body = sent.response.content[:300] if sent.response and sent.response.content else b""
                    result.setdefault(message[:200], f"{message}\n{body!r}\n{sent.request.method} {sent.request.uri}")
        elif isinstance(event, events.NonFatalError | events.FatalError):
            result[str(event)[:200]] = str(getattr(event, "info", event))
    return requests, list(result.values())
