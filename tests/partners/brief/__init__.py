"""Tests of partners.brief."""
