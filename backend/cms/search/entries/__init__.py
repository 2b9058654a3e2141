"""What the index holds of a page, one kind of rows a file; `indexing` says when it is written."""
