"""The shape of each kind of block: its schema, what it refers to, and how a stored value is read.

`shape_of(block)` is the only bridge from a Wagtail block definition to the wire. To describe a
new kind of block, register a shape for its class in one of the modules here.
"""

from cms.contract.shapes import choices, containers, references, scalars, texts  # registers them
from cms.contract.shapes.base import Reader, Shape, shape_of
from cms.contract.shapes.containers import ListShape, StructShape

__all__ = [
    "ListShape",
    "Reader",
    "Shape",
    "StructShape",
    "choices",
    "containers",
    "references",
    "scalars",
    "shape_of",
    "texts",
]
