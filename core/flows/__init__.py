"""Flows at work: which moves are open, what a gate still wants, and the automations that follow a change."""
