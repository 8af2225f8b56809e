"""The node's keys: how they lie on disk, who unlocks them, what they seal, and how one act wipes them."""
