"""The scripts of the page read its data as the contract says; tests/picture/test_contract.py looks at Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from itasgraph.picture.contract import PageData
from tests.helpers.browsing import window
from tests.helpers.contract import is_in
from tests.helpers.namespaces import BASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Records the path of each key that a script reads from the data of the page; "*" is an index of a list.
RECORDER = """(() => {
  const parse = JSON.parse;
  const paths = window.readPaths = new Set();
  const record = (value, path) => (typeof value !== "object" || value === null ? value : new Proxy(value, {
    get(target, key, receiver) {
      const found = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || key === "toJSON" || (!Object.hasOwn(target, key) && key in target)) return found;
      if (Array.isArray(target) && key === "length") return found;
      const at = [...path, Array.isArray(target) ? "*" : key];
      paths.add(JSON.stringify(at));
      return record(found, at);
    },
  }));
  JSON.parse = (text, ...rest) => (text.includes('"nodes"') ? record(parse(text, ...rest), []) : parse(text, ...rest));
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
    "view=table",
]


@pytest.mark.slow
def test_scripts_read_the_contract(browser: Browser, shown: Path) -> None:
    seen = window(browser)
    seen.page.add_init_script(RECORDER)
    seen.open(shown)
    seen.page.evaluate(USES, [ADDRESSES])
    paths = [tuple(json.loads(path)) for path in seen.page.evaluate("[...readPaths]")]
    seen.page.context.close()

    assert sorted({path for path in paths if not is_in(path, PageData)}) == []
    assert {path[0] for path in paths} == set(PageData.__annotations__)
