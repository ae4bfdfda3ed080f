"""One module per kind of file; `source.read_document` chooses between them."""
