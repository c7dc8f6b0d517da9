"""Tests of strategy.org_chart."""
