#!/usr/bin/env python3
"""clang-tidy over the compile database of a build folder, several files at a time; or the compiler's own look at it.

    cpp.py BUILD_FOLDER [FILE...]             FILE: only these translation units
    cpp.py --compiler BUILD_FOLDER [FILE...]  that folder's compiler, which reads all but the tests and makes nothing

A translation unit that passed is remembered by a digest of all that the program saw of it: its own text, that of the
project's headers it reaches, its flags, the checks, the pinned libraries, the program's version. A second run, also in
another checkout, looks only at what changed. A finding in a header is printed once, however many units reach it.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIDY = os.environ.get("CLANG_TIDY", "clang-tidy-22")
ARGUMENTS = [
    # How far the analyzer follows the paths of one function: a tenth of its default, in a third of the time.
    "-Xclang", "-analyzer-config", "-Xclang", "max-nodes=20000",
]
PASSED = pathlib.Path(os.environ["PDC_CACHE"]) / "tidy"
KEPT_DAYS = 30
INCLUDE = re.compile(rb'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
FINDING = re.compile(r"^\S+:\d+:\d+: (?:error|warning): ")


def units_of(build):
    """(file, command, folder) of each of the project's own translation units."""
    for entry in json.loads((build / "compile_commands.json").read_text(encoding="utf-8")):
        file = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if ROOT in file.parents and build not in file.parents and "_deps" not in file.parts:
            yield file, entry.get("arguments") or shlex.split(entry["command"]), entry["directory"]


def closure_of(file, folders):
    """The file and the project's headers that it reaches, in a fixed order."""
    found, waiting = {}, [file]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = path.read_bytes()
        for name in INCLUDE.findall(found[path]):
            for folder in [path.parent, *folders]:
                header = (folder / name.decode()).resolve()
                if header.is_file():
                    waiting.append(header)
                    break
    return sorted(found.items())


def digest_of(file, flags, common):
    digest = hashlib.sha256(common)
    folders = [pathlib.Path(flag[2:]) for flag in flags if flag.startswith("-I") and str(ROOT) in flag]
    # Where the checkout, its build folder and the cache lie is no part of what is checked.
    digest.update("\0".join(flag for flag in flags if "/" not in flag).encode())
    for path, text in closure_of(file, folders):
        digest.update(f"\0{path.relative_to(ROOT) if ROOT in path.parents else path.name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


class Tidy:
    """clang-tidy, of every unit."""

    name = "clang-tidy"

    def __init__(self, build):
        self.build = build

    def looks_at(self, _file):
        return True

    def digest(self):
        """Of what every unit's result depends on."""
        version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
        settings = [ROOT / ".clang-tidy", *sorted(ROOT.glob("*/**/.clang-tidy")), ROOT / "cmake" / "pins.txt"]
        return version + repr(ARGUMENTS).encode() + b"".join(path.read_bytes() for path in settings)

    def command(self, file, _flags):
        return [TIDY, "--quiet", *(f"--extra-arg={argument}" for argument in ARGUMENTS), "-p", str(self.build), str(file)]


class Compiler:
    """The build folder's compiler, of all units but the tests': what it warns of without making code."""

    name = "compiler"

    def __init__(self, build):
        cache = (build / "CMakeCache.txt").read_text(encoding="utf-8")
        self.path = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.+)$", cache, re.MULTILINE).group(1)

    def looks_at(self, file):
        return file.relative_to(ROOT).parts[0] != "tests"

    def digest(self):
        version = subprocess.run([self.path, "--version"], check=True, capture_output=True).stdout
        return b"syntax" + version + (ROOT / "cmake" / "pins.txt").read_bytes()

    def command(self, _file, flags):
        # Without a launcher, which has nothing to keep.
        return [*flags[flags.index(self.path) :], "-fsyntax-only"]


def check(program, file, flags, folder):
    """What the program has to say about the file; None when nothing."""
    done = subprocess.run(program.command(file, flags), cwd=folder, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stdout or done.stderr


def print_findings(output, printed):
    """Prints each finding with the lines that belong to it, unless it was printed before."""
    wanted, count = False, 0
    for line in output.replace(f"{ROOT}/", "").splitlines():
        if FINDING.match(line):
            wanted = line not in printed
            printed.add(line)
            count += wanted
        if wanted:
            print(line)
    if count == 0 and not printed:
        print(output)


def forget_old():
    for stamp in PASSED.iterdir():
        if time.time() - stamp.stat().st_mtime > KEPT_DAYS * 86400:
            stamp.unlink(missing_ok=True)


def main():
    compiler, arguments = "--compiler" in sys.argv[1:], [one for one in sys.argv[1:] if one != "--compiler"]
    build = pathlib.Path(arguments[0]).resolve()
    program = (Compiler if compiler else Tidy)(build)
    only = {pathlib.Path(name).resolve() for name in arguments[1:]}
    common = program.digest()
    PASSED.mkdir(parents=True, exist_ok=True)
    seen = [unit for unit in units_of(build) if program.looks_at(unit[0]) and (not only or unit[0] in only)]
    units = {file: (digest_of(file, flags, common), flags, folder) for file, flags, folder in seen}
    due = {file: unit for file, unit in units.items() if not (PASSED / unit[0]).exists()}
    for file in units.keys() - due.keys():
        (PASSED / units[file][0]).touch()
    failed, printed = 0, set()
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 2))) as pool:
        running = {pool.submit(check, program, file, flags, folder): file for file, (_, flags, folder) in due.items()}
        for done, job in enumerate(concurrent.futures.as_completed(running), 1):
            file, output = running[job], job.result()
            print(f"[{done}/{len(due)}] {file.relative_to(ROOT)}", file=sys.stderr)
            if output is None:
                (PASSED / due[file][0]).touch()
            else:
                failed += 1
                print_findings(output, printed)
    forget_old()
    print(f"{program.name}: {len(units)} files, {len(due)} of them new or changed, {failed} with findings")
    sys.exit(1 if failed else 0)


main()
