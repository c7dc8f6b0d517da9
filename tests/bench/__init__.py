"""The benchmark: how fast the product answers, held against a bare limit and against stock DRF on the same data.

python -m tests.bench --help

Not a test: nothing here is collected by pytest, and no figure of it decides whether a change is good.
"""
