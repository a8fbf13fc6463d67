#!/usr/bin/env bash
# Makes sure that there is an Emscripten >= 3.1.69 and tells CMake where (emscripten/root in the cache folder).
# Takes the em++ on PATH or in $EMSDK; else unpacks one from Debian's newer suites into the cache folder, which
# needs neither root nor the system's package database. The machine's own Python and Node serve it.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/private-apt.sh"

readonly wanted=3.1.69
home="$PDC_CACHE/emscripten"
mkdir -p "$home"

# use ROOT CONFIG: remembers where Emscripten is.
use() {
  printf '%s\n' "$1" >"$home/root.new"
  if [ -z "$2" ]; then rm -f "$home/em_config"; fi
  if ! cmp -s "$home/root.new" "$home/root"; then mv "$home/root.new" "$home/root"; else rm "$home/root.new"; fi
}

existing_emscripten() {
  local program version
  for program in "$(command -v em++ || true)" "${EMSDK:-}/upstream/emscripten/em++"; do
    [ -x "$program" ] || continue
    version="$("$program" --version 2>/dev/null | sed -n '1s/.* \([0-9]\+\.[0-9]\+\.[0-9]\+\).*/\1/p')"
    if [ -z "$version" ] || ! version_at_least "$version" "$wanted"; then continue; fi
    # A distribution's em++ may be a link: Emscripten's folder is where the program really is.
    dirname "$(readlink -f "$program")"
    return 0
  done
  return 1
}

# The packages that an installation needs, without what the machine's own Python, Node and C library serve.
packages_of() {
  private_apt "$1" apt-get install -s --no-install-recommends emscripten 2>/dev/null |
    sed -n 's/^Inst \([^ ]*\).*/\1/p' |
    grep -v -E '^(python3|libpython3|nodejs|libnode|node-undici|gcc-[0-9]+$|cpp|libc6-dev|libc-dev|linux-libc|libgcc-[0-9]+-dev|libstdc\+\+-[0-9]+-dev|perl|libperl|debconf|dpkg|tzdata|media-types|openssl|ca-certificates|netbase)'
}

# The files that the listed packages come in, as this suite has them today.
files_of_packages() {
  private_apt "$1" xargs apt-get download --print-uris -qq <"$home/packages-$1" 2>/dev/null | awk '{print $2}'
}

# An earlier run's older files go, complete ones stay, the rest is downloaded.
download_packages() {
  local suite="$1" debs="$home/debs-$1" count file
  packages_of "$suite" >"$home/packages-$suite"
  count="$(wc -l <"$home/packages-$suite")"
  [ "$count" -gt 20 ] || { note "Debian $suite has no Emscripten that can be installed now"; return 1; }
  note "downloading $count packages (about 110 MB)"
  mkdir -p "$debs"
  files_of_packages "$suite" >"$home/files-$suite"
  for file in "$debs"/*; do
    grep -q -x -F "${file##*/}" "$home/files-$suite" || rm -f "$file"
  done
  downloaded() { printf '%s of %d packages' "$(find "$debs" -name '*.deb' | wc -l)" "$count"; }
  with_progress 5 downloaded download_all "$suite" "$debs" >>"$home/download.log" && return 0
  note "Debian $suite: these did not arrive: $(missing_files "$suite" "$debs" | tr '\n' ' ')"
  return 1
}
download_all() { # SUITE FOLDER
  (cd "$2" && xargs -n 8 -P 2 env APT_CONFIG="$(private_apt_folder "$1")/apt.conf" \
    apt-get download -qq <"$home/packages-$1" 2>>"$home/download.log")
}
missing_files() { # SUITE FOLDER
  local file
  while read -r file; do [ -f "$2/$file" ] || printf '%s\n' "$file"; done <"$home/files-$1"
}

# Lets the unpacked programs run with the libraries that came with them, not the machine's.
patch_programs() {
  local prefix="$1" loader libraries file
  loader="$prefix/usr/lib64/ld-linux-x86-64.so.2"
  [ -e "$loader" ] || loader="$(find "$prefix" -name 'ld-linux*.so*' | head -n 1)"
  libraries="$prefix/usr/lib/$(uname -m)-linux-gnu:$(find "$prefix/usr/lib" -maxdepth 2 -path '*/llvm-*/lib' | head -n 1)"
  note "patching programs"
  find "$prefix/usr/bin" "$prefix/usr/lib" -type f \( -perm -u+x -o -name '*.so*' \) |
    grep -v -e '/ld-linux' -e '/libc\.so' | while read -r file; do
    [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] || continue
    patchelf --print-interpreter "$file" >/dev/null 2>&1 && patchelf --set-interpreter "$loader" "$file"
    patchelf --set-rpath "$libraries" "$file" 2>/dev/null || true
  done
}

write_config() {
  local prefix="$1" llvm
  llvm="$(find "$prefix/usr/lib" -maxdepth 1 -name 'llvm-*' | sort -V | tail -n 1)"
  cat >"$home/em_config" <<CONFIG
LLVM_ROOT = '$llvm/bin'
BINARYEN_ROOT = '$prefix/usr'
NODE_JS = '$(command -v node)'
EMSCRIPTEN_ROOT = '$prefix/usr/share/emscripten'
CACHE = '$home/system-libraries'
LLVM_ADD_VERSION = ''
CLANG_ADD_VERSION = ''
CONFIG
}

install_from() {
  local suite="$1" prefix="$home/$1" deb
  private_apt_setup "$suite" || return 1
  download_packages "$suite" || return 1
  note "unpacking"
  rm -rf "$prefix.part" && mkdir -p "$prefix.part"
  for deb in "$home/debs-$suite"/*.deb; do
    dpkg -x "$deb" "$prefix.part" || { note "cannot unpack ${deb##*/}; the next run downloads it again"; rm -f "$deb"; return 1; }
  done
  rm -rf "$prefix" && mv "$prefix.part" "$prefix"
  patch_programs "$prefix"
  ln -sfn ../nodejs "$prefix/usr/share/emscripten/node_modules"
  ln -sfn nodejs "$prefix/usr/share/node_modules"
  write_config "$prefix"
  EM_CONFIG="$home/em_config" python3 "$prefix/usr/share/emscripten/em++.py" --version >"$home/version" 2>"$home/version.log" ||
    { note "the Emscripten of Debian $suite does not run (see $home/version.log)"; return 1; }
  rm -rf "$home/debs-$suite"
  use "$prefix/usr/share/emscripten" "$home/em_config"
}

if found="$(existing_emscripten)"; then
  use "$found" ""
  exit 0
fi
is_set_up() { [ -f "$home/root" ] && [ -f "$home/em_config" ] && [ -d "$(cat "$home/root")" ]; }
is_set_up && exit 0

say "Emscripten (once; about a minute and 700 MB in $home)"
if ! have apt-get || ! have dpkg; then
  die "there is no em++ >= $wanted here, and no apt-get to get one with" \
    "Install Emscripten: https://emscripten.org/docs/getting_started/downloads.html"
fi
alone emscripten
is_set_up && exit 0
"$PDC_ROOT/tools/setup/system-packages.sh" archive wasm
install_from forky || install_from trixie || die "could not set up Emscripten from Debian's archive" \
  "Look at the logs in $home, check the network and run the same command again," \
  "or install Emscripten >= $wanted yourself and put em++ on PATH."
note "$(head -n 1 "$home/version")"
