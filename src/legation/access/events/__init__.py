"""All that can happen in the room access, a module for each part of it."""
