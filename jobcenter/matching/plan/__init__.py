"""A plan for a day, a week or all open gigs: the model is ours, an engine only searches it.

`domain` says what is planned, `rules` what a whole plan must hold, `scoring` what makes one good, `checker` judges any
plan without an engine, `compiling` makes an instance into a `problem` of numbers, and `engines` solve it.
"""
