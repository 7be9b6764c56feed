#!/usr/bin/env bash
# Installs what gisa needs on Debian 12: packages by apt, and google/rpc/*.proto (which no Debian package has in a
# version with ErrorInfo) from PyPI into build/deps. Does nothing that is done already.
#
#   deploy/install_deps.sh            to build and run
#   deploy/install_deps.sh --check    the format and lint tools as well
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(bzip2 ccache cmake g++ ninja-build pkg-config libabsl-dev libgrpc++-dev libprotobuf-dev protobuf-compiler
  protobuf-compiler-grpc libleveldb-dev libgtest-dev libgmock-dev libssl-dev libicu-dev libzstd-dev libjemalloc-dev
  libsnappy-dev libcli11-dev nlohmann-json3-dev tzdata unicode-data python3-pip)
if [[ ${1:-} == --check ]]; then
  packages+=(clang-16 clang-format-16 clang-tidy-16 libclang-rt-16-dev nodejs npm shellcheck
    kubernetes-client)
fi

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

missing=()
for package in "${packages[@]}"; do
  case $package in
    nodejs | npm) command -v "${package/nodejs/node}" >/dev/null && continue ;;
    kubernetes-client) command -v kubectl >/dev/null && continue ;;
    python3-pip) python3 -m pip --version >/dev/null 2>&1 && continue ;;
  esac
  installed "$package" || missing+=("$package")
done
if ((${#missing[@]})); then
  echo "Installing Debian packages: ${missing[*]}"
  sudo=()
  ((EUID == 0)) || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

googleapis=build/deps/googleapis
if [[ ! -e $googleapis/google/rpc/error_details.proto ]]; then
  echo "Fetching googleapis-common-protos 1.76.0 from PyPI into $googleapis"
  wheel=$(mktemp -d)
  trap 'rm -rf "$wheel"' EXIT
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$wheel" --require-hashes \
    --requirement /dev/stdin <<<"googleapis-common-protos==1.76.0 \
--hash=sha256:59e13344a9f3651aa201a03e2bee815a3bf43a4baf1f9ff8a9b62a840ce25fac"
  mkdir -p "$googleapis"
  python3 -m zipfile -e "$wheel"/*.whl "$googleapis"
fi
