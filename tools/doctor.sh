#!/usr/bin/env bash
# doctor.sh: which programs are here, in which version, and which are needed. One line each; exit code 1 when one is
# missing or too old. "later" is what the command that needs it installs by itself.

. "$(dirname "${BASH_SOURCE[0]}")/setup/common.sh"

missing=0

version_of() { # PROGRAM
  case "$1" in
    node) node -p process.versions.node ;;
    shellcheck) shellcheck --version | sed -n 's/^version: //p' ;;
    *) "$1" --version 2>/dev/null | grep -o -E '[0-9]+(\.[0-9]+)+' | head -n 1 ;;
  esac
}

# line MARK NAME FOUND NEEDED FOR
line() { printf '%-8s %-18s %-14s %-12s %s\n' "$@"; }

# needs PROGRAM VERSION FOR: must be here.
needs() {
  local found
  if ! have "$1"; then
    line MISSING "$1" - "$2" "$3"
    missing=1
    return
  fi
  found="$(version_of "$1" || true)"
  if [ "$2" != any ] && ! version_at_least "${found:-0}" "$2"; then
    line "TOO OLD" "$1" "${found:-?}" "$2" "$3"
    missing=1
  else
    line ok "$1" "${found:-?}" "$2" "$3"
  fi
}

# wants PROGRAM PACKAGE FOR: ./run installs it where it may.
wants() {
  if have "$1"; then
    line ok "$1" "$(version_of "$1" || true)" any "$3"
  elif have apt-get && [ "$(id -u)" = 0 ]; then
    line later "$1" - any "$3"
  else
    line MISSING "$1" - any "$3: install the package $2"
    missing=1
  fi
}

emscripten() {
  local root
  root="$(cat "$PDC_CACHE/emscripten/root" 2>/dev/null || true)"
  if [ -n "$root" ] && [ -d "$root" ]; then
    line ok em++ "$(tr -d '"' <"$root/emscripten-version.txt")" 3.1.69 "$root"
  elif have em++ && version_at_least "$(version_of em++)" 3.1.69; then
    line ok em++ "$(version_of em++)" 3.1.69 "$(command -v em++)"
  elif have apt-get; then
    line later em++ - 3.1.69 "./run setup emscripten"
  else
    line MISSING em++ - 3.1.69 "install Emscripten and put em++ on PATH, or set EMSDK"
    missing=1
  fi
}

sources() {
  local all there
  all="$(grep -c -E '^(source|font)[[:space:]]' "$PDC_ROOT/cmake/pins.txt")"
  there="$(find "$PDC_CACHE/sources" "$PDC_CACHE/fonts" -mindepth 1 -maxdepth 1 -type d ! -name '*.part' 2>/dev/null | wc -l || true)"
  if [ "$there" -ge "$all" ]; then line ok "pinned sources" "$there" "$all" "$PDC_CACHE"; else line later "pinned sources" "$there" "$all" "./run setup sources"; fi
}

web() {
  if [ -f "$PDC_ROOT/web/node_modules/.package-lock.json" ]; then line ok "npm packages" here - web/node_modules; else line later "npm packages" - - "./run setup web"; fi
}

line '' program found needed for
needs git any "the pinned sources, where Debian's archive is out of reach"
needs c++ 12 "C++23"
needs cmake 3.23 "the build"
needs python3 3.9 "Emscripten, lint"
needs node "$wanted_node" "the web side, tests"
needs npm any "the web side"
wants ninja ninja-build "the build"
wants ccache ccache "fast rebuilds"
emscripten
sources
web
wants chromium chromium "browser tests, ./run demo -- --check"
wants chromium-headless-shell chromium-headless-shell "browser tests"
wants firefox-esr firefox-esr "browser tests"
wants clang-format-19 clang-format-19 "./run format, lint"
wants clang-tidy-22 clang-tidy-22 "./run lint"
wants shellcheck shellcheck "./run lint"
wants clang++-19 clang-19 "C++ tests, ./run lint, ./run fuzz"
wants nginx nginx "./run test deploy"
wants caddy caddy "./run test deploy"
[ $missing -eq 0 ] || die "something is missing; see the lines above"
