#!/usr/bin/env bash
# Runs each fuzz target for a bounded time. Inputs that it found before are kept in build/fuzz/corpus.
#
#   .ci/run_fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --parallel 2 --target fuzz_targets

targets=(build/fuzz/bin/*_fuzz)
if [[ ! -x ${targets[0]} ]]; then
  echo "No fuzz target was built" >&2
  exit 1
fi
for target in "${targets[@]}"; do
  name=$(basename "$target")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus" "build/fuzz/crashes/$name"
  echo "-- $name, $seconds s"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/crashes/$name/" "$corpus"
done
