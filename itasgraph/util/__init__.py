"""Tools that know nothing of graphs: files, worker threads, progress, spelling, templates, the terminal."""
