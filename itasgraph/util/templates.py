"""The pages that Jinja makes from the templates of the package, with all texts escaped that are not marked as markup."""

from __future__ import annotations

from importlib import resources


def render(template: str, **values: object) -> str:
    """Fill the template at `template`, a path below the package. A value it lacks is an error; strings are escaped."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(resource),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)


def resource(name: str) -> str:
    """Return the text of the file at `name`, a path below the package."""
    return (resources.files("itasgraph") / name).read_text(encoding="utf-8")
