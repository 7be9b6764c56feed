#!/usr/bin/env bash
# Runs clang-tidy with the list of .clang-tidy over what is shipped. It compiles each source with clang's warnings, of
# which -Wthread-safety proves the lock annotations. Tests are left out: with GoogleTest's headers they would take longer
# than all else together.
#
#   .ci/check_tidy.sh [FILE…]      only these files
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset tidy >/dev/null
# All that the sources include: generated code, precompiled headers.
mapfile -t headers < <(ninja -C build/tidy -t targets all | grep -oE '^\S+/cmake_pch\.hxx\.pch')
cmake --build --preset tidy --parallel 2 --target gisa_api gisa_records "${headers[@]}"
if (($#)); then
  printf '%s\0' "$@"
else
  git ls-files -z 'storage/*.cc' 'proto/*.cc' 'server/*.cc' 'client/*.cc'
fi | xargs -0 --no-run-if-empty -n 4 -P 2 clang-tidy-16 -p build/tidy --quiet
