"""From folders of definitions to one checked, immutable catalog: found, merged, read, compiled, cross-checked."""
