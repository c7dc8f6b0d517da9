"""The strategy document and those it tasks: ends, means, risks, terms, offices, sources."""
