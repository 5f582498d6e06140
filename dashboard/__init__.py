"""What users see. Imports db, and of pipeline only what pages must call."""
