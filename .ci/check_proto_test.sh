#!/usr/bin/env bash
# Proves that check_proto.sh catches a wrong name and a missing comment in the API.
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

# refused SED_EXPRESSION RULE: lints a copy of the protos edited so; it must fail and name the rule's words.
refused() {
  cp -rT proto "$copy"
  sed -i -E "$1" "$copy"/gisa/v1/article.proto
  if cmp -s proto/gisa/v1/article.proto "$copy"/gisa/v1/article.proto; then
    echo "'$1' edits nothing" >&2 && exit 1
  fi
  local output
  if output=$(.ci/check_proto.sh "$copy") || [[ $output != *"$2"* ]]; then
    echo "'$1' was not refused with '$2': $output" >&2 && exit 1
  fi
}
refused 's/string publisher = /string publisherName = /' 'should be lower_snake_case'
refused 's/ARTICLE_VIEW_FULL = /FULL = /' 'should be prefixed with "ARTICLE_VIEW_"'
refused '/The headline; may be empty/d' 'Field "title" should have a non-empty comment'
refused '/Everything but the body/d' 'Enum value "ARTICLE_VIEW_BASIC" should have a non-empty comment'
echo "check_proto.sh catches what it should"
