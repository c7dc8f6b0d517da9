"""The ways: lines of effort, process stages, activities and who is assigned to them."""
