#!/usr/bin/env bash
# Fetches the pinned third-party sources and test fonts (cmake/pins.txt) into the cache folder:
#   sources/<name>-<digest>/   unpacked source trees
#   fonts/<digests>/*.ttf|otf  the fonts of the native golden tests
# Runs again where it stopped. Without apt-get it does nothing: CMake then takes the sources from upstream.

. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$(dirname "${BASH_SOURCE[0]}")/private-apt.sh"

downloads="$PDC_CACHE/downloads"
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

fetch() {
  local kind="$1" name="$2" package="$3" version="$4" suites="$5" digest="$6" file target
  target="$PDC_CACHE/${kind}s/$name-${digest:0:12}"
  [ -d "$target" ] && return 0
  note "$name ($package $version)"
  file="$(file_with_digest "$digest")" || {
    download "$kind" "$package" "$version" "$suites" "$digest" ||
      die "could not download $package $version with the pinned digest" \
        "from Debian's suites ($suites); see $downloads/log." \
        "Check the network and run the same command again: it continues where it stopped."
    file="$(file_with_digest "$digest")"
  }
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

if ! have apt-get; then
  note "no apt-get here: CMake fetches the pinned sources from upstream"
  exit 0
fi
say "third-party sources and test fonts"
while read -r kind name package version suites digest _; do
  fetch "$kind" "$name" "$package" "$version" "$suites" "$digest"
done < <(pins source; pins font)
