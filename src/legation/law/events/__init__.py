"""All that can happen in the room law, a module for each part of it."""
