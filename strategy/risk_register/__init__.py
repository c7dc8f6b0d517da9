"""The risk register: every risk by likelihood and impact, and what is done about it."""
