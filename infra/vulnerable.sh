#!/usr/bin/env bash
# Fails where a package of a project or solution, or one that it brings along, has a known vulnerability.
set -euo pipefail

dotnet restore "$1" --verbosity quiet
# The command ends well whatever it finds.
report=$(dotnet list "$1" package --vulnerable --include-transitive)
echo "$report"
if grep -q 'has the following vulnerable packages' <<<"$report"; then
  exit 1
fi
# Said of each project that could be checked; a source that knows no vulnerabilities says something else, or nothing.
grep -q 'has no vulnerable packages' <<<"$report"
