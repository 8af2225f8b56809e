"""Legation: the security operations platform of a diplomatic service."""

__version__ = "0.1.0"
