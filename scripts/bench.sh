#!/usr/bin/env bash
# Measures the built action beside what a user would run instead (`npm run bench`), after a set-up of its own.
# Which: `npm run bench -- archive`, `restore`, `start`, `memory`, `window`; all of them by default. The window has
# options, among them one for a slow file system: `npm run bench -- window --slow-fs 0.2`; bench/window.ts tells them.
# BENCH_ROUNDS: rounds of the restore (5); BENCH_VERBOSE=1 prints the steps of each run of the action.
# The files of a measurement are made below TMPDIR: up to 20 GB for the window, and on the disk that is to be measured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash scripts/setup.sh --without-lint
export PATH="$PWD/node_modules/.bin:$PATH"
exec node bench/bench.ts "$@"
