"""What a worker decides about their CV: the introduction, own lines, and which lines show."""
