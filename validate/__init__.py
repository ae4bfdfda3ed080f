"""Does it add up: facts to relations, checks and findings."""
