"""Access: who may pass which portal, who visits, who is on a list."""
