"""Briefs: what is known of one office, goal, line of effort or partner, on one sheet of paper, with its sources.

``brief`` says what a brief is made of; ``offices``, ``goals``, ``lines`` and ``nations`` read one from a record. It is
shown as a page (``views``), written as a Word document (``word_document``) and as a tagged PDF (``pdf_document``).
"""
