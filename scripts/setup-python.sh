#!/usr/bin/env bash
# Puts the Python packages of python-packages.txt into an environment of their own in the cache, named after that file's
# digest, so that a changed list makes a new one. Part of setup.sh; does nothing, quickly, when it is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly cache="${BITBUCKET_BACKUP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bitbucket-backup-action}"
readonly list=python-packages.txt
digest="$(sha256sum <"$list")"
readonly folder="$cache/python-${digest:0:12}"

# A Python that was upgraded below its environment takes the packages away.
if "$folder/bin/python" -c 'from importlib.util import find_spec; assert find_spec("botocore") and find_spec("moto")' \
  2>/dev/null; then
  exit 0
fi
echo "setup: installing botocore and moto from PyPI into $folder" >&2
rm -rf "$folder" "$folder.new"
mkdir -p "$cache"
# Without pip: Debian keeps the module that would bring it in a package of its own, and the machine's pip can do it.
python3 -m venv --without-pip "$folder.new"
if ! output="$(python3 -m pip --python "$folder.new/bin/python" install --require-hashes --no-deps \
  --only-binary :all: --no-compile --disable-pip-version-check --requirement "$list" 2>&1)"; then
  printf '%s\n' "$output" >&2
  exit 1
fi
# An environment may be moved as long as only its Python is called, which finds itself by its own path.
mv "$folder.new" "$folder"
