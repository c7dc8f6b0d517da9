"""Tests of the checkout: its files, its structure, its commands and its documents."""
