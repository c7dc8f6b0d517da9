"""What an editor of accounts may give: no more rights than the editor's own."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def permissions_within(editor: User) -> QuerySet[Permission]:
    """The permissions that an editor may give to others."""
    if editor.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=editor) | Q(group__user=editor)).distinct()


def groups_within(editor: User) -> QuerySet[Group]:
    """The groups that give no right the editor does not have."""
    if editor.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(permissions__in=_permissions_beyond(editor))


def accounts_within(editor: User) -> QuerySet[User]:
    """The accounts that have, or would have if they were active, no right the editor does not have."""
    if editor.is_superuser:
        return User.objects.all()
    beyond = _permissions_beyond(editor)
    ordinary = User.objects.filter(is_superuser=False)
    return ordinary.exclude(user_permissions__in=beyond).exclude(groups__permissions__in=beyond)


def _permissions_beyond(editor: User) -> QuerySet[Permission]:
    return Permission.objects.exclude(pk__in=permissions_within(editor).values("pk"))
