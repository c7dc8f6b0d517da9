"""Tests of lines_of_effort.office_comparison."""
