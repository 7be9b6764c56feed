#!/usr/bin/env bash
# Runs the quickstart as a newcomer would: on the test articles, on a real one when it is there, on a bad one, and with
# --serve. Then checks the container image and Kubernetes as far as that goes without either. The release build is the
# only long part.
set -euo pipefail
cd "$(dirname "$0")/.."

TMPDIR=$(mktemp -d)
export TMPDIR
server=
clean_up() {
  [[ ! $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$TMPDIR"
}
trap clean_up EXIT

# quickstart ARGUMENT…: runs it into $output.
quickstart() {
  local status=0
  output=$(deploy/quickstart.sh "$@" 2>&1) || status=$?
  printf '%s\n' "$output"
  return "$status"
}

# expect PATTERN…: each (an extended regular expression) must match a line of $output.
expect() {
  local pattern
  for pattern in "$@"; do
    grep -qE -- "$pattern" <<<"$output" || { echo "quickstart printed no line like: $pattern" >&2 && exit 1; }
  done
}

expect_nothing_left() {
  if pgrep -f -- "--data-dir $TMPDIR" >&2; then echo "quickstart left gisad running" >&2 && exit 1; fi
  [[ -z $(ls -A "$TMPDIR") ]] || { ls -A "$TMPDIR" >&2 && echo "quickstart left files behind" >&2 && exit 1; }
}

quickstart
expect '^created 37, duplicate 2, unchanged 1, revised 3, rejected 0$' \
  '^duplicate  104/0000000001 \(same body as 102/0000000002\)' \
  '^key +101/0000000001$' '^revision +2$' '\[달빛호\]' '^2 articles match$' \
  '^created 0, duplicate 0, unchanged 39, revised 0, rejected 0$' 'stopped in order'
expect_nothing_left

if [[ -d ../shared/seed ]]; then
  quickstart ../shared/seed
  hash=48a378e5ab5e3dcade63c3869d1756816f217dd61d3d17d12b17b7337f4d431f
  expect '^created 1, ' '^key +018/0006192082$' "^hash +$hash$" "gisa get --hash $hash" '^1 article matches$' \
    '^created 0, duplicate 0, unchanged 1, revised 0, rejected 0$' 'stopped in order'
  expect_nothing_left
fi

if quickstart tests/testdata/bad/wrong_hash.md; then echo "quickstart hides that nothing was stored" >&2 && exit 1; fi
expect 'wrong_hash\.md: .*content_hash' 'nothing was stored'
expect_nothing_left

quickstart --serve
server=$(grep -oPm 1 '^  kill \K\d+' <<<"$output")
address=$(grep -oPm 1 '^  address +\K\S+' <<<"$output")
build/release/bin/gisa stats --address "$address" | grep -E '^articles +39$'
kill -TERM "$server"
timeout 30 tail -f --pid="$server" /dev/null
server=
grep '"stopped","status":"OK"' "$TMPDIR"/gisa-quickstart.*/gisad.log
echo "quickstart.sh does what it says"

.ci/check_container.sh
.ci/check_kubernetes.sh
