"""The options that commands share: where the graph comes from, how long to wait, where the answer goes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

import click

from itasgraph import messages, project
from itasgraph.cli.language import lang_option, language
from itasgraph.cli.parameter_types import Choice, FloatRange
from itasgraph.errors import UsageError
from itasgraph.parsing import query_guard
from itasgraph.project import Project
from itasgraph.store import access
from itasgraph.store.memory import Graph
from itasgraph.store.queryable import Queryable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")
G = TypeVar("G", bound=Queryable)

# Seconds that a command has unless --timeout says otherwise.
_DEFAULT = 600


class GraphOptions(NamedTuple):
    """The options on where the graph comes from, the language of the answer, and the limit in seconds (None: no limit).

    The query may call the hosts `services`. With `no_union`, the default graph of `data` stays apart from its named graphs; with `no_people` people are left out of the graph, without `contacts` their e-mail
    addresses and telephone numbers.
    """

    lang: str
    folder: Path | None = None
    data: tuple[Path, ...] = ()
    endpoint: str | None = None
    timeout: float | None = None
    services: tuple[str, ...] = ()
    no_union: bool = False
    no_people: bool = False
    contacts: bool = True

    def project(self) -> Project:
        """Return the project; say on stderr where it is the bundled one by default."""
        chosen = project.find(self.folder)
        if chosen.bundled and not self.data and self.endpoint is None:
            click.echo(messages.render("using-bundled", self.lang, path=chosen.root), err=True)
        return chosen

    def graph(self, chosen: Project) -> Queryable:
        """Return the graph of the project, of --data or of --endpoint."""
        loaded = access.open_graph(chosen, self.data, self.endpoint, self.timeout, union=not self.no_union)
        return self._without_personal_data(loaded)

    def graph_to_copy(self, chosen: Project) -> Queryable:
        """Return the graph for a copy of all its statements: RDF files are then read without a store."""
        return self.local_graph(chosen) if self.endpoint is None else self.graph(chosen)

    def local_graph(self, chosen: Project) -> Graph:
        """Return the graph of the project or of --data, for a copy of all its statements."""
        return self._without_personal_data(access.open_files(self.data, chosen) if self.data else access.load(chosen))

    def _without_personal_data(self, loaded: G) -> G | Graph:
        """Let queries call the hosts that the user names, and leave out people or their contact details as the options say."""
        loaded.services = self.services
        if self.contacts and not self.no_people:
            return loaded
        from itasgraph.filters.contacts import hide_contacts

        public = hide_contacts(loaded)
        if not self.no_people:
            return public
        from itasgraph.filters.anonymisation import anonymise

        return anonymise(public)

    def run(self, work: Callable[[BinaryIO], T], out: BinaryIO | None = None) -> T:
        """Run `work`, which opens the graph and queries it, within the time limit; see `access.run`."""
        return access.run(work, self.timeout, self.endpoint, out)


project_option = click.option(
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with ontology/, data/ and queries/; default: the current folder, else the bundled project.",
)
data_option = click.option(
    "--data",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask this RDF or YAML-LD file instead, gzipped or not (repeatable).",
)
endpoint_option = click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead.")


def host_names(_ctx: click.Context, option: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the hosts named by the texts, each a host, host:port or web address. Raise UsageError for a text without a host."""
    for text in texts:
        if not _host(text):
            raise UsageError("invalid-host", option=option.opts[0], value=text)
    return tuple(map(_host, texts))


# Labels of a host name (RFC 1123, section 2.1), also those with letters that IDNA encodes, or an IPv6 address.
_LABEL: Final = r"(?!-)[\w-]{1,63}(?<!-)"
_HOST: Final = rf"{_LABEL}(?:\.{_LABEL})*|[0-9a-f:]+:[0-9a-f:.]*"


def _host(text: str) -> str:
    """Return the host of a web address, of `host` or of `host:port`, in small letters, or "" where there is none."""
    is_address = "//" in text
    bare = f"[{text}]" if text.count(":") > 1 and "[" not in text else text
    try:
        parts = urlsplit(text if is_address else f"http://{bare}")
        valid_port = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    host = query_guard.host_of(parts.geturl())
    has_more = parts.username is not None or not (is_address or parts.geturl() == f"http://{parts.netloc}")
    return host if valid_port and not has_more and text.isprintable() and re.fullmatch(_HOST, host) else ""


service_option = click.option(
    "--allow-service",
    "services",
    multiple=True,
    callback=host_names,
    metavar="HOST",
    help="Let the query call this host with SERVICE (repeatable).",
)


def shell_completion(name: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return a function that completes an argument by `completion.NAME`, which is imported when a shell asks."""

    def complete(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from itasgraph.cli import completion

        offered: list[CompletionItem] = getattr(completion, name)(ctx, parameter, incomplete)
        return offered

    return complete


# What `GraphOptions` takes from the options of a command. A command may have a --timeout of its own.
_GRAPH_OPTIONS: Final = ("folder", "data", "endpoint", "services", "no_union", "no_people", "contacts")


def graph_options(data: bool = True, seconds: int = _DEFAULT, services: bool = False) -> Callable[[F], F]:
    """Add --project, --data, --endpoint, --timeout and --lang, which a command receives as one argument `options`.

    Without `data` add only --project and --lang; `seconds` is the default of --timeout. `services` adds --allow-service,
    for commands that run a query of the user or of a project. The argument holds --data, --no-people and
    --contacts, too, where a command adds them itself.
    """

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def collect(**values: object) -> object:
            names = [*_GRAPH_OPTIONS, "timeout"] if data else _GRAPH_OPTIONS
            # Any: click does not type the values of options.
            graph_values: Any = {name: values.pop(name) for name in names if name in values}
            return command(options=GraphOptions(language(click.get_current_context()), **graph_values), **values)

        limit = timeout_option(seconds, "Give up when reading, requests and computing take longer than this in all.")
        where = [data_option, endpoint_option, limit] if data else []
        options = [project_option, *where, *([service_option] if services else []), lang_option]
        return cast("F", functools.reduce(lambda function, option: option(function), reversed(options), collect))

    return decorate


# The longest time-out that a thread accepts, in seconds; a longer one means no limit.
_MAX_SECONDS = 1_000_000


def _seconds(_ctx: click.Context, _option: click.Parameter, seconds: float) -> float | None:
    return seconds if seconds <= _MAX_SECONDS else None


def timeout_option(default: int, explanation: str) -> Callable[[F], F]:
    """Return the option --timeout in seconds; a command receives None where there is no limit."""
    kind = FloatRange(min=0, min_open=True)
    return click.option(
        "--timeout",
        type=kind,
        callback=_seconds,
        default=default,
        show_default=True,
        metavar="SECONDS",
        help=explanation,
    )


def format_option(choices: Sequence[str], explanation: str, default: str | None = None) -> Callable[[F], F]:
    """Return the option --format, which names one of the choices; a command receives it as `format_`."""
    option = functools.partial(click.option, "-f", "--format", "format_", type=Choice(choices), help=explanation)
    return option() if default is None else option(default=default, show_default=True)


def two_values(_ctx: click.Context, option: click.Parameter, values: tuple[str, str] | None) -> tuple[str, str] | None:
    """Raise UsageError where an option of two values has fewer; `program.Command` makes the missing ones empty."""
    if values is not None and not all(values):
        raise UsageError("two-values", option=option.opts[0], metavar=option.metavar)
    return values


def day_option(name: str, explanation: str) -> Callable[[F], F]:
    """Return an option that takes a day; a command receives it as a date."""
    return click.option(name, callback=_day, metavar="YYYY-MM-DD", help=explanation)


def _day(_ctx: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """Return the date. Raise UsageError for what is no day."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError("invalid-day", option=option.opts[0], value=text) from None


_no_people_option = click.option(
    "--no-people", is_flag=True, help="Leave people out; organisations appear in their place."
)
_contacts_option = click.option(
    "--contacts", is_flag=True, help="Include the e-mail addresses and telephone numbers of people."
)


def people_options(command: F) -> F:
    """Add --no-people and --contacts; without --contacts the graph of the command has no contact details of people."""
    return _no_people_option(_contacts_option(command))


output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file; - is stdout."
)
