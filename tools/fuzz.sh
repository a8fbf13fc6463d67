#!/usr/bin/env bash
# fuzz.sh [SECONDS [NAME...]]: runs the built fuzzers, as many at a time as there are processors, each for SECONDS (60), from its
# seeds and from what earlier runs found (kept in the cache folder). An input that breaks one is kept in build/fuzz-findings/.

. "$(dirname "${BASH_SOURCE[0]}")/setup/common.sh"
cd "$PDC_ROOT"
seconds="${1:-60}"
[[ "$seconds" =~ ^[0-9]+$ ]] || die "how many seconds is \"$seconds\"?" "./run fuzz [SECONDS [NAME...]]"
[ $# -eq 0 ] || shift

mkdir -p build/fuzz-findings build/logs
shopt -s nullglob
# Three times as fast; where memory came from, a replayed finding tells.
export ASAN_OPTIONS="${ASAN_OPTIONS:-malloc_context_size=0:quarantine_size_mb=16}"

is_wanted() { # NAME [WANTED...]
  local name="$1"
  shift
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]]
}

# The fuzzer of that name, its output into its log. The answers of a sign-in are read in TypeScript, the rest in C++.
fuzz() {
  local name="$1" program="build/native-asan/tests/fuzz/fuzz_$1" corpus="$PDC_CACHE/fuzz/$1" words=() seeds
  if [ "$name" = oauth ]; then
    node tests/fuzz/oauth.mjs --seconds "$seconds" --seed "$(date +%s)"
    return
  fi
  mkdir -p "$corpus"
  mapfile -t seeds < <(grep . "$program.seeds")
  [ -f "tests/fuzz/$name.dict" ] && words=("-dict=tests/fuzz/$name.dict")
  # Memory and time limits: what the card promises of one document, with room for the sanitizers.
  "$program" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz-findings/$name-" "${words[@]}" "$corpus" "${seeds[@]}"
}

names=()
for program in build/native-asan/tests/fuzz/fuzz_*; do
  # The folder also holds what CMake keeps beside the programs.
  if [ -x "$program" ] && [ -f "$program.seeds" ]; then names+=("${program##*/fuzz_}"); fi
done
for name in "$@"; do
  [[ " ${names[*]} oauth " == *" $name "* ]] || die "there is no fuzzer \"$name\"" "There are: ${names[*]} oauth."
done
wanted=()
for name in "${names[@]}" oauth; do
  if is_wanted "$name" "$@"; then wanted+=("$name"); fi
done
[ ${#names[@]} -gt 0 ] || die "no fuzzer is built" "They are in tests/fuzz; see ./run help."

say "${wanted[*]}: $seconds s each"
ends="$(mktemp -d)"
trap 'rm -rf "$ends"' EXIT
for name in "${wanted[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n || true; done
  { fuzz "$name" >"build/logs/fuzz-$name.log" 2>&1 && touch "$ends/$name"; } &
done
wait
broken=0
for name in "${wanted[@]}"; do
  note "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/logs/fuzz-$name.log") inputs"
  [ ! -f "$ends/$name" ] || continue
  broken=$((broken + 1))
  tail -n 30 "build/logs/fuzz-$name.log" >&2
  note "the input is in build/fuzz-findings/$name-*"
done
printf 'fuzz: %d fuzzers, %d broken\n' "${#wanted[@]}" $broken
[ $broken -eq 0 ]
