#!/usr/bin/env bash
# Installs what tests/package/ uses the package with (bundlers, React) into the cache folder, by the digest of each lock file.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

need_node
alone package-tests
# What tests that were stopped have left there.
find "$PDC_CACHE/package-tests" -maxdepth 2 -name 'portal-*' -mmin +60 -exec rm -rf {} + 2>/dev/null || true
for lock in "$PDC_ROOT"/tests/package/*/package-lock.json; do
  name="$(basename "$(dirname "$lock")")"
  digest="$(sha256_of "$lock")"
  folder="$PDC_CACHE/package-tests/$name-${digest:0:16}"
  [ ! -f "$folder/complete" ] || continue
  say "npm packages of tests/package/$name"
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "$(dirname "$lock")/package.json" "$lock" "$folder"
  [ ! -f "$(dirname "$lock")/.npmrc" ] || cp "$(dirname "$lock")/.npmrc" "$folder"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) ||
    die "npm ci failed for tests/package/$name" "Check the network and run the same command again."
  touch "$folder/complete"
done
