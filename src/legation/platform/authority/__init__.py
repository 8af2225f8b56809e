"""Who may do what to which record? Actors, claims, and the table of roles and verbs."""

from legation.platform.authority.actor import Actor, Authorised, Forbidden, NotVisible

__all__ = ["Actor", "Authorised", "Forbidden", "NotVisible"]
