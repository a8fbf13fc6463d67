#!/usr/bin/env bash
# test.sh [STEP...]: runs the steps (all by default), counts what each reports, and ends with one line:
# N passed, N failed, N skipped.
#   lint     all of ./run lint
#   unit     C++ tests, natively under AddressSanitizer and UndefinedBehaviorSanitizer
#   wasm     the same tests as WebAssembly under Node, with the code that ships
#   node     the simulator's own tests and the API contract
#   deploy   the servers' configurations of deploy/, in real nginx and Caddy
#   browser  the element in real browsers
#   package  the npm package, packed, installed and used: bundlers, React, a server
#   faults   what a card says and does in each state when each fault strikes, in real browsers; no secret leaks meanwhile
#   fuzz     each fuzzer for a quarter of a minute
#   size     the bundle's budget

. "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"
cd "$PDC_ROOT"
mkdir -p build/logs
passed=0 failed=0 skipped=0

# count NAME PASSED FAILED SKIPPED
count() {
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  note "$1: $2 passed, $3 failed, $4 skipped"
}

logged() { # LOG COMMAND...
  local log="$1"
  shift
  "$@" >"$log" 2>&1
}

# step NAME COMMAND...: runs it, its output into a log; shows how far it is, and the log's end when it failed.
step() {
  local name="$1" log="build/logs/test-$1.log" began=$SECONDS
  shift
  say "$name"
  # Without what Node says below each test.
  how_far() { tail -n 20 "build/logs/test-$name.log" 2>/dev/null | grep -v -E '^ *(---|\.\.\.|(duration_ms|type|location): .*)$' | tail -n 1; }
  rm -f "$log"
  if with_progress "$progress_every_s" how_far logged "$log" "$@"; then
    note "$((SECONDS - began)) s"
    return 0
  fi
  grep -n -E 'error:|Error:|FAILED|not ok|✖' "$log" | head -n 40 >&2 || true
  tail -n 30 "$log" >&2
  note "the whole output: $log"
  return 1
}
progress_every_s=30
[ ! -t 2 ] || progress_every_s=5

# Sums of GoogleTest's closing lines in a log.
sum_of() { sed -n "s/^$2 \([0-9]*\) tests\{0,1\}.*/\1/p" "$1" | awk '{n += $1} END {print n + 0}'; }

count_gtest() { # NAME OK
  local log="build/logs/test-$1.log" p f s
  p="$(sum_of "$log" '[0-9]*: \[  PASSED  \]')" f="$(sum_of "$log" '[0-9]*: \[  FAILED  \]')"
  s="$(sum_of "$log" '[0-9]*: \[  SKIPPED \]')"
  # A program that crashed or did not build has counted nothing: that is a failure too.
  [ "$2" = 0 ] || [ "$f" -gt 0 ] || f=1
  count "$1" "$p" "$f" "$s"
  sed -n 's/.*\(skipped: .*\)/    \1/p' "$log" | sort -u >&2
}

count_node() { # NAME OK
  local log="build/logs/test-$1.log" p f s
  p="$(sed -n 's/^# pass \([0-9]*\).*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')"
  f="$(sed -n 's/^# fail \([0-9]*\).*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')"
  s="$(sed -n 's/^# skipped \([0-9]*\).*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')"
  [ "$2" = 0 ] || [ "$f" -gt 0 ] || f=1
  count "$1" "$p" "$f" "$s"
  sed -n 's/.*# SKIP \(.*\)/    \1/p' "$log" | sort -u >&2
}

unit() {
  local ok=0
  step unit bash -c './run _native native-asan all && ctest --preset native-asan -j 2 --verbose' || ok=1
  count_gtest unit $ok
}
wasm() {
  local ok=0
  step wasm bash -c './run _wasm wasm-release all && ctest --preset wasm-release -j 2 --verbose' || ok=1
  count_gtest wasm $ok
}
node_tests() {
  local ok=0
  step node bash -c 'tools/setup/web.sh && node --test --test-reporter=tap tests/simulator/*.test.mjs tests/contract/*.test.mjs tests/fuzz/*.test.mjs' || ok=1
  count_node node $ok
}
deploy() {
  local ok=0
  step deploy bash -c './run build && ./run _native native-asan pdcard && tools/setup/system-packages.sh deploy browser &&
    node --test --test-concurrency=1 --test-reporter=tap tests/deploy/*.test.mjs' || ok=1
  count_node deploy $ok
}
browser() {
  local ok=0
  step browser bash -c './run site && ./run _native native-asan pdcard && tools/setup/system-packages.sh browser firefox &&
    node --test --test-concurrency=2 --test-reporter=tap tests/browser/*.test.mjs tests/client/*.test.mjs' || ok=1
  count_node browser $ok
}
package() {
  local ok=0
  step package bash -c './run build && tools/setup/system-packages.sh browser && tools/setup/package-tests.sh &&
    node --test --test-concurrency=2 --test-reporter=tap tests/package/*.test.mjs' || ok=1
  count_node package $ok
}
faults() {
  local ok=0
  step faults bash -c './run build && tools/setup/system-packages.sh browser firefox &&
    node --test --test-reporter=tap tests/faults/*.test.mjs && node tests/faults/main.mjs' || ok=1
  count_node faults $ok
}
fuzz() {
  local ok=0 f p
  step fuzz ./run fuzz 15 || ok=1
  p="$(sed -n 's/^fuzz: \([0-9]*\) fuzzers.*/\1/p' build/logs/test-fuzz.log)"
  f="$(sed -n 's/^fuzz: .* \([0-9]*\) broken$/\1/p' build/logs/test-fuzz.log)"
  [ $ok = 0 ] || [ "${f:-0}" -gt 0 ] || f=1
  count fuzz "$((${p:-0} - ${f:-0}))" "${f:-0}" 0
}
size() {
  if step size bash -c './run build && ./run size'; then count size 1 0 0; else count size 0 1 0; fi
  sed -n 's/^total.*/    &/p' build/logs/test-size.log >&2
}
count_lint() { # OK: a check is a test
  local log="build/logs/test-lint.log" p f
  p="$(sed -n 's/^lint: \([0-9]*\) checks passed.*/\1/p' "$log")"
  f="$(sed -n 's/^lint: .* \([0-9]*\) failed$/\1/p' "$log")"
  [ "$1" = 0 ] || [ "${f:-0}" -gt 0 ] || f=1
  count lint "${p:-0}" "${f:-0}" 0
}
lint() {
  local ok=0
  step lint tools/lint/lint.sh || ok=1
  count_lint $ok
}

# What comes over the network comes while the first steps compile. Each step sets up what it needs, and says what is missing, by
# itself: it finds it here, or waits for it.
fetch_ahead() {
  tools/setup/emscripten.sh && tools/setup/package-tests.sh && tools/setup/system-packages.sh browser firefox
} >build/logs/test-ahead.log 2>&1

steps=(lint unit wasm node deploy browser package faults fuzz size)
if [ $# -eq 0 ]; then
  set -- "${steps[@]}"
  fetch_ahead &
fi
for name in "$@"; do
  case " ${steps[*]} " in
    *" $name "*) ;;
    *) die "there is no test step called $name" "known: ${steps[*]}" ;;
  esac
done
for name in "$@"; do
  case "$name" in
    node) node_tests ;;
    *) "$name" ;;
  esac
done
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
