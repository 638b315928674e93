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
# Said of each project that could be checked; of one that could not, something else is said, or nothing.
checked=$(grep -c 'has no vulnerable packages' <<<"$report" || true)
projects=1
[[ $1 != *.sln ]] || projects=$(dotnet sln "$1" list | grep -c '\.csproj$')
[[ $checked -eq $projects ]] || { echo "Only $checked of $projects projects could be checked." >&2; exit 1; }
