"""The report that people read: static pages over the published dataset.

`writing` is the START; `shelf` gives the rows of one report after the other, `findings_view`,
`tables_view`, `figures` and `charts` make of them what the templates show, `front` makes the first
page, `pictures` draws pages of PDFs in confined processes, `wording` holds every word in Korean and
English. Nothing here reads a report itself: what is not in the dataset is not in the report.
"""
