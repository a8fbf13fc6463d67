# shellcheck shell=bash
# Which files are checked: those that git knows or would take, and that are still there; in a source archive, all that was
# not built or installed. Source it.

# files_of PATTERN...: of the whole path, where * is any text; one file a line.
files_of() {
  local file pattern
  all_files | while IFS= read -r file; do
    for pattern in "$@"; do
      # shellcheck disable=SC2053  # a pattern is meant
      [[ "$file" != $pattern ]] || [ ! -f "$PDC_ROOT/$file" ] || { printf '%s\n' "$file"; break; }
    done
  done
}

all_files() {
  if [ -e "$PDC_ROOT/.git" ]; then
    git -C "$PDC_ROOT" ls-files --cached --others --exclude-standard --deduplicate
  else
    (cd "$PDC_ROOT" && find . \( -name node_modules -o -path ./build -o -path ./web/dist \) -prune -o -type f -printf '%P\n')
  fi
}
