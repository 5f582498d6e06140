"""Benchmarks that stay: `make bench`. Ratios to a floor measured in the same run; never a timed test."""
