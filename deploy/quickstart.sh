#!/usr/bin/env bash
# Shows gisa at work on this machine: installs what is missing, builds, serves a fresh archive on a free loopback port,
# stores articles, finds them again, and stops the server. See --help.
set -euo pipefail
export LC_ALL=C.UTF-8

usage() {
  cat <<'END'
Usage: deploy/quickstart.sh [--serve] [PATH…]

Installs the Debian packages that are missing (with sudo when you are not root), builds gisa and gisad, starts gisad on a
free loopback port with an empty temporary archive, stores the articles in PATH… (files and folders; by default those of
the tests), gets one, searches, sends everything again, and stops the server.

  --serve   leave the server running, and tell how to reach and how to stop it
  --help    show this

Exit codes: 0 all went well; otherwise a step failed, and its output says why.
END
}

fail() {
  printf 'quickstart: %s\n' "$*" >&2
  exit 1
}

serve=
paths=()
while (($#)); do
  case $1 in
    --serve) serve=1 ;;
    -h | --help) usage && exit ;;
    --) shift && paths+=("$@") && break ;;
    -?*) usage >&2 && exit 2 ;;
    *) paths+=("$1") ;;
  esac
  shift
done

root=$(cd "$(dirname "$0")/.." && pwd)
((${#paths[@]})) || paths=("$(realpath --relative-to=. "$root/tests/testdata/articles")")
for path in "${paths[@]}"; do
  [[ -e $path ]] || fail "there is no $path"
done

bold='' dim='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; fi
step() { printf '%s%-9s%s%s\n' "$bold" "$1" "$plain" "$2"; }
# Shows a command as one would type it.
typed() { printf '\n%s$ %s%s\n' "$bold" "$*" "$plain"; }

work=$(mktemp -d --tmpdir gisa-quickstart.XXXXXX)
server=
stop_server() {
  [[ $server ]] || return 0
  local pid=$server status=0
  server=
  kill -TERM "$pid" 2>/dev/null || true
  wait "$pid" || status=$?
  return "$status"
}
clean_up() {
  stop_server || true
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Runs a step whose output matters only when it fails.
quietly() {
  "$@" >"$work/output" 2>&1 && return
  cat "$work/output" >&2
  fail "failed: $*"
}

# --- Install and build

step packages "installing what is missing"
"$root"/deploy/install_deps.sh
step build "gisa and gisad, release; the first time takes minutes"
started=$SECONDS
quietly cmake -S "$root" --preset release
build=(cmake --build "$root/build/release" --parallel "$(nproc)" --target gisa gisad)
if [[ -t 1 ]]; then "${build[@]}"; else quietly "${build[@]}"; fi
PATH=$root/build/release/bin:$PATH
step '' "done in $((SECONDS - started)) s"

# --- Serve

# In a session of its own, so that Ctrl-C here reaches it as one SIGTERM, and --serve outlives the terminal.
setsid gisad serve --listen 127.0.0.1:0 --port-file "$work/port" --data-dir "$work/data" \
  </dev/null >"$work/gisad.log" 2>&1 &
server=$!
for ((tries = 0; tries < 600; ++tries)); do
  [[ ! -s $work/port ]] || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.05
done
[[ -s $work/port ]] || fail "gisad did not start: $(tail -n 5 "$work/gisad.log")"
GISA_ADDRESS=127.0.0.1:$(<"$work/port")
export GISA_ADDRESS
step server "$(gisad --version) on $GISA_ADDRESS, archive in $work/data"

# --- Store

typed "gisa ingest ${paths[*]}"
# With -v each article is told of on standard error: it names the keys. 1: some were rejected, the rest is stored.
gisa ingest -v "${paths[@]}" 2>"$work/told" || (($? == 1)) || fail "$(<"$work/told")"
grep -vE '^(created|duplicate|unchanged|revised) ' "$work/told" | head -n 5 || true
grep -m 3 '^duplicate ' "$work/told" || true
key=$(grep -oPm 1 '^created +\K[^ ]+' "$work/told") || fail "nothing was stored"

# --- Get, by key and by the hash of the body

typed "gisa get $key"
article=$(gisa get "$key")
in_body=
while IFS= read -r line; do
  if [[ $in_body && $line ]]; then
    printf '%s%s…%s\n' "$dim" "${line:0:80}" "$plain"
    break
  fi
  [[ $line ]] || in_body=1
  printf '%s\n' "$line"
done <<<"$article"

hash=$(sed -n '1,/^$/s/^hash  *//p' <<<"$article")
typed "gisa get --hash $hash"
by_hash=$(gisa get --hash "$hash")
sed -n -E '1p; /^(key|hash)  /p; /^$/q' <<<"$by_hash"

# --- Search for a word of the title

title=${article%%$'\n'*}
word=$(grep -oP '\p{Hangul}{2,}' <<<"$title" | sed -n 1p || true)
word=${word:-$(grep -oP '[\p{L}\p{N}]{2,}' <<<"$title" | sed -n 1p || true)}
if [[ $word ]]; then
  typed "gisa search $word --limit 3"
  gisa search "$word" --limit 3
fi

# --- Everything once more, as a re-crawl would send it

typed "gisa export | gisa ingest -"
gisa export | gisa ingest -q -

# --- Stop, or tell how to

if [[ $serve ]]; then
  trap - EXIT
  cat <<END

${bold}gisad goes on serving${plain}
  address  $GISA_ADDRESS
  archive  $work/data
  log      $work/gisad.log
${bold}reach it${plain}
  export GISA_ADDRESS=$GISA_ADDRESS PATH=$root/build/release/bin:\$PATH
  gisa stats
  grpcurl -plaintext $GISA_ADDRESS list gisa.v1.ArchiveService
  grpcurl -plaintext -d '{"query": "$word"}' $GISA_ADDRESS gisa.v1.ArchiveService/Search
${bold}stop it, and remove the archive${plain}
  kill $server
  rm -r $work
END
  exit
fi
printf '\n'
stop_server || fail "gisad did not shut down in order: $(tail -n 5 "$work/gisad.log")"
step server "stopped in order; its archive is removed"
