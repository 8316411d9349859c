"""The tools of those who write data: a new project, the check for faults, the coverage of a document."""
