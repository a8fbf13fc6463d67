#!/usr/bin/env bash
# system-packages.sh GROUP...: makes sure that programs from the system's packages are there.
#   build       a C++23 compiler, cmake, ninja, ccache, python3
#   archive     what reads Debian's archive: its signing keys, xz
#   wasm        patchelf and dpkg (to unpack Emscripten, when it is not there)
#   browser     chromium, its engine alone, and the fonts of the international cases
#   firefox     firefox-esr
#   lint        clang-format-19, clang-tidy-22, shellcheck
#   sanitizers  clang-19 with its sanitizers and libFuzzer
#   deploy      nginx, caddy, openssl: the servers that deploy/ configures (they are not started)
# As root on Debian or Ubuntu it installs what is missing; elsewhere it says in one line what to install.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# program-or-file : package
group_needs() {
  case "$1" in
    build) echo "c++:g++ cmake:cmake ninja:ninja-build ccache:ccache python3:python3" ;;
    archive) echo "/usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring xz:xz-utils" ;;
    wasm) echo "patchelf:patchelf dpkg:dpkg" ;;
    browser) echo "chromium:chromium chromium-headless-shell:chromium-headless-shell" \
      "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk" \
      "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf:fonts-noto-color-emoji" \
      "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:fonts-dejavu-core" \
      "/usr/share/fonts/opentype/inter/Inter-Regular.otf:fonts-inter" ;;
    firefox) echo "firefox-esr:firefox-esr" ;;
    lint) echo "clang-format-19:clang-format-19 clang-tidy-22:clang-tidy-22 shellcheck:shellcheck" ;;
    sanitizers) echo "clang++-19:clang-19 llvm-symbolizer-19:llvm-19" \
      "/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-$(uname -m).a:libclang-rt-19-dev" ;;
    deploy) echo "nginx:nginx caddy:caddy openssl:openssl python3:python3" ;;
    *) die "there is no group of packages called $1" ;;
  esac
}

is_there() {
  case "$1" in
    /*) [ -e "$1" ] ;;
    # Debian keeps servers where a user's PATH does not look.
    *) PATH="$PATH:/usr/sbin" have "$1" ;;
  esac
}

missing=()
for group in "$@"; do
  for need in $(group_needs "$group"); do
    is_there "${need%%:*}" || missing+=("${need#*:}")
  done
done
[ ${#missing[@]} -eq 0 ] && exit 0

say "system packages: ${missing[*]}"
have apt-get || die "these are missing: ${missing[*]}" "Install them with this machine's package manager, then run the same command again."
[ "$(id -u)" = 0 ] || die "these are missing; install them, then run the same command again:" "sudo apt-get install -y ${missing[*]}"
alone system-packages
log="$PDC_CACHE/system-packages.log"
mkdir -p "$PDC_CACHE"
# Installing a server would start it on this machine's ports: a policy of "no" keeps Debian from it meanwhile.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
# A machine that has just been started may be installing by itself: apt waits for it.
wait_s=300
{
  apt-get -o DPkg::Lock::Timeout=$wait_s update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=$wait_s install -y -qq --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 || die "apt-get could not install: ${missing[*]}" "Its last lines (all in $log):" "$(tail -n 3 "$log")"
