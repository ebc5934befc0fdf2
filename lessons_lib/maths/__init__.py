"""The equations of the slides, one module per lesson: numpy only, pure functions, parameters first."""
