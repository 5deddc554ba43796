"""What editors need to help with definitions: JSON Schemas for every kind, and where they are written."""
