"""Puts the site's own admin in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class KnowledgeBaseAdminConfig(AdminConfig):
    default_site = "config.admin_site.KnowledgeBaseAdmin"
