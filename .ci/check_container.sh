#!/usr/bin/env bash
# Checks of the container image what can be checked without building it: that it installs each library which gisad and
# gisa are linked with, by the packages of this machine, and is of the version that CMakeLists.txt names. Wants the
# release build.
set -euo pipefail
cd "$(dirname "$0")/.."

runtime=$(sed -n '/^FROM debian:12-slim$/,$p' deploy/Dockerfile)
# In every Debian image.
present=' libc6 libgcc-s1 '
mapfile -t libraries < <(readelf -d build/release/bin/gisad build/release/bin/gisa |
  sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | LC_ALL=C sort -u)
((${#libraries[@]})) || { echo "readelf names no libraries" >&2 && exit 1; }

packages=()
for library in "${libraries[@]}"; do
  package=$(dpkg-query -S "*/$(c++ -print-multiarch)/$library" | sed -n '1s/:.*//p')
  if [[ $present != *" $package "* ]] && ! grep -qwF -- "$package" <<<"$runtime"; then
    echo "deploy/Dockerfile does not install $package, which has $library" >&2 && exit 1
  fi
  packages+=("$package")
done
version=$(sed -n 's/^project(gisa VERSION \([^ ]*\).*/\1/p' CMakeLists.txt)
grep -qF -- "-t gisa:$version " deploy/Dockerfile || { echo "deploy/Dockerfile is not of $version" >&2 && exit 1; }
printf 'The image has all %d libraries, from:' ${#libraries[@]}
printf '%s\n' "${packages[@]}" | sort -u | tr '\n' ' ' | sed 's/^/ /; s/ $/\n/'
