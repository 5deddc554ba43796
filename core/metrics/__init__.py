"""Metrics: numbers with a contract, measured over periods and cut into parts."""
