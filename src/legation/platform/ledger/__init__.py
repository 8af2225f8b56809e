"""The tamper-evident record: one log that is also outbox, feed, history, replication stream and evidence pack."""
