"""From documents to what is compared: symbols with their places, words, shingles, passages, slots."""
