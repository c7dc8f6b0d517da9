"""The hash of passwords: how much memory one takes, and how many are worked out at once."""

from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth import hashers

# Of one process; the others wait, some hundredths of a second each. Threads of their own, because what a thread has
# taken for one hash stays with it: every thread of the server would in time keep as much.
AT_ONCE = 2
threads = ThreadPoolExecutor(AT_ONCE, "password")


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """Argon2id with the parameters of OWASP (19 MiB, two passes, one lane), where Django takes 100 MiB.

    A hash with other parameters is still valid, and is replaced when its owner signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return str(threads.submit(super().encode, password, salt).result())

    def verify(self, password: str, encoded: str) -> bool:
        return bool(threads.submit(super().verify, password, encoded).result())
