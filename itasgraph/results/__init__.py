"""The results of queries for people and programs: tables, W3C formats, pages, workbooks, footnotes."""
