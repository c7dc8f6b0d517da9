"""What tests of several packages use: factories, servers, forms of the admin, how pages are read."""
