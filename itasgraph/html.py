"""The one door to Jinja: pages from the templates in page/, everything escaped unless it is marked as ours."""

from __future__ import annotations

from importlib import resources


def render(template: str, **values: object) -> str:
    """Fill the template `page/TEMPLATE`. A value it lacks is an error; strings are escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(resource(template)).render(**values)


def resource(name: str) -> str:
    """The text of the file `page/NAME`."""
    return (resources.files("itasgraph") / "page" / name).read_text(encoding="utf-8")
