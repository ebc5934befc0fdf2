"""Exercises, one module per lesson: check_...(your_function) says passed, to do, or failed and why.

Beside them, what a check consists of:

    checking      Exercise: runs a learner's function on all cases and decides which sentence says most
    records       what a verdict leaves in a saved notebook for a program to read
    limits        within a time, a memory and an amount of print
    reading       what the function's text tells: a ... left, parameters swapped or never used, no return
    errors        exceptions, and answers of a wrong kind, in words
    differences   what relates wrong numbers to the right ones, by way of
                  comparing, factors, arrangements, alterations (other questions to the reference) and its slips
"""

LESSONS = (
    "00_start_here",
    "01_linear_regression",
    "02_gradient_descent",
    "03_logistic_regression",
    "04_multiclass_classification",
    "05_neural_networks",
    "06_backpropagation",
    "07_training_deep_networks",
    "08_bigram_language_model",
    "09_where_next",
    "10_transformer",
)
