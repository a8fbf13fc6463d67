#!/usr/bin/env bash
# fuzz.sh [SECONDS [NAME...]]: runs the built fuzzers one after the other, each for SECONDS (60), from its seeds and
# from what earlier runs found (kept in the cache folder). An input that breaks one is kept in build/fuzz-findings/.

. "$(dirname "${BASH_SOURCE[0]}")/setup/common.sh"
cd "$PDC_ROOT"
seconds="${1:-60}"
[[ "$seconds" =~ ^[0-9]+$ ]] || die "how many seconds is \"$seconds\"?" "./run fuzz [SECONDS [NAME...]]"
[ $# -eq 0 ] || shift

mkdir -p build/fuzz-findings
shopt -s nullglob
# Three times as fast; where memory came from, a replayed finding tells.
export ASAN_OPTIONS="${ASAN_OPTIONS:-malloc_context_size=0:quarantine_size_mb=16}"
run=0 broken=0
for program in build/native-fuzz/tests/fuzz/fuzz_*; do
  name="${program##*/fuzz_}"
  # The folder also holds what CMake keeps beside the programs.
  if [ ! -x "$program" ] || [ ! -f "$program.seeds" ]; then continue; fi
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  say "$name, $seconds s"
  corpus="$PDC_CACHE/fuzz/$name"
  mkdir -p "$corpus"
  mapfile -t seeds < <(grep . "$program.seeds")
  run=$((run + 1))
  words=()
  [ -f "tests/fuzz/$name.dict" ] && words=("-dict=tests/fuzz/$name.dict")
  # Memory and time limits: what the card promises of one document, with room for the sanitizers.
  "$program" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz-findings/$name-" "${words[@]}" "$corpus" "${seeds[@]}" >"build/logs/fuzz-$name.log" 2>&1 ||
    { broken=$((broken + 1)); tail -n 30 "build/logs/fuzz-$name.log" >&2; note "the input is in build/fuzz-findings/$name-*"; }
  sed -n 's/^stat::number_of_executed_units: */    inputs: /p' "build/logs/fuzz-$name.log" >&2
done
# The answers of a sign-in are read in TypeScript.
if [ $# -eq 0 ] || [[ " $* " == *" oauth "* ]]; then
  say "oauth, $seconds s"
  run=$((run + 1))
  node tests/fuzz/oauth.mjs --seconds "$seconds" --seed "$(date +%s)" >build/logs/fuzz-oauth.log 2>&1 ||
    { broken=$((broken + 1)); tail -n 30 build/logs/fuzz-oauth.log >&2; }
  sed -n 's/^stat::number_of_executed_units: */    inputs: /p' build/logs/fuzz-oauth.log >&2
fi
[ $run -gt 0 ] || die "there is no fuzzer to run" "They are in tests/fuzz; see ./run help."
printf 'fuzz: %d fuzzers, %d broken\n' $run $broken
[ $broken -eq 0 ]
