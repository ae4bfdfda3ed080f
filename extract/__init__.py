"""What is on the page: files to documents of text lines and table grids.

`reading` opens files (one module per kind), `grids` finds tables, `surroundings` adds captions,
unit notes and section paths. Everything handed on is in `records`.
"""
