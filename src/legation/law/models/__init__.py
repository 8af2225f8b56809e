"""The room law as rows, a module for each part of it."""

from legation.law.models.norms import Norm

__all__ = ["Norm"]
