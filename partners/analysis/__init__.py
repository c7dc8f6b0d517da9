"""What is worked out from the partnerships: whom to talk to, when things happen, who joined when.

Plain functions and dataclasses that know nothing of requests: pages, files and the API draw on the same answer.
"""
