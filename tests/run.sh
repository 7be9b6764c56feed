#!/usr/bin/env bash
# Installs what is missing, builds and runs every test.
#
#   tests/run.sh                      with the dev preset
#   tests/run.sh asan [CTEST-OPTION…] with another one: release, asan, tsan
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-dev}

deploy/install_deps.sh
cmake --preset "$preset"
cmake --build --preset "$preset" --parallel 2
ctest --preset "$preset" --parallel 2 --no-tests=error "${@:2}"
