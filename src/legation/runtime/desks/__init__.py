"""The composite pages: what stands on one page but belongs to several rooms."""
