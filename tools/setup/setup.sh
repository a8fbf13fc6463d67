#!/usr/bin/env bash
# setup.sh [WHAT...]: sources emscripten web system; all of them by default.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
here="$PDC_ROOT/tools/setup"

[ $# -gt 0 ] || set -- system sources emscripten web
for what in "$@"; do
  case "$what" in
    system) "$here/system-packages.sh" build archive wasm browser firefox lint sanitizers deploy ;;
    sources) "$here/sources.sh" ;;
    emscripten) "$here/emscripten.sh" ;;
    web) "$here/web.sh" ;;
    *) die "there is nothing to set up called $what" "known: sources emscripten web system" ;;
  esac
done
