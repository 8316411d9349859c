"""Speed, measured on whole processes; run by `make bench`, never by the tests."""
