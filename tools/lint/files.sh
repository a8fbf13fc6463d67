# shellcheck shell=bash
# Which files are checked: those that git knows or would take, and that are still there. Source it.

# files_of PATTERN...: git path patterns; one file a line.
files_of() {
  git -C "$PDC_ROOT" ls-files --cached --others --exclude-standard --deduplicate -- "$@" |
    while IFS= read -r file; do [ -f "$PDC_ROOT/$file" ] && printf '%s\n' "$file"; done
}
