#!/usr/bin/env bash
# Builds with a sanitizer and runs every test under it.
#
#   .ci/run_sanitized.sh asan|tsan [CTEST-OPTION…]
set -euo pipefail
cd "$(dirname "$0")/.."
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=suppressions=$PWD/.ci/tsan_suppressions.txt:second_deadlock_stack=1:ignore_noninstrumented_modules=1
# One fault in so many: the dev build fails more of them, and fails them the same way.
export GISA_FAULT_STRIDE=23
exec tests/run.sh "$@"
