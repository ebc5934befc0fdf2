"""Exercises, one module per lesson: check_...(your_function) says passed, to do, or failed and why."""
