#!/usr/bin/env bash
# Fails when a shell script does not parse, or when shellcheck finds something wrong with it.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
for script in "${scripts[@]}"; do
  bash -n "$script"
  [[ -x $script ]] || { echo "$script: not executable" >&2 && exit 1; }
done
shellcheck "${scripts[@]}"
