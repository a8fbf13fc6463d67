# shellcheck shell=bash
# A private apt configuration in the cache folder: reads other Debian suites than the machine's own without
# root and without touching the system. The mirror's address comes from the machine's own apt sources.
#
#   private_apt_setup forky
#   private_apt forky apt-get download NAME

# The first Debian archive address of the machine's apt sources.
machine_mirror() {
  local address
  address="$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n -e 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' -e 's/^deb[[:space:]]\(\[[^]]*\][[:space:]]*\)\?\([^[:space:]]*\).*/\2/p' |
    grep -v -e security -e '^cdrom:' | grep -e 'debian/\?$' | head -n 1)" || true
  printf '%s' "${address:-http://deb.debian.org/debian}"
}

private_apt_folder() { printf '%s/apt/%s' "$PDC_CACHE" "$1"; }

# private_apt SUITE COMMAND ARGS...: runs an apt command with the suite's configuration.
private_apt() {
  local suite="$1"
  shift
  APT_CONFIG="$(private_apt_folder "$suite")/apt.conf" "$@"
}

# Fetches the suite's package lists, once a day at most.
private_apt_setup() {
  local suite="$1" folder keyring
  have apt-get || return 1
  folder="$(private_apt_folder "$suite")"
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -f "$keyring" ] || { note "there is no $keyring to check Debian's archive with"; return 1; }
  if [ -n "$(find "$folder/lists-done" -mmin -1440 2>/dev/null)" ]; then return 0; fi
  mkdir -p "$folder/lists/partial" "$folder/archives/partial"
  : >"$folder/status"
  cat >"$folder/sources.sources" <<SOURCES
Types: deb deb-src
URIs: $(machine_mirror)
Suites: $suite
Components: main
Signed-By: $keyring
SOURCES
  cat >"$folder/apt.conf" <<CONF
Dir::Etc::sourcelist "$folder/sources.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$folder/lists";
Dir::State::status "$folder/status";
Dir::Cache "$folder";
Dir::Cache::archives "$folder/archives";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Sandbox::User "";
CONF
  note "package lists of Debian $suite"
  private_apt "$suite" apt-get update -qq >"$folder/update.log" 2>&1 ||
    { note "could not read Debian $suite (see $folder/update.log)"; return 1; }
  touch "$folder/lists-done"
}
