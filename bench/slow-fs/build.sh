#!/usr/bin/env bash
# Builds the slow file system into the cache, which survives a fresh clone, and prints where the program is. Installs
# what that takes, on Debian or Ubuntu as root or with sudo that asks no password. Quick when all is there.
set -euo pipefail

readonly source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/slowfs.c"
readonly cache="${BITBUCKET_BACKUP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bitbucket-backup-action}"

say() { printf 'slow-fs: %s\n' "$*" >&2; }

# Runs an installer and shows its output, often hundreds of lines, only when it fails.
quietly() {
  local output
  output="$("$@" 2>&1)" && return 0
  printf '%s\n' "$output" >&2
  return 1
}

has_all() {
  command -v gcc >/dev/null && command -v fusermount3 >/dev/null && pkg-config --exists fuse3 2>/dev/null
}

install_packages() {
  local -a as_root=() packages=(gcc libc6-dev pkg-config fuse3 libfuse3-dev)
  ((EUID == 0)) || as_root=(sudo -n)
  say "installing ${packages[*]}"
  if ! quietly "${as_root[@]}" apt-get update || ! quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "${packages[@]}"; then
    say "apt-get could not install ${packages[*]}; the output above says why."
    exit 1
  fi
}

has_all || install_packages
# Another source is another program.
readonly program="$cache/slowfs-$(sha256sum <"$source" | cut -c1-16)/slowfs"
if ! [[ -x "$program" ]]; then
  mkdir -p "${program%/*}"
  # Not quoted: the flags are several arguments.
  # shellcheck disable=SC2046
  gcc -std=gnu11 -O2 -Wall -Wextra -Werror -o "$program.new" "$source" $(pkg-config --cflags --libs fuse3) >&2
  mv "$program.new" "$program"
fi
echo "$program"
