#!/usr/bin/env bash
# Lints the protos as proto/buf.yaml says. buf reads a descriptor image made by protoc, for google/rpc/*.proto come from
# build/deps (see deploy/install_deps.sh) and not from buf's own registry.
#
#   .ci/check_proto.sh [PROTO_ROOT]
set -euo pipefail
cd "$(dirname "$0")/.."
root=${1:-proto}
version=1.75.0
buf=build/deps/buf/node_modules/.bin/buf

if [[ $("$buf" --version 2>/dev/null || true) != "$version" ]]; then
  echo "Installing buf $version from npm into build/deps/buf"
  npm install --prefix build/deps/buf --ignore-scripts --no-fund --no-audit --no-update-notifier --silent \
    "@bufbuild/buf@$version"
fi

image=$(mktemp --suffix=.binpb)
trap 'rm -f "$image"' EXIT
mapfile -t protos < <(cd "$root" && find gisa -name '*.proto' | LC_ALL=C sort)
protoc -I "$root" -I build/deps/googleapis --include_imports --include_source_info -o "$image" "${protos[@]}"
"$buf" lint "$image" --config proto/buf.yaml --path gisa
echo "buf lint: ${#protos[@]} files are clean"
