"""What people, portals and the worker do in the room access, a module for each part of it."""
