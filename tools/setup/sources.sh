#!/usr/bin/env bash
# Fetches the pinned third-party sources and test fonts (cmake/pins.txt) into the cache folder:
#   sources/<name>-<digest>/   unpacked source trees
#   fonts/<digests>/*.ttf|otf  the fonts of the native golden tests
# Says nothing when all is there; run again, it continues where it stopped. What Debian's archive does not give (or where
# there is no apt-get) CMake takes from upstream, and the tests that need a font say "skipped".

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/private-apt.sh"

downloads="$PDC_CACHE/downloads"
late=()
mkdir -p "$downloads" "$PDC_CACHE/sources" "$PDC_CACHE/fonts"

pins() { grep -E "^$1[[:space:]]" "$PDC_ROOT/cmake/pins.txt"; }

# Finds a downloaded file with this digest; prints its path.
file_with_digest() {
  local file
  for file in "$downloads"/*.orig.tar.* "$downloads"/*.deb; do
    [ -f "$file" ] && [ "$(sha256_of "$file")" = "$1" ] && { printf '%s' "$file"; return 0; }
  done
  return 1
}

# download KIND PACKAGE VERSION SUITES DIGEST: into $downloads, from the first suite that has it.
download() {
  local kind="$1" package="$2" version="$3" suites="$4" digest="$5" suite
  local spec="$package=$version"
  [ "$version" = '*' ] && spec="$package"
  for suite in ${suites//,/ }; do
    private_apt_setup "$suite" || continue
    if [ "$kind" = source ]; then
      (cd "$downloads" && private_apt "$suite" apt-get source -qq --download-only --only-source "$spec") \
        >>"$downloads/log" 2>&1 || true
    else
      (cd "$downloads" && private_apt "$suite" apt-get download -qq "$spec") >>"$downloads/log" 2>&1 || true
    fi
    file_with_digest "$digest" >/dev/null && return 0
  done
  return 1
}

target_of() { printf '%s/%ss/%s-%s' "$PDC_CACHE" "$1" "$2" "${3:0:12}"; } # KIND NAME DIGEST

fetch() {
  local kind="$1" name="$2" package="$3" version="$4" suites="$5" digest="$6" file target
  target="$(target_of "$kind" "$name" "$digest")"
  [ -d "$target" ] && return 0
  note "$name ($package $version)"
  if ! file="$(file_with_digest "$digest")"; then
    download "$kind" "$package" "$version" "$suites" "$digest" || { late+=("$package=$version"); return 0; }
    file="$(file_with_digest "$digest")"
  fi
  rm -rf "$target.part" && mkdir -p "$target.part"
  if [ "$kind" = source ]; then
    tar -xf "$file" -C "$target.part" --strip-components=1
  else
    unpack_fonts "$file" "$target.part"
  fi
  mv "$target.part" "$target"
}

# Takes the font files out of a .deb, flat.
unpack_fonts() {
  local unpacked
  unpacked="$(mktemp -d "$PDC_CACHE/unpack.XXXXXX")"
  dpkg -x "$1" "$unpacked"
  find "$unpacked" \( -name '*.ttf' -o -name '*.otf' \) -exec mv -t "$2" {} +
  rm -rf "$unpacked"
}

all_there() {
  local kind name digest
  while read -r kind name _ _ _ digest _; do
    [ -d "$(target_of "$kind" "$name" "$digest")" ] || return 1
  done < <(pins source; pins font)
}

all_there && exit 0
if ! have apt-get || ! have dpkg; then exit 0; fi
alone sources
say "third-party sources and test fonts"
"$PDC_ROOT/tools/setup/system-packages.sh" archive
while read -r kind name package version suites digest _; do
  fetch "$kind" "$name" "$package" "$version" "$suites" "$digest"
done < <(pins source; pins font)
[ ${#late[@]} -eq 0 ] && exit 0
note "Debian's archive did not give ${late[*]} with the pinned digest (log: $downloads/log)."
note "CMake takes sources from upstream instead. If that fails too: check the network and run the same command again."
