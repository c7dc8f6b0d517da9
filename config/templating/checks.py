"""System check of the site's templates: every one compiles, and every macro that is called exists and takes what it
is given. Jinja2 itself would say so only once a page with the call is asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes

# Templates of the admin, which are Django's.
OTHERS = "django/"
Macros = dict[str, nodes.Macro]


@register(Tags.templates)
def check_templates(**_: Any) -> list[CheckMessage]:
    """What is wrong with the templates of the Jinja2 engines, each with the file and the line."""
    environments = [engine.env for engine in engines.all() if isinstance(engine, Jinja2)]
    return [
        Error(problem, obj=f"{place}:{line}", id="templating.E001")
        for env in environments
        for place, line, problem in problems(env)
    ]


def problems(env: Environment) -> Iterator[tuple[str, int, str]]:
    """File, line and words of each problem in the templates that an environment can load."""
    trees: dict[str, nodes.Template] = {}
    files: dict[str, str] = {}
    for name in env.list_templates(filter_func=lambda name: not name.startswith(OTHERS)):
        assert env.loader is not None
        source, filename, _ = env.loader.get_source(env, name)
        files[name] = str(Path(filename or name))
        try:
            trees[name] = env.parse(source, name, filename)
            env.compile(source, name, filename)
        except TemplateSyntaxError as error:
            yield files[name], error.lineno, error.message or ""
        except TemplateError as error:
            yield files[name], 1, error.message or ""
    macros = {name: {macro.name: macro for macro in tree.find_all(nodes.Macro)} for name, tree in trees.items()}
    for name, tree in trees.items():
        for line, problem in _problems_of(tree, macros[name], macros):
            yield files[name], line, problem


def _problems_of(tree: nodes.Template, own: Macros, macros: dict[str, Macros]) -> Iterator[tuple[int, str]]:
    """Line and words of each problem in one template, which has macros of its own and may import others'."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport, nodes.Import)):
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if isinstance(name, str) and name not in macros:
            yield node.lineno, f"There is no template '{name}'."
    known = dict(own)
    for node in tree.find_all(nodes.FromImport):
        source = macros.get(node.template.value, {}) if isinstance(node.template, nodes.Const) else {}
        for item in node.names:
            name, alias = item if isinstance(item, tuple) else (item, item)
            if name in source:
                known[alias] = source[name]
            elif source:
                yield node.lineno, f"'{node.template.value}' has no macro '{name}'."
    called = list(tree.find_all(nodes.Call))
    for call in called:
        if isinstance(call.node, nodes.Name) and call.node.name in known:
            for problem in _problems_of_call(call, known[call.node.name]):
                yield call.lineno, problem
    callees = {id(call.node) for call in called}
    used = {call.node.name for call in called if isinstance(call.node, nodes.Name)}
    for reference in tree.find_all(nodes.Name):
        if reference.name in known and reference.ctx == "load" and id(reference) not in callees:
            yield reference.lineno, f"The macro '{reference.name}' is not called; or is a value of the same name meant?"
    for name in known.keys() - own.keys() - used:
        yield 1, f"The macro '{name}' is imported and not used."


def _problems_of_call(call: nodes.Call, macro: nodes.Macro) -> Iterator[str]:
    """What a call gives that the macro does not take, and what it takes that the call does not give."""
    names = [argument.name for argument in macro.args]
    required = names[: len(names) - len(macro.defaults)]
    given = [*names[: len(call.args)], *(keyword.key for keyword in call.kwargs)]
    if len(call.args) > len(names):
        yield f"The macro '{macro.name}' takes {len(names)} arguments, and is given {len(call.args)} by position."
    for keyword in call.kwargs:
        if keyword.key not in names:
            yield f"The macro '{macro.name}' takes no argument '{keyword.key}'."
    for name in names:
        if given.count(name) > 1:
            yield f"The macro '{macro.name}' is given its argument '{name}' twice."
    if missing := [name for name in required if name not in given]:
        yield f"The macro '{macro.name}' is not given {', '.join(repr(name) for name in missing)}."
