"""The description of the API at the head of its schema."""

API_DESCRIPTION = (
    "Read-only: GET, HEAD (the same without content) and OPTIONS. A parameter that is unknown, given twice or not "
    "understood is refused by name, with what is allowed; nothing is ignored or guessed. Every refusal has one "
    "shape: a type and a list of errors, each with code, detail and attr, the parameter concerned. An answer comes "
    "with an ETag; sent back as If-None-Match it gives 304 as long as nothing in the content has changed."
)
