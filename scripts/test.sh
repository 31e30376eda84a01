#!/usr/bin/env bash
# All checks and all tests (`npm test`), after a set-up of its own. `ONLY=checks` or `ONLY=tests` runs one half.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! bash scripts/setup.sh; then
  echo '0 passed, 1 failed'
  exit 1
fi
# Where npm started without node_modules, its PATH still leads to the machine's own Node.
export PATH="$PWD/node_modules/.bin:$PATH"
exec node scripts/test.ts
