"""Exercises, one module per lesson: check_...(your_function) says passed, to do, or failed and why.

Beside them, what a check consists of:

    checking      Exercise: runs a learner's function on all cases and decides which sentence says most
    limits        within a time, a memory and an amount of print
    reading       what the function's text tells: a ... left, parameters swapped or never used, no return
    errors        exceptions, and answers of a wrong kind, in words
    differences   what relates wrong numbers to the right ones, by way of
                  comparing, factors, arrangements, alterations (other questions to the reference) and its slips
"""
