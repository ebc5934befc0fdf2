"""The pictures, one module per lesson; a scene is build(figure) -> update(**knobs) -> caption."""

from lessons_lib.scenes.gradient_descent import descent

__all__ = ["descent"]
