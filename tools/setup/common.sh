# shellcheck shell=bash
# What every set-up script shares: where things go, how it speaks. Source it; it changes nothing by itself.

set -euo pipefail

PDC_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
PDC_CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/pagerduty-card"
export PDC_ROOT PDC_CACHE
# One compiler cache for every checkout: paths below the root are hashed relative to the build folder.
export CCACHE_DIR="${CCACHE_DIR:-$PDC_CACHE/ccache}" CCACHE_BASEDIR="$PDC_ROOT" CCACHE_NOHASHDIR=1
export CCACHE_MAXSIZE="${CCACHE_MAXSIZE:-3G}"

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

# sha256_of FILE: its digest in hex.
sha256_of() { python3 -c 'import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],"rb").read()).hexdigest())' "$1"; }

# version_at_least HAVE WANTED: compares dotted versions.
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }
