"""Accounts: tokens, signing in, rate limits, and no credentials in addresses."""
