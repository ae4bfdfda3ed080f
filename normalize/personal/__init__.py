"""Personal data in reports: where it stands, and the same text without it.

`numbers` finds phones, e-mails and numbers of persons, `names` finds names by the words beside
them, `known` gathers the names of a whole report, and `masking` puts asterisks in their place.
"""
