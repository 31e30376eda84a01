#!/usr/bin/env bash
# Runs the built action once against a small Bitbucket of its own making (`npm run demo`), after a set-up of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/setup.sh --without-lint
# Where npm started without node_modules, its PATH still leads to the machine's own Node.
export PATH="$PWD/node_modules/.bin:$PATH"
exec node scripts/demo.ts
