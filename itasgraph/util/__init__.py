"""What knows nothing of graphs: files, worker threads, progress, spelling, templates, the terminal."""
