// The scripts of the page are put together into one (picture/view.py), so each sees what the others declare at their top.
// They are linted one by one, so that a fault names its file and line; what goes across files is looked at here.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url); // unlike import, this looks where NODE_PATH says
const js = require("@eslint/js");
const globals = require("globals");

const folder = new URL("../itasgraph/picture/assets/", import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith(".js")).map((name) => readFileSync(new URL(name, folder), "utf8"));
const whole = sources.join("\n");
const declared = [...whole.matchAll(/^(?:const|let|class|function|async function) ([\w$]+)/gm)].map(([, name]) => name);

const twice = declared.filter((name, n) => declared.indexOf(name) !== n);
if (twice.length > 0) throw new Error(`Declared at the top of two scripts of the page: ${twice.join(", ")}`);

// A name after a single dot is a property; after three it is spread.
const uses = (name) => whole.match(new RegExp(`(?<![\\w$]|[^.]\\.)${name.replace("$", "\\$")}(?![\\w$])`, "g")).length;
const unused = declared.filter((name) => uses(name) < 2);
if (unused.length > 0) throw new Error(`Declared at the top of a script of the page and used nowhere: ${unused.join(", ")}`);

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "script",
      ecmaVersion: 2024,
      globals: { ...globals.browser, vis: "readonly", ...Object.fromEntries(declared.map((name) => [name, "readonly"])) },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-redeclare": ["error", { builtinGlobals: false }], // each script declares some of the names listed above
      "no-unused-vars": ["error", { vars: "local" }], // the rest is looked at above
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
