"""Just as much English as reading needs: words with tags, noun phrases that can name somebody.

``lexicon``  closed lists of words
``states``   names of states with their capitals and the words for their people
``tokens``   a sentence as tagged words
``phrases``  noun phrases, and whom one names
"""
