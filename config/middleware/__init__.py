"""What holds for every request, whichever view answers it."""
