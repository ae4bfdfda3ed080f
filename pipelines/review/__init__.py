"""The review: people go through findings, decide, and correct cells.

`decisions` is the append-only log, `book` what is to be reviewed, `recheck` tests relations again
at once with the cells as people read them, `app` is the server with its pages, `guard` keeps others
out of it, `serving` starts it. What was decided reaches the dataset with the next run.
"""
