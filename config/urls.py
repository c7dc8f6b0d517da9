"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path

from config.about import AboutPage
from config.favicon import FavIcon
from config.health import healthz, readyz
from config.home import HomePage
from config.mcp import McpView

urlpatterns = [
    # First, since addresses are tried in turn: the API is asked by programs, and often.
    # Clients post to the address as it was written down, and a redirect would lose what they post.
    path("api/mcp", McpView.as_view()),
    path("api/mcp/", McpView.as_view(), name="mcp"),
    path("api/", include("config.api_urls")),
    path("", HomePage.as_view(), name="home"),
    path("about/", AboutPage.as_view(), name="about"),
    path("", include("config.accounts.urls")),
    path("", include("strategy.urls")),
    path("", include("lines_of_effort.urls")),
    path("", include("partners.urls")),
    path("admin/", admin.site.urls),
    # Asked for unseen by browsers, beside files that name no icon.
    path("favicon.ico", FavIcon.as_view(), name="favicon"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "config.error_handlers.bad_request"
handler403 = "config.error_handlers.forbidden"
handler404 = "config.accounts.middleware.not_found"
handler500 = "config.error_handlers.server_error"
