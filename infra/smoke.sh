#!/usr/bin/env bash
# Whether a deployment serves: smoke.sh BASE_URL. It only reads.
set -euo pipefail

[[ $# -eq 1 ]] || { echo "Usage: smoke.sh BASE_URL" >&2; exit 2; }
base=${1%/}
patience=${SMOKE_SECONDS:-180}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# Answers with the status; 000 where nobody answers.
get() { curl --silent --max-time 30 --output "$body" --write-out '%{http_code}' "$base$1" || true; }

# A new package starts cold, and the old one may answer until it has.
end=$((SECONDS + patience))
until [[ $(get /api/health) == 200 ]]; do
  [[ $SECONDS -lt $end ]] || { echo "FAILED /api/health: no 200 in $patience s. Last answer: $(head -c 400 "$body")" >&2; exit 1; }
  sleep 5
done
echo "ok     /api/health"

failed=0
expect() {
  local path=$1 pattern=$2 status
  status=$(get "$path")
  if [[ $status == 200 ]] && grep -qE -- "$pattern" "$body"; then
    echo "ok     $path"
  else
    echo "FAILED $path: $status, or no $pattern in it" >&2
    failed=1
  fi
}

expect '/?lang=es' '<html lang="es"'
expect '/?lang=en' '<html lang="en"'
expect '/chronogram?lang=es' '<table|<ol|<ul'
expect '/api/chronogram' '"activities" ?: ?\[ ?\{'
exit $failed
