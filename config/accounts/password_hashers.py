"""The hash of passwords: how much memory one takes, and how many are worked out at once."""

from threading import BoundedSemaphore

from django.contrib.auth import hashers

# Of one process; the others wait, some hundredths of a second each.
AT_ONCE = 2
places = BoundedSemaphore(AT_ONCE)


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """Argon2id with the parameters of OWASP (19 MiB, two passes, one lane), where Django takes 100 MiB.

    A hash with other parameters is still valid, and is replaced when its owner signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with places:
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with places:
            return bool(super().verify(password, encoded))
