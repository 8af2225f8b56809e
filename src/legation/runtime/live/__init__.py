"""The live feed: fragments drawn once per visible set and pushed to all who share it."""
