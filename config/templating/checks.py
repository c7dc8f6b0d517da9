"""System check of the site's templates: every one compiles, and every macro is called with the arguments it takes.

Jinja2 itself would say so only once somebody asks for a page with that call on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import BaseLoader, Environment, TemplateError, TemplateSyntaxError, meta, nodes

# Folder of the admin's templates, which are Django's.
DJANGO_TEMPLATES = "django/"
Problem = tuple[int, str]


@register(Tags.templates)
def check_templates(**_: Any) -> list[CheckMessage]:
    """What is wrong with the templates of the Jinja2 engines, each with the file and the line."""
    environments = [engine.env for engine in engines.all() if isinstance(engine, Jinja2)]
    return [
        Error(message, obj=f"{file}:{line}", id="templating.E001")
        for environment in environments
        for file, line, message in problems(environment)
    ]


@dataclass
class Source:
    """A template as it was parsed; ``macros`` are those it defines."""

    file: str
    tree: nodes.Template
    macros: dict[str, nodes.Macro] = field(init=False)

    def __post_init__(self) -> None:
        self.macros = {macro.name: macro for macro in self.tree.find_all(nodes.Macro)}


def problems(environment: Environment) -> Iterator[tuple[str, int, str]]:
    """File, line and message of each problem in the templates that an environment can load."""
    loader = environment.loader or BaseLoader()
    sources: dict[str, Source] = {}
    for name in environment.list_templates(filter_func=lambda name: not name.startswith(DJANGO_TEMPLATES)):
        text, filename, _ = loader.get_source(environment, name)
        try:
            sources[name] = Source(filename or name, environment.parse(text, name, filename))
            # Compiled and kept, so that a server that checks at start has done it for the first reader.
            environment.get_template(name)
        except TemplateError as error:
            line = error.lineno if isinstance(error, TemplateSyntaxError) else 1
            yield filename or name, line, error.message or ""
    for source in sources.values():
        for line, message in (*_problems_of_names(source, sources), *_problems_of_calls(source, sources)):
            yield source.file, line, message
        functions = {name for name, value in environment.globals.items() if callable(value)}
        for line, message in _problems_of_hidden_names(source, functions | _imported(source, sources).keys()):
            yield source.file, line, message
    # Macros are imported without the page's context.
    imported = {_name(node) for source in sources.values() for node in source.tree.find_all(nodes.FromImport)}
    for source in (sources[name] for name in sorted(imported & sources.keys())):
        if unknown := meta.find_undeclared_variables(source.tree) - environment.globals.keys():
            yield (
                source.file,
                1,
                f"Its macros use {', '.join(sorted(unknown))}, which not every case gives them.",
            )


def _name(node: nodes.Extends | nodes.Include | nodes.FromImport) -> str:
    """The template that a tag names; empty where the name is the view's to give."""
    return str(node.template.value) if isinstance(node.template, nodes.Const) else ""


def _imported(source: Source, sources: dict[str, Source]) -> dict[str, nodes.Macro]:
    """The macros of other templates that one template imports, by the names it uses them with."""
    return {
        alias: sources[_name(node)].macros[name]
        for node in source.tree.find_all(nodes.FromImport)
        if _name(node) in sources
        for name, alias in map(_name_and_alias, node.names)
        if name in sources[_name(node)].macros
    }


def _name_and_alias(item: str | tuple[str, str]) -> tuple[str, str]:
    return (item, item) if isinstance(item, str) else item


def _problems_of_names(source: Source, sources: dict[str, Source]) -> Iterator[Problem]:
    """Templates and macros that are named and do not exist; whole modules, whose macros would not be checked."""
    named: list[nodes.Extends | nodes.Include | nodes.FromImport] = [
        *source.tree.find_all(nodes.Extends),
        *source.tree.find_all(nodes.Include),
        *source.tree.find_all(nodes.FromImport),
    ]
    for node in named:
        if _name(node) and _name(node) not in sources:
            yield node.lineno, f"There is no template '{_name(node)}'."
        elif isinstance(node, nodes.FromImport):
            for name, _ in map(_name_and_alias, node.names):
                if name not in sources[_name(node)].macros:
                    yield node.lineno, f"'{_name(node)}' has no macro '{name}'."
    for module in source.tree.find_all(nodes.Import):
        yield module.lineno, "Import macros by their names: those of a whole module are not checked."


def _problems_of_calls(source: Source, sources: dict[str, Source]) -> Iterator[Problem]:
    """Macros that are called with other arguments than they take, used as a value, or imported and not used."""
    imported = _imported(source, sources)
    macros = source.macros | imported
    calls = [call for call in source.tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    for call in calls:
        if macro := macros.get(call.node.name):  # type: ignore[attr-defined]
            for message in _problems_of_call(call, macro):
                yield call.lineno, message
    called = {id(call.node) for call in calls}
    for reference in source.tree.find_all(nodes.Name):
        if reference.name in macros and id(reference) not in called and reference.ctx == "load":
            yield reference.lineno, f"'{reference.name}' is a macro here, and it is not called."
    for name in imported.keys() - {call.node.name for call in calls}:  # type: ignore[attr-defined]
        yield 1, f"The macro '{name}' is imported and not used."


def _problems_of_hidden_names(source: Source, functions: set[str]) -> Iterator[Problem]:
    """Functions and macros that are called where a parameter or a loop gives their name to a value."""
    tree = source.tree
    scopes: list[tuple[list[Any], list[nodes.Node]]] = [
        *((list(macro.args), macro.body) for macro in tree.find_all(nodes.Macro)),
        *(([loop.target], loop.body) for loop in tree.find_all(nodes.For)),
        *((block.targets, block.body) for block in tree.find_all(nodes.With)),
    ]
    for targets, body in scopes:
        hiding = {name.name for target in targets for name in _names(target)} & functions
        # Hardly any does: the bodies, which lie in one another, are not searched for nothing.
        calls = [call for part in body for call in part.find_all(nodes.Call)] if hiding else []
        for call in calls:
            if isinstance(call.node, nodes.Name) and call.node.name in hiding:
                yield call.lineno, f"'{call.node.name}' is a value here, and hides what is called."


def _names(target: nodes.Node) -> list[nodes.Name]:
    """The names that a loop or a parameter sets."""
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _problems_of_call(call: nodes.Call, macro: nodes.Macro) -> Iterator[str]:
    """What a call gives that the macro does not take, and what it takes that the call does not give."""
    names = [argument.name for argument in macro.args]
    required = names[: len(names) - len(macro.defaults)]
    passed = [*names[: len(call.args)], *(keyword.key for keyword in call.kwargs)]
    if len(call.args) > len(names):
        yield f"The macro '{macro.name}' takes {len(names)} arguments, and is given {len(call.args)} by position."
    for keyword in call.kwargs:
        if keyword.key not in names:
            yield f"The macro '{macro.name}' takes no argument '{keyword.key}'."
    for name in names:
        if passed.count(name) > 1:
            yield f"The macro '{macro.name}' is given its argument '{name}' twice."
    if missing := [name for name in required if name not in passed]:
        yield f"The macro '{macro.name}' is not given {', '.join(repr(name) for name in missing)}."
