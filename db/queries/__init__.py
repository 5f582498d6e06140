"""The read side: filters in, frames with declared columns out. All statements that the dashboard runs are here."""
