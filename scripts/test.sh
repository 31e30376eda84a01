#!/usr/bin/env bash
# All checks and all tests (`npm test`), after a set-up of its own. `ONLY=checks` or `ONLY=tests` runs one half.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! bash scripts/setup.sh; then
  echo '0 passed, 1 failed'
  exit 1
fi
# Where npm started without node_modules, its PATH still leads to the machine's own Node.
export PATH="$PWD/node_modules/.bin:$PATH:/usr/sbin:/sbin"
if ((EUID == 0)); then
  exec node scripts/test.ts
fi
# Tests mount small disks, give files to other users and start servers as other users: that takes root.
if ! sudo -n true 2>/dev/null; then
  echo 'The tests need root: run as root, or with sudo that asks no password.' >&2
  echo '0 passed, 1 failed'
  exit 1
fi
status=0
sudo -n env PATH="$PATH" CI="${CI:-}" ONLY="${ONLY:-}" node scripts/test.ts || status=$?
# What was built anew belongs to whoever called.
sudo -n chown -R "$(id -u):$(id -g)" dist build node_modules 2>/dev/null || true
exit "$status"
