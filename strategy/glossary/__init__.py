"""The glossary: terms where they stand in a text, and the page of all of them."""
