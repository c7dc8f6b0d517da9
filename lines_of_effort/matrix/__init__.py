"""The matrix: who does what (tasking), or any two kinds of record against each other (a pair of axes), at one address.

- ``ordering``: the order of rows and columns, in both matrices
- ``axes``: what may be rows and columns of a pair, and what is counted; ``pairs``: counts it
- ``grid``: the tasking matrix and its layout; ``tasking``: reads it; ``facets``: its filters with counts
- ``request`` parses the parameters, ``sheet`` makes files, ``views`` and ``api`` the page and the API answer
"""
