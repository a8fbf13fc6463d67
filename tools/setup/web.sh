#!/usr/bin/env bash
# Installs the web side's development packages (web/package-lock.json) when they changed.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

have npm || die "npm is missing" "Install Node.js 18 or newer with npm."
stamp="$PDC_ROOT/web/node_modules/.package-lock.json"
if [ ! -f "$stamp" ] || [ "$PDC_ROOT/web/package-lock.json" -nt "$stamp" ]; then
  say "npm packages of web/"
  (cd "$PDC_ROOT/web" && npm ci --no-audit --no-fund --loglevel=error) ||
    die "npm ci failed in web/" "Check the network and run the same command again."
  touch "$stamp"
fi
