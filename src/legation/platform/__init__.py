"""How the house runs: authority, ledger, acts, deadlines, streams, subscribers, egress, secrets, blobs."""
