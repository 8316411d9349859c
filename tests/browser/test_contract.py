"""The scripts of the page read its data as the contract says; tests/picture/test_contract.py looks at Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itasgraph.picture.contract import NetworkView, PageData
from itasgraph.project import Project
from itasgraph.store.memory import Graph
from tests.helpers.browsing import page_of, window
from tests.helpers.contract import is_in
from tests.helpers.namespaces import BASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Records the path of each key that networks.js reads from the data of the page (`page`), and that the other scripts read from what
# it makes of them (`view`); "*" is an index of a list.
RECORDER = """(() => {
  const parse = JSON.parse;
  const read = window.readPaths = { page: new Set(), view: new Set() };
  const record = (value, path, paths) => (typeof value !== "object" || value === null ? value : new Proxy(value, {
    get(target, key, receiver) {
      const found = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || key === "toJSON" || (!Object.hasOwn(target, key) && key in target)) return found;
      if (Array.isArray(target) && key === "length") return found;
      const at = [...path, Array.isArray(target) ? "*" : key];
      paths.add(JSON.stringify(at));
      return record(found, at, paths);
    },
  }));
  JSON.parse = (text, ...rest) => (text.includes('"nodes"') ? record(parse(text, ...rest), [], read.page) : parse(text, ...rest));
  document.addEventListener("DOMContentLoaded", () => {
    const make = window.networkView;
    window.networkView = (...page) => record(make(...page), [], read.view);
  });
})()"""
USES = """([addresses]) => {
  for (const address of addresses) {
    window.location.hash = address;
    itasgraph.address.follow();
  }
  const { model, panel, share } = itasgraph;
  share.listeners.pageOf({});
  for (const entity of model.nodes.keys()) {
    panel.render({ ...NO_SELECTION, entity });
    share.listeners.pageOf({ entity });
  }
  for (const relation of model.edges.keys()) {
    panel.render({ ...NO_SELECTION, relation });
    share.listeners.pageOf({ relation });
  }
  for (const { ask } of panel.questions.tour.steps) for (const part of [null, 0]) share.listeners.pageOf({ ask, part });
  for (const format of ["svg", "csv", "turtle"]) share.downloads[format]();
}"""
ADDRESSES = [
    f"entity={BASE}person/udo-wehner",
    "ask=connects",
    "ask=groups",
    "ask=missing",
    "ask=planned",
    "net=contacts",
    "net=contacts&view=table",
]


@pytest.mark.slow
def test_scripts_read_the_contract(browser: Browser, graph: Graph, shipped: Project, tmp_path: Path) -> None:
    shown = tmp_path / "several.html"
    shown.write_bytes(page_of(graph, shipped, "actors contacts", "de"))
    seen = window(browser)
    seen.page.add_init_script(RECORDER)
    seen.open(shown)
    seen.page.evaluate(USES, [ADDRESSES])
    paths = {
        kind: [tuple(json.loads(path)) for path in seen.page.evaluate(f"[...readPaths.{kind}]")]
        for kind in ("page", "view")
    }
    seen.page.context.close()

    assert sorted({path for path in paths["page"] if not is_in(path, PageData)}) == []
    assert sorted({path for path in paths["view"] if not is_in(path, NetworkView)}) == []
    assert {path[0] for path in paths["page"]} == set(PageData.__annotations__)
    # The switch reads the labels of all networks from the page.
    assert set(NetworkView.__annotations__) - {path[0] for path in paths["view"]} == {"label"}
