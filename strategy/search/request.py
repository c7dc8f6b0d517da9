"""The parameters of a search, which its page and its API share."""

from django.http import QueryDict

from ..core import params
from ..core.text import SearchError, parse_words
from .indexing import indexed_models, kind_of

MAX_PAGES = 1000


def words_param(query: QueryDict, name: str = "q") -> str:
    """The words to search for, without spaces around them; BadParametersError if they cannot be searched for."""
    text = query.get(name, "")
    try:
        parse_words(text.strip())
    except SearchError as error:
        raise params.BadParametersError({name: [str(error)]}) from error
    return text.strip()


def kinds() -> dict[str, str]:
    """The kinds of record that can be searched: by the name the API has for it, its name in the index."""
    return {str(model._meta.model_name): kind_of(model) for model in indexed_models()}


def kind_param(query: QueryDict) -> str:
    """The index's name of the kind in ``type``, given as the API names it or with its app before it; else empty."""
    name, known = query.get("type", ""), kinds()
    if name and name not in known and name not in known.values():
        problem = f"'{name}' is not one of: {params.comma_separated(known)}.{params.did_you_mean(name, known)}"
        raise params.BadParametersError({"type": [problem]})
    return known.get(name, name)
