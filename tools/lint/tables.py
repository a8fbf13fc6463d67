#!/usr/bin/env python3
"""tables.py [--write]: the state tables that ARCHITECTURE.md shows are those of the sources.

A table stands in a comment of the file that implements it: lines indented by three blanks, one of them of dashes. In the page
each is a code block after the line "From `path`:". --write copies them over. Also: docs/facts.md has every fact.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "ARCHITECTURE.md"
BLOCK = re.compile(r"(From `([^`]+)`:\n\n```text\n)(.*?)(```)", re.S)


def table_of(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    for rule, line in enumerate(lines):
        if re.fullmatch(r"//   -+(  -+)+", line):
            break
    else:
        return None
    first = last = rule
    while lines[first - 1].startswith("//   "):
        first -= 1
    while lines[last + 1].startswith("//   "):
        last += 1
    return "\n".join(row[5:] for row in lines[first : last + 1]) + "\n"


def facts_not_told():
    """Names of facts that shared/card/facts.cpp gives and docs/facts.md lacks, and the other way round."""
    given = set(re.findall(r'add(?:_flag|_count)?\(\s*"(\w+)"', (ROOT / "shared/card/facts.cpp").read_text(encoding="utf-8")))
    rows = [line.split("|")[1] for line in (ROOT / "docs/facts.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = set(re.findall(r"`(\w+)`", " ".join(rows)))
    return [f"docs/facts.md: there is no row of {name}" for name in sorted(given - told)] + [
        f"docs/facts.md: no card gives {name}" for name in sorted(told - given)]


def main():
    text = PAGE.read_text(encoding="utf-8")
    problems, count = [], 0

    def fresh(match):
        nonlocal count
        count += 1
        path = ROOT / match[2]
        table = table_of(path) if path.is_file() else None
        if table is None:
            problems.append(f"ARCHITECTURE.md: there is no table in {match[2]}")
        elif table != match[3]:
            problems.append(f"ARCHITECTURE.md: the table of {match[2]} is not the file's; run tools/lint/tables.py --write")
        return match[1] + (table or match[3]) + match[4]

    written = BLOCK.sub(fresh, text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(written, encoding="utf-8")
        problems = [problem for problem in problems if "--write" not in problem]
    problems += facts_not_told()
    if count == 0:
        problems.append("ARCHITECTURE.md: it shows no table")
    print("\n".join(problems) or f"tables: {count} as in the sources")
    return 1 if problems else 0


sys.exit(main())
