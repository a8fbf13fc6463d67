#!/usr/bin/env bash
# Installs the web side's development packages (web/package-lock.json) when they changed.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_node
stamp="$PDC_ROOT/web/node_modules/.package-lock.json"
is_fresh() { [ -f "$stamp" ] && [ ! "$PDC_ROOT/web/package-lock.json" -nt "$stamp" ]; }
is_fresh && exit 0
alone web
is_fresh && exit 0
say "npm packages of web/"
(cd "$PDC_ROOT/web" && npm ci --no-audit --no-fund --loglevel=error) ||
  die "npm ci failed in web/" "Check the network and run the same command again."
touch "$stamp"
