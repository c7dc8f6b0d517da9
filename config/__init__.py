"""The composition root: settings, addresses, health and start. Imports the apps and is imported by none."""
