"""Templates of the site's pages: the Jinja2 environment that draws them, and the system check they must pass."""
