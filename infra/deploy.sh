#!/usr/bin/env bash
# infra/deploy.sh PACKAGE puts a package on the function app APP_NAME in RESOURCE_GROUP and asks SITE_URL what its
# visitors ask it. Where that fails, what was live before goes back; it is kept as KEPT_PACKAGE (kept/released-package.zip).
# Needs the Azure CLI, signed in as somebody who may deploy the app and read its deployment container.
set -euo pipefail
[[ $# -eq 1 && -f $1 ]] || { echo "Usage: RESOURCE_GROUP=… APP_NAME=… SITE_URL=… infra/deploy.sh PACKAGE" >&2; exit 2; }
package=$1
: "${RESOURCE_GROUP:?is not set}" "${APP_NAME:?is not set}" "${SITE_URL:?is not set}"
kept=${KEPT_PACKAGE:-kept/released-package.zip}
smoke=${SMOKE:-$(dirname "$0")/smoke.sh}

# Flex Consumption runs the blob of this name in the container that the app itself names.
keep() {
  local container_url account container found
  container_url=$(az resource show --resource-group "$RESOURCE_GROUP" --name "$APP_NAME" --resource-type Microsoft.Web/sites --api-version 2024-04-01 \
    --query properties.functionAppConfig.deployment.storage.value --output tsv)
  [[ $container_url =~ ^https://([a-z0-9]+)\.blob\.[^/]+/([a-z0-9-]+)/?$ ]] || { echo "$APP_NAME names no deployment container: '$container_url'" >&2; return 1; }
  account=${BASH_REMATCH[1]} container=${BASH_REMATCH[2]}
  local blob=(--account-name "$account" --container-name "$container" --name released-package.zip --auth-mode login)
  found=$(az storage blob exists "${blob[@]}" --query exists --output tsv)
  if [[ $found != true ]]; then
    echo "Nothing is live yet: there is nothing to go back to."
    return
  fi
  mkdir -p "$(dirname "$kept")"
  az storage blob download "${blob[@]}" --file "$kept" --no-progress --output none
  unzip -tq "$kept"
}

put() {
  az functionapp deployment source config-zip --resource-group "$RESOURCE_GROUP" --name "$APP_NAME" --src "$1" --timeout 600 --output none
}

# The platform refuses a deployment while another one ends.
put_back() {
  for attempt in 1 2 3; do
    if put "$kept"; then return; fi
    [[ $attempt -eq 3 ]] || sleep "${RETRY_SECONDS:-30}"
  done
  return 1
}

unzip -Z1 "$package" '.azurefunctions/*' >/dev/null || { echo "$package lacks .azurefunctions: the host would start without functions." >&2; exit 1; }
rm -f "$kept"
keep
if put "$package" && "$smoke" "$SITE_URL"; then
  echo "Deployed to $APP_NAME."
  exit
fi
if [[ ! -f $kept ]]; then
  echo "::error::The deployment to $APP_NAME failed, and nothing was live before it." >&2
  exit 1
fi
echo "The deployment failed. What was live before goes back."
if put_back && "$smoke" "$SITE_URL"; then
  echo "::error::The deployment to $APP_NAME failed; what was live before it is live again." >&2
else
  echo "::error::The deployment to $APP_NAME failed, and so did the way back: see to $SITE_URL now. What was live before is $kept." >&2
fi
exit 1
