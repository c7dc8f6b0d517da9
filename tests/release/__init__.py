"""What a release is held to beyond the suite: ``python3 run.py release-check``. Needs a network, npm and apt-get."""
