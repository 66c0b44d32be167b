"""Who may sign in, and stay signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from ambassadors.models import Ambassador, User
from correspondence.models import AddressHealth
from foundation.prepared import Late, prepared_objects

NOT_YET_OR_NO_LONGER = {Ambassador.Status.LISTED, Ambassador.Status.REMOVED}


def may_sign_in(user: User) -> bool:
    """Whether this account opens: it is active, and its person is neither only on the roster nor removed."""
    ambassador = getattr(user, "ambassador", None)
    return user.is_active and (user.is_staff or ambassador is None or ambassador.status not in NOT_YET_OR_NO_LONGER)


@prepared_objects
def _account() -> QuerySet[User]:
    """Somebody with all that each page asks of its reader: also whether mail still reaches them, for every page says so when not."""
    people: QuerySet[User] = User.objects.select_related("ambassador", "vetting_duty").filter(pk=Late("pk"))
    return people.annotate(mail_trouble=AddressHealth.objects.state_of("email"))


class AccountBackend(AuthenticationBackend):
    """allauth's backend, which asks `may_sign_in` at the door and again with each request: a removal ends live sessions at once."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Check address and password. A closed account with the right password gets the answer of a wrong one."""
        user: User | None = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        return may_sign_in(user)

    def get_user(self, user_id: int) -> User | None:
        return next((user for user in _account(pk=user_id) if may_sign_in(user)), None)
