#!/usr/bin/env bash
# format.sh [--check]: rewrites the C++ as .clang-format says; --check only says what would change, and fails.

. "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"
. "$PDC_ROOT/tools/lint/files.sh"
cd "$PDC_ROOT"

"$PDC_ROOT/tools/setup/system-packages.sh" lint
mapfile -t files < <(files_of '*.cpp' '*.h')
if [ "${1:-}" != --check ]; then
  clang-format-19 -i "${files[@]}"
  note "${#files[@]} files formatted"
  exit 0
fi

wrong=0
for file in "${files[@]}"; do
  clang-format-19 "$file" | cmp -s - "$file" && continue
  printf '%s: is not formatted; run ./run format\n' "$file"
  wrong=$((wrong + 1))
done
printf 'clang-format: %d files, %d to format\n' ${#files[@]} $wrong
[ $wrong -eq 0 ]
