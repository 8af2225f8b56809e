"""What may this actor read of access? A module for each part of the room."""
