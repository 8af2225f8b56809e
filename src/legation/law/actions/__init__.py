"""What people and the worker do in the room law."""

from legation.law.actions.norms import Loaded, load_instrument

__all__ = ["Loaded", "load_instrument"]
