"""Tests of the site as a whole: every link, every address, what is shipped."""
