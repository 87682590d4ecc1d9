"""The fences of the house: each is a check, and each check is proved with a bad sample that it must catch."""
