#!/usr/bin/env python3
"""Fails on an #include that the architecture's arrows do not allow.

Reads every C++ file of shared/ and wasm/. An arrow is a row of ARROWS (see ARCHITECTURE.md); third-party headers
may be included only by the files of OWNERS. Prints file:line and the rule. --self-test proves that it can fail.
"""
import pathlib
import re
import sys

ARROWS = {
    "base": [],
    "entity": ["base"],
    "pagerduty": ["base"],
    "client": ["pagerduty", "base"],
    "card": ["client", "pagerduty", "entity", "base"],
    "raster": [],
    "text": ["base"],
    "view": ["text", "card", "base"],
    "app": ["view", "raster", "text", "card", "base"],
    "abi": ["app", "card", "view", "raster", "text", "pagerduty", "base"],
}
# From the card's folder the view may read the view model alone.
VIEW_READS = {"card/view_model.h", "card/snapshot.h"}
# Header pattern -> which files may include it.
OWNERS = [
    (re.compile(r"yaml-cpp/"), re.compile(r"shared/entity/read_yaml\.cpp")),
    (re.compile(r"nlohmann/"),
     re.compile(r"shared/entity/read_json\.cpp|shared/pagerduty/\w+\.(cpp|h)|shared/card/read_snapshot\.cpp|wasm/abi/messages\.cpp")),
    (re.compile(r"imgui"), re.compile(r"wasm/(text|raster|view|app)/\w+\.(cpp|h)")),
    (re.compile(r"emscripten"), re.compile(r"wasm/abi/\w+\.cpp|wasm/text/browser_source\.cpp")),
    (re.compile(r"stb_truetype|imstb"), re.compile(r"wasm/text/stb_source\.cpp")),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')


def problems_of(path, text):
    """Yields (line, message) for each forbidden include of the file at `path` (relative, with '/')."""
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
        elif folder == "view" and target == "card" and header not in VIEW_READS:
            yield number, f"the view reads only {', '.join(sorted(VIEW_READS))} of card, not {header}"


def self_test():
    cases = [
        ("shared/base/a.cpp", '#include "entity/entity.h"', 1),
        ("shared/card/a.cpp", '#include "view/view.h"', 1),
        ("shared/card/a.cpp", '#include "client/broker.h"', 0),
        ("shared/client/a.cpp", '#include <nlohmann/json.hpp>', 1),
        ("shared/entity/read_yaml.cpp", '#include <yaml-cpp/yaml.h>', 0),
        ("shared/entity/target.cpp", '#include <yaml-cpp/yaml.h>', 1),
        ("wasm/view/a.cpp", '#include "card/page.h"', 1),
        ("wasm/view/a.cpp", '#include "card/view_model.h"\n#include "imgui.h"', 0),
        ("shared/base/a.cpp", '#include "imgui.h"', 1),
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
    bad = 0
    for file in sorted(files):
        path = file.relative_to(root).as_posix()
        for number, message in problems_of(path, file.read_text(encoding="utf-8")):
            print(f"{path}:{number}: {message}")
            bad += 1
    print(f"layering: {len(files)} files, {bad} forbidden includes")
    sys.exit(1 if bad else 0)


main()
