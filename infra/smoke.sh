#!/usr/bin/env bash
# infra/smoke.sh BASE_URL [COMMIT] asks a running site what its visitors ask it; it only reads. Ends at the first answer
# that is not as it must be. SMOKE_SECONDS is how long it may take to become healthy, and to be of that commit: 180.
set -euo pipefail
[[ $# -ge 1 && $# -le 2 && $1 =~ ^https?://[^/]+/?$ ]] || { echo "Usage: infra/smoke.sh BASE_URL [COMMIT], as in https://example.org" >&2; exit 2; }
site=${1%/} commit=${2:-} patience=${SMOKE_SECONDS:-180}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
status='' address=''

get() {
  address=$site$1
  : >"$folder/headers"
  : >"$folder/body"
  status=$(curl --silent --globoff --proto '=http,https' --connect-timeout 10 --max-time 30 \
    --header 'Accept-Language: es' --dump-header "$folder/headers" --output "$folder/body" --write-out '%{http_code}' "$address") || status="no answer (curl: $?)"
}

passed() { echo "ok    $1"; }
failed() {
  echo "FAIL  $1: expected $2, got $3" >&2
  exit 1
}

# check NAME PATH STATUS
check() {
  get "$2"
  [[ $status == "$3" ]] || failed "$1" "$3 from $address" "$status $(said)"
}
said() { tr -d '\r\n' <"$folder/body" | head -c 300; }
header() { tr -d '\r' <"$folder/headers" | grep -i "^$1:" | tail -n 1 | cut -d: -f2- | sed 's/^ *//' || true; }
# has NAME PATTERN
has() { grep -Eq -- "$2" "$folder/body" || failed "$1" "$2 in $address" "$(said)"; }
# says NAME HEADER PATTERN
says() {
  local value
  value=$(header "$2")
  grep -Eiq -- "$3" <<<"$value" || failed "$1" "$2: $3 from $address" "'$value'"
}

healthy() {
  local until=$((SECONDS + patience))
  # What was there before may go on answering for a while.
  while get /api/health && ! { [[ $status == 200 ]] && grep -q -- "\"version\": *\"$commit" "$folder/body"; }; do
    ((SECONDS < until)) || failed "health" "200${commit:+ of commit $commit} from $address within $patience seconds" "$status $(said)"
    sleep 3
  done
  has "health" '"status": ?"ok"'
  passed "health"
}

home() {
  local name="home in $1"
  check "$name" "/?lang=$1" 200
  has "$name" "<html lang=\"$1\""
  has "$name" "<title>[^<]{3,}</title>"
  passed "$name"
}

security_headers() {
  local name="security headers" policy
  policy=$(header Content-Security-Policy)
  [[ $policy == *"default-src 'none'"* && $policy != *unsafe-inline* ]] || failed "$name" "a Content-Security-Policy with default-src 'none', without unsafe-inline" "'$policy'"
  says "$name" Referrer-Policy '^no-referrer$'
  says "$name" X-Content-Type-Options '^nosniff$'
  [[ $site != https:* ]] || says "$name" Strict-Transport-Security 'max-age=[1-9]'
  passed "$name"
}

asset() {
  local name="asset" path
  path=$(grep -Eo '/assets/[A-Za-z0-9._-]+\.css' "$folder/body" | head -n 1 || true)
  [[ $path ]] || failed "$name" "a link to /assets/….css in $address" "none"
  check "$name" "$path" 200
  says "$name" Content-Type '^text/css'
  says "$name" Cache-Control 'max-age=31536000.*immutable'
  passed "$name"
}

page() {
  check "$1" "$1" "$2"
  [[ $# -lt 3 ]] || says "$1" Content-Type "$3"
  [[ $# -lt 4 ]] || has "$1" "$4"
  passed "$1 is $2"
}

healthy
home es
home en
security_headers
asset
page /chronogram 200 '^text/html' '<h1'
page /chronogram.ics 200 '^text/calendar' '^BEGIN:VCALENDAR'
page /api/chronogram 200 '^application/json' '"activities": ?\[ ?\{'
# The form while the call is open, else the notice that says when it opens or that it closed.
page /proposals/new 200 '^text/html' '<form method="post" action="/proposals/new"|class="notice-box warning"'
page /no-such-page 404
page '/r?t=no-such-nota' 404
page /requests/no-such-nota 404
case $site in
  http://localhost | http://localhost:* | http://127.0.0.1 | http://127.0.0.1:*) echo "--    /dev and /v3/mail/send are the local host's: not checked" ;;
  *)
    page /dev 404
    page /v3/mail/send 404
    ;;
esac
echo "The site is as it must be: $site"
