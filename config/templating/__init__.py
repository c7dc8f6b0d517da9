"""Templates of the site's pages: the Jinja2 environment they are drawn in, and the check that every one of them holds."""
