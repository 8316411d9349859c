"""What helps who writes the data: a first project, all faults at once, the coverage of a source, a schema for editors."""
