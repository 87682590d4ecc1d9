"""Mail: an outbox written with the change it tells of, and the sender that empties it afterwards."""
