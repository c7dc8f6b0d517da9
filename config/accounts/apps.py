from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "config.accounts"
    # The name in the database: tables and migrations of earlier releases have it.
    label = "access"
    verbose_name = "Access"

    def ready(self) -> None:
        from strategy.history import register_check

        from .office_editors import check_offices

        register_check(check_offices)
