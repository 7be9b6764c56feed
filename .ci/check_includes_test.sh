#!/usr/bin/env bash
# Proves that check_includes.sh accepts a clean tree and catches each kind of wrong include.
set -euo pipefail
check=$(cd "$(dirname "$0")" && pwd)/check_includes.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/storage/{base,text,index,leveldb} "$tree"/{server,client,tests}

# with FILE INCLUDE: checks the tree with a file that holds this one include.
with() {
  printf '#include %s\n' "$2" >"$tree/$1"
  local status=0
  "$check" "$tree" 2>/dev/null || status=$?
  rm "$tree/$1"
  return "$status"
}
allowed() { with "$@" || { echo "$1 may include $2, but was refused" >&2 && exit 1; }; }
refused() { if with "$@"; then echo "$1 must not include $2, but may" >&2 && exit 1; fi; }

allowed storage/leveldb/x.cc '"leveldb/db.h"'
allowed storage/leveldb/x.cc '"gisa/storage/v1/records.pb.h"'
allowed storage/leveldb/x.cc '"storage/index/document.h"'
allowed storage/index/x.h '"storage/text/analyzer.h"'
allowed storage/index/x.h '"storage/search.h"'
allowed server/x.cc '<grpcpp/grpcpp.h>'
allowed server/x.cc '"storage/archive.h"'
allowed server/serve.cc '"storage/leveldb/leveldb_archive.h"'
allowed client/x.cc '"gisa/v1/archive_service.grpc.pb.h"'
allowed client/x.cc '"storage/base/sha256.h"'
allowed client/x.cc '"storage/text/html_entities.h"'
allowed tests/x.cc '"leveldb/env.h"'

refused storage/base/x.h '"storage/text/analyzer.h"'
refused storage/base/x.h '"leveldb/db.h"'
refused storage/text/x.h '"storage/index/document.h"'
refused storage/index/x.h '<leveldb/slice.h>'
refused storage/index/x.h '"storage/leveldb/search_index.h"'
refused storage/index/x.h '"gisa/storage/v1/records.pb.h"'
refused storage/leveldb/x.h '"gisa/v1/article.pb.h"'
refused storage/leveldb/x.h '<grpcpp/grpcpp.h>'
refused storage/leveldb/x.h '"server/convert.h"'
refused storage/archive.h '"storage/leveldb/keys.h"'
refused server/x.cc '"leveldb/db.h"'
refused server/x.cc '"storage/leveldb/leveldb_archive.h"'
refused server/x.cc '"client/archive_client.h"'
refused client/x.cc '"server/convert.h"'
refused client/x.cc '"storage/archive.h"'
refused client/x.cc '"storage/text/analyzer.h"'
refused client/x.cc '"storage/leveldb/keys.h"'
refused client/x.cc '"tests/support/x.h"'
echo "check_includes.sh catches what it should"
