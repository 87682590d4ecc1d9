"""The law in force: what the program ships, with the values that two administrators have added to it."""
