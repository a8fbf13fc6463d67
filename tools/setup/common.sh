# shellcheck shell=bash
# What every set-up script shares: where things go, how it speaks. Source it; it changes nothing by itself.

set -euo pipefail

PDC_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
PDC_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/pagerduty-card"
export PDC_ROOT PDC_CACHE
# One compiler cache for every checkout: paths below the root are hashed relative to the build folder.
export CCACHE_DIR="${CCACHE_DIR:-$PDC_CACHE/ccache}" CCACHE_BASEDIR="$PDC_ROOT" CCACHE_NOHASHDIR=1
# A miss reads the headers once: what was read, the compiler lists.
export CCACHE_DEPEND=1
export CCACHE_MAXSIZE="${CCACHE_MAXSIZE:-3G}"
# Compilers take memory in large pages and keep it until they end: where touching a page is dear (virtual machines) a file compiles
# in four fifths of the time. Other C libraries than glibc do not read it.
export GLIBC_TUNABLES="${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296:glibc.malloc.top_pad=67108864}"

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
note() { printf '    %s\n' "$*" >&2; }
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# What the web side's tools ask for (web/package.json, "engines").
readonly wanted_node=20.19
need_node() {
  if ! have node || ! have npm; then die "Node.js with npm is missing" "Install Node.js $wanted_node or newer: https://nodejs.org"; fi
  version_at_least "$(node -p process.versions.node)" "$wanted_node" ||
    die "Node.js $(node --version) is too old" "Install Node.js $wanted_node or newer: https://nodejs.org"
}

# alone NAME: one at a time of what shares the cache folder; the next waits. Held until the script ends.
alone() {
  have flock || return 0
  mkdir -p "$PDC_CACHE"
  exec 9>"$PDC_CACHE/$1.lock"
  flock --nonblock 9 || { note "waiting for another run that sets up $1"; flock 9; }
}

# with_progress SECONDS TELL COMMAND...: runs COMMAND; every SECONDS what TELL prints is shown, when it is new.
with_progress() {
  local every="$1" tell="$2" told='' text watcher status=0
  shift 2
  (
    while sleep "$every" >/dev/null 2>&1; do
      text="$($tell)"
      [ "$text" = "$told" ] || note "${text:0:110}"
      told="$text"
    done
  ) 9>&- &
  watcher=$!
  "$@" || status=$?
  kill "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null || true
  return $status
}

# sha256_of FILE: its digest in hex.
sha256_of() { python3 -c 'import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],"rb").read()).hexdigest())' "$1"; }

# version_at_least HAVE WANTED: compares dotted versions.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
