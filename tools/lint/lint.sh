#!/usr/bin/env bash
# lint.sh [CHECK...]: all checks by default; goes on after a failed one and ends with how many passed and failed.
#   format    clang-format, C++
#   layering  which folder may include which, and that check's own test
#   tables    ARCHITECTURE.md shows the sources' state tables
#   languages translations have the texts of shared/base/texts.def, with their values and plural forms
#   shell     shellcheck, scripts
#   scripts   ESLint, TypeScript and JavaScript
#   types     tsc --noEmit
#   compiler  the machine's own C++ compiler, which users build pdcard with (the tests are clang's): what it warns of
#   tidy      clang-tidy, C++; only what changed since it last passed (a first run takes minutes)

. "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"
. "$PDC_ROOT/tools/lint/files.sh"
cd "$PDC_ROOT"
here="$PDC_ROOT/tools/lint"

check_format() { "$here/format.sh" --check; }

check_layering() { "$here/layering.py" --self-test && "$here/layering.py"; }

check_tables() { "$here/tables.py"; }

check_languages() { node "$here/languages.mjs"; }

check_shell() {
  local scripts=()
  mapfile -t scripts < <(files_of run .ci/run '*.sh')
  shellcheck --external-sources --source-path=SCRIPTDIR "${scripts[@]}" || return 1
  printf 'shellcheck: %d scripts, 0 findings\n' ${#scripts[@]}
}

eslint() { # FOLDER ARGS...
  (cd "$1" && shift && "$PDC_ROOT/web/node_modules/.bin/eslint" --max-warnings 0 --format "$here/eslint-format.mjs" "$@")
}
check_scripts() {
  local good=0
  eslint web . || good=1
  eslint . --config tools/lint/eslint.config.mjs --no-error-on-unmatched-pattern \
    'tests/**/*.mjs' 'tools/**/*.mjs' || good=1
  return $good
}

check_types() {
  local output
  output="$(web/node_modules/.bin/tsc --noEmit --pretty false -p web)" && { echo 'tsc: 0 errors'; return 0; }
  printf '%s\n' "$output"
  printf 'tsc: %d errors\n' "$(grep -c 'error TS' <<<"$output")"
  return 1
}

check_compiler() { ./run _configure native-release && "$here/cpp.py" --compiler build/native-release; }

check_tidy() { ./run _configure native-asan && "$here/cpp.py" build/native-asan; }

# What the checks run with; each says by itself what is missing.
"$PDC_ROOT/tools/setup/system-packages.sh" build lint
"$PDC_ROOT/tools/setup/web.sh"

[ $# -gt 0 ] || set -- format layering tables languages shell scripts types compiler tidy
passed=0 failed=0
for name in "$@"; do
  declare -F "check_$name" >/dev/null ||
    die "there is no check called $name" "known: format layering tables languages shell scripts types compiler tidy"
  say "$name"
  if "check_$name"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
printf 'lint: %d checks passed, %d failed\n' $passed $failed
[ $failed -eq 0 ]
