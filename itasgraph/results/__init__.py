"""Solutions → what people and programs read: tables, W3C formats, pages, workbooks, footnotes."""
