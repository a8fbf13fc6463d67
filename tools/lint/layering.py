#!/usr/bin/env python3
"""Fails on an #include, or a TypeScript import, that the architecture's arrows do not allow.

Reads every C++ file of shared/ and wasm/ and every module of web/src/. An arrow is a row of ARROWS or WEB_ARROWS (see
ARCHITECTURE.md); third-party headers may be included only by the files of OWNERS, third-party
modules imported by those of WEB_OWNERS. What only signs in is a file of its own: others may import its types alone.
Prints file:line and the rule. --self-test proves that it can fail.
"""
import pathlib
import posixpath
import re
import sys

ARROWS = {
    "base": [],
    "entity": ["base"],
    "pagerduty": ["base"],
    "client": ["pagerduty", "base"],
    "card": ["client", "pagerduty", "entity", "base"],
    "settings": ["card", "client", "pagerduty", "base"],
    "raster": [],
    "text": ["base"],
    "view": ["text", "settings", "card", "base"],
    "app": ["view", "raster", "text", "settings", "card", "base"],
    "abi": ["app", "settings", "card", "client", "view", "raster", "text", "pagerduty", "base"],
}
# From these folders the view may read the view models alone.
VIEW_READS = {"card/view_model.h", "card/snapshot.h", "settings/view_model.h"}
# Header pattern -> which files may include it.
OWNERS = [
    (re.compile(r"yaml-cpp/"), re.compile(r"shared/entity/read_yaml\.cpp")),
    (re.compile(r"nlohmann/"),
     re.compile(r"shared/entity/(read_json|read_plain)\.cpp|shared/pagerduty/\w+\.(cpp|h)|shared/card/read_snapshot\.cpp|shared/settings/(read_settings|connection_test)\.cpp|wasm/abi/(messages\.cpp|settings_messages\.cpp|journal\.cpp|members\.h|wording\.h)")),
    (re.compile(r"imgui"), re.compile(r"wasm/(text|raster|view|app)/\w+\.(cpp|h)")),
    (re.compile(r"emscripten"), re.compile(r"wasm/abi/\w+\.cpp|wasm/text/browser_source\.cpp")),
    (re.compile(r"stb_truetype|imstb"), re.compile(r"wasm/text/stb_source\.cpp")),
]
WEB_ARROWS = {
    "element": ["runtime", "twin", "transport"],
    "runtime": ["transport"],
    "transport": [],
    "oauth": [],
    "twin": [],
}
# The messages that cross the ABI are everybody's.
WEB_SHARED = "runtime/messages.js"
WEB_OWNERS = {"oauth4webapi": "web/src/oauth/grant.ts", "react": "web/src/entries/react.ts"}
# Loaded by its address when somebody signs in.
WEB_APART = "oauth"
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')


IMPORT = re.compile(r"""^\s*(?:import\b|export\b.*\bfrom\b|\}\s*from\b).*?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]""")

IMPORT_TYPE = re.compile(r"^\s*import type\b|\btypeof import\(")


def problems_of(path, text):
    """Yields (line, message) for each forbidden include of the file at `path` (relative, with '/')."""
    yield from (web_problems_of if path.startswith("web/") else cpp_problems_of)(path, text)


def web_problems_of(path, text):
    folder = posixpath.dirname(path).removeprefix("web/src").strip("/")
    for number, line in enumerate(text.splitlines(), 1):
        found = IMPORT.search(line)
        if not found:
            continue
        module = found.group(1) or found.group(2)
        if not module.startswith("."):
            if WEB_OWNERS.get(module) != path:
                yield number, f"{module} must not be imported: only {', '.join(WEB_OWNERS.values())} has a dependency at run time"
            continue
        target = posixpath.normpath(posixpath.join("web/src", folder, module)).removeprefix("web/src/")
        other = target.split("/")[0]
        if other == WEB_APART and folder != WEB_APART and IMPORT_TYPE.search(line):
            continue
        if folder in WEB_ARROWS and other != folder and other not in WEB_ARROWS[folder] and target != WEB_SHARED:
            yield number, f"web/src/{folder} must not import {module}: it may use {', '.join(WEB_ARROWS[folder]) or WEB_SHARED}"


def cpp_problems_of(path, text):
    side, folder = path.split("/")[:2]
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        header = found.group(1)
        for pattern, owner in OWNERS:
            if pattern.search(header) and not owner.fullmatch(path):
                yield number, f"{header} may only be included by {owner.pattern}"
        target = header.split("/")[0]
        if target not in ARROWS or "/" not in header or target == folder:
            continue
        if target not in ARROWS[folder]:
            yield number, f"{side}/{folder} must not include {header}: it may use {', '.join(ARROWS[folder]) or 'nothing'}"
        elif folder == "view" and target in ("card", "settings") and header not in VIEW_READS:
            yield number, f"the view reads only {', '.join(sorted(VIEW_READS))}, not {header}"


def self_test():
    cases = [
        ("shared/base/a.cpp", '#include "entity/entity.h"', 1),
        ("shared/card/a.cpp", '#include "view/view.h"', 1),
        ("shared/card/a.cpp", '#include "client/broker.h"', 0),
        ("shared/client/a.cpp", '#include <nlohmann/json.hpp>', 1),
        ("shared/entity/read_yaml.cpp", '#include <yaml-cpp/yaml.h>', 0),
        ("shared/entity/target.cpp", '#include <yaml-cpp/yaml.h>', 1),
        ("wasm/view/a.cpp", '#include "card/page.h"', 1),
        ("wasm/view/a.cpp", '#include "settings/page.h"', 1),
        ("wasm/view/a.cpp", '#include "card/view_model.h"\n#include "imgui.h"', 0),
        ("shared/base/a.cpp", '#include "imgui.h"', 1),
        ("web/src/twin/a.ts", "import { Engine } from '../runtime/engine.js';", 1),
        ("web/src/twin/a.ts", "import type { Node } from '../runtime/messages.js';", 0),
        ("web/src/element/a.ts", "import { x } from '../twin/twin.js';\nexport * from './b.js';", 0),
        ("web/src/transport/a.ts", "const x = await import('../element/page.js');", 1),
        ("web/src/twin/a.ts", "import {\n  x,\n} from '../element/page.js';", 1),
        ("web/src/index.ts", "import lodash from 'lodash';", 1),
        ("web/src/index.ts", "export { x } from './element/page.js';", 0),
        ("web/src/oauth/grant.ts", "import * as oauth from 'oauth4webapi';", 0),
        ("web/src/oauth/oauth.ts", "import * as oauth from 'oauth4webapi';", 1),
        ("web/src/oauth/grant.ts", "import lodash from 'lodash';", 1),
        ("web/src/transport/a.ts", "import type { Plan } from '../oauth/oauth.js';\ntype M = typeof import('../oauth/oauth.js');", 0),
        ("web/src/transport/a.ts", "import { signIn } from '../oauth/oauth.js';", 1),
    ]
    for path, text, expected in cases:
        found = len(list(problems_of(path, text)))
        if found != expected:
            sys.exit(f"self-test: {path} with {text!r}: {found} problems, expected {expected}")
    print(f"layering: self-test of {len(cases)} cases passed")


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    root = pathlib.Path(__file__).resolve().parents[2]
    files = [f for side in ("shared", "wasm") for f in (root / side).rglob("*") if f.suffix in (".h", ".cpp")]
    files += (root / "web" / "src").rglob("*.ts")
    bad = 0
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        for number, message in problems_of(path, file.read_text(encoding="utf-8")):
            print(f"{path}:{number}: {message}")
            bad += 1
    print(f"layering: {len(files)} files, {bad} forbidden includes and imports")
    sys.exit(1 if bad else 0)


main()
