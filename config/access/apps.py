from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "config.access"
    verbose_name = "Access"
