"""What holds for every model, page and resource, whichever it is: a new model is tested the day it is added."""
