"""By what words a statement and its kind are recognised.

``verbs``    verbs of saying, demanding, refusing ..., with the kind that each tells
``content``  what the words said tell of their kind, where the verb tells none
"""
