"""The pictures, one module per lesson; a scene is build(figure) -> update(**knobs) -> caption."""

from lessons_lib.scenes.gradient_descent import descent

__all__ = ["descent", "edition_1"]

# Every lesson imports this name in its set-up, so that a lesson and a library that do not fit each other say so there.
# It becomes edition_2, here and in the lessons, when lessons need what this library lacks or it drops what they use.
edition_1 = "the course's first edition"
