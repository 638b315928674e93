#!/usr/bin/env bash
# release.sh PACKAGE COMMIT: publishes the package of a commit and looks whether it serves. One that does is kept under
# its commit and as the last good one; for one that does not, the last good one is published again, and this fails.
set -euo pipefail

[[ $# -eq 2 ]] || { echo "Usage: release.sh PACKAGE COMMIT" >&2; exit 2; }
package=$1 commit=$2
group=${AZURE_RESOURCE_GROUP:?} app=${AZURE_FUNCTION_APP:?} account=${AZURE_STORAGE_ACCOUNT:?} site=${SITE_URL:?}
here=$(cd "$(dirname "$0")" && pwd)
last=$(mktemp -d)
trap 'rm -rf "$last"' EXIT

# It waits for the host to be up, and for one that never is, for ever.
publish() { timeout "${PUBLISH_SECONDS:-600}" az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$1" --output none; }
blob() { az storage blob "$@" --account-name "$account" --container-name releases --auth-mode login --only-show-errors --output none; }

if publish "$package" && "$here/smoke.sh" "$site" "$commit"; then
  blob upload --name "by-commit/$commit.zip" --file "$package" --overwrite
  blob upload --name last-good.zip --file "$package" --overwrite
  echo "$commit serves."
  exit
fi

echo "$commit does not serve; the last good package goes back." >&2
if ! blob download --name last-good.zip --file "$last/app.zip"; then
  echo "No package was kept: nothing to go back to." >&2
  exit 1
fi
publish "$last/app.zip"
"$here/smoke.sh" "$site" && echo "The last good package serves again." >&2
exit 1
