"""PDF documents from plain data: the caller brings every word, this package brings the look and the tagging."""
