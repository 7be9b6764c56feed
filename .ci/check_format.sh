#!/usr/bin/env bash
# Fails when a C++ file is not formatted as .clang-format says. To format: clang-format-16 -i FILE…
set -euo pipefail
cd "$(dirname "$0")/.."
git ls-files -z '*.cc' '*.h' | xargs -0 --no-run-if-empty clang-format-16 --dry-run -Werror
