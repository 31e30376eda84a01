#!/usr/bin/env bash
# Measures the built action beside what a user would run instead (`npm run bench`), after a set-up of its own.
# Which: `npm run bench -- archive`, `start`, `memory`; all of them by default.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/setup.sh --without-lint
export PATH="$PWD/node_modules/.bin:$PATH"
exec node bench/bench.ts "$@"
