"""What may this actor read of the law? A module for each part of the room."""
