#!/usr/bin/env bash
# Folders are layers and includes point one way. Prints every include that crosses a layer the wrong way, and fails.
#
#   .ci/check_includes.sh [ROOT]      ROOT: the tree to check (default: this one)
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

status=0

# forbid WHY PATTERN PATH…: no file below the paths may include what the pattern (a Perl regular expression over
# the name between the quotes or brackets) matches.
forbid() {
  local why=$1 pattern=$2 path
  local -a paths=()
  for path in "${@:3}"; do
    if [[ -e $path ]]; then paths+=("$path"); fi
  done
  ((${#paths[@]})) || return 0
  local found grep_status=0
  found=$(grep -rnP --include='*.cc' --include='*.h' "^\s*#\s*include\s*[<\"]($pattern)" "${paths[@]}") ||
    grep_status=$?
  case $grep_status in
    0) printf '%s:\n%s\n\n' "$why" "$found" >&2 && status=1 ;;
    1) ;;  # nothing found
    *) exit "$grep_status" ;;
  esac
}

# every FOLDER BUT EXCEPTION…: the entries of a folder without the exceptions.
every() {
  local entry exception skip
  for entry in "$1"/*; do
    skip=
    for exception in "${@:2}"; do
      if [[ $entry == "$exception" ]]; then skip=1; fi
    done
    if [[ ! $skip ]]; then echo "$entry"; fi
  done
}
mapfile -t storage_but_leveldb < <(every storage storage/leveldb)

leveldb='leveldb/'
grpc='grpc|grpcpp/|gisa/v1/.*\.grpc\.pb\.h'
api='gisa/v1/'
records='gisa/storage/v1/'

forbid 'Only storage/leveldb knows LevelDB' "$leveldb" "${storage_but_leveldb[@]}" proto server client
forbid 'Only server and client know gRPC' "$grpc" storage
forbid 'Storage does not know the API, the server or the client' "$api|proto/|server/|client/" storage
forbid 'proto/wire knows the API alone' 'storage/|server/|client/' proto
forbid 'Stored records are the business of storage/leveldb' "$records" "${storage_but_leveldb[@]}" proto server client
forbid 'storage/base is the lowest layer' 'storage/(text|dedup|index|leveldb|postgres)/' storage/base
forbid 'storage/text stands on storage/base alone' 'storage/(dedup|index|leveldb|postgres)/' storage/text
forbid 'storage/index stands on storage/base and storage/text' 'storage/(dedup|leveldb|postgres)/' storage/index
forbid 'storage/dedup stands on storage/base and storage/text' 'storage/(index|leveldb|postgres)/' storage/dedup
forbid 'The interface knows no implementation' 'storage/(leveldb|postgres|index|dedup)/' \
  storage/archive.h storage/article.h storage/search.h
forbid 'The server and the client do not know each other' 'client/' server
forbid 'The server and the client do not know each other' 'server/' client
forbid 'The client uses of storage only base/ and text/html_entities.h' \
  'storage/(?!base/|text/html_entities\.h)' client
# One file composes the server out of an implementation; the rest speaks to storage/archive.h.
mapfile -t server_but_composition < <(every server server/main.cc server/serve.cc)
forbid 'Only the composition root names an implementation' 'storage/(leveldb|postgres)/' "${server_but_composition[@]}"
forbid 'Sources do not include tests' 'tests/' storage proto server client

exit "$status"
