"""Servers of people: each runs as the account that has the person's home, whatever the account's name is."""

import pwd
from collections.abc import Callable

from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner, set_user_setuid

from secondcar.classroom.bounds import join_own_group, remove_own_group
from secondcar.classroom.layout import Classroom
from secondcar.classroom.logins import Rosters


class OwnAccount(LocalProcessSpawner):
    """A server that runs as its person's own account."""

    classroom: Classroom
    rosters: Rosters

    def account(self) -> pwd.struct_passwd:
        name = self.classroom.account_of(self.rosters.persons[self.user.name])
        if name is None:
            raise LookupError(f"{self.user.name} has no account yet: type `make classroom-update`.")
        return pwd.getpwnam(name)

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        account = self.account().pw_name
        become: Callable[[], None] = set_user_setuid(account)
        memory_mb = self.classroom.settings.memory_mb

        def prepare() -> None:
            join_own_group(account, memory_mb)
            become()

        # The name is kept here: when the server of somebody who was removed ends, the account is gone.
        self.post_stop_hook = lambda _: remove_own_group(account, memory_mb)
        return prepare

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        account = self.account()
        return {**env, "USER": account.pw_name, "HOME": account.pw_dir, "SHELL": account.pw_shell}


class SharedAccount(SimpleLocalProcessSpawner):
    """A server that runs as whoever started the hub, in the person's own folder."""

    classroom: Classroom
    rosters: Rosters

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        person = self.rosters.persons[self.user.name]
        self.home_dir = str(self.classroom.homes / person)
        return {**super().user_env(env), "SECOND_CAR_STUDENT": person}


def server_of(classroom: Classroom, rosters: Rosters) -> type[LocalProcessSpawner]:
    """Return the kind of server that this classroom can have: only root can become another account."""
    base = OwnAccount if classroom.separate_accounts else SharedAccount
    return type(base.__name__, (base,), {"classroom": classroom, "rosters": rosters})
