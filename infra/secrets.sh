#!/usr/bin/env bash
# Puts the three secrets into the Key Vault where they are missing; azd runs it after provisioning. Nothing is overwritten
# and nothing is printed. `secrets.sh rotate` puts a new signing key before the current one.
set -euo pipefail
umask 077

vault=${AZURE_KEY_VAULT:?is set by azd; by hand: the name of the Key Vault}
signing=Signing--Keys fingerprints=Signing--FingerprintKey sendgrid=SendGrid--ApiKey
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A role that was just assigned takes some minutes to be known to the vault.
names_of_secrets() {
  local try
  for try in {1..20}; do
    az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv 2>"$folder/error" && return
    grep -q 'Forbidden' "$folder/error" || break
    [[ $try -eq 1 ]] && echo "Waiting until $vault admits you." >&2
    sleep 15
  done
  cat "$folder/error" >&2
  return 1
}

# From a file: what stands in a command line can be read by every process.
store() { az keyvault secret set --vault-name "$vault" --name "$1" --file "$2" --encoding utf-8 --output none; }

new_key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }

# The platform keeps what it once read from the vault for a day, and the app reads it at its start only.
refresh_app() {
  local group=${AZURE_RESOURCE_GROUP:-} app=${AZURE_FUNCTION_APP:-} id
  [[ -n $group && -n $app ]] || { echo "Restart the app: it has the new secrets then." >&2; return 0; }
  id=$(az functionapp show --name "$app" --resource-group "$group" --query id --output tsv)
  az rest --method post --url "https://management.azure.com$id/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none ||
    echo "The app could not be made to read its secrets now; it will within a day." >&2
  az functionapp restart --name "$app" --resource-group "$group" --output none
}

if [[ ${1:-} == rotate ]]; then
  az keyvault secret show --vault-name "$vault" --name "$signing" --query value --output tsv >"$folder/old"
  printf '%s;%s' "$(new_key)" "$(cut -d ';' -f 1 "$folder/old" | tr -d '\n')" >"$folder/key"
  store "$signing" "$folder/key"
  refresh_app
  echo "A new signing key signs; the one before it is still accepted."
  exit
fi
[[ $# -eq 0 ]] || { echo "Usage: secrets.sh [rotate]" >&2; exit 2; }

names_of_secrets >"$folder/names"
changed=
if ! grep -qx "$fingerprints" "$folder/names"; then
  if grep -qx "$signing" "$folder/names"; then
    # It has made them until now.
    az keyvault secret show --vault-name "$vault" --name "$signing" --query value --output tsv | cut -d ';' -f 1 | tr -d '\n' >"$folder/key"
  else
    new_key >"$folder/key"
  fi
  store "$fingerprints" "$folder/key"
  changed=yes
  echo "Made the key of fingerprints."
fi
if ! grep -qx "$signing" "$folder/names"; then
  new_key >"$folder/key"
  store "$signing" "$folder/key"
  changed=yes
  echo "Made the signing key."
fi
if ! grep -qx "$sendgrid" "$folder/names"; then
  key=${SENDGRID_API_KEY:-}
  if [[ -z $key && -t 0 ]]; then
    read -rsp "SendGrid API key (not shown): " key
    echo
  fi
  [[ -n $key ]] || { echo "$vault has no $sendgrid: set SENDGRID_API_KEY in the environment and run infra/secrets.sh again." >&2; exit 1; }
  printf '%s' "$key" >"$folder/key"
  store "$sendgrid" "$folder/key"
  changed=yes
  echo "Stored the SendGrid key."
fi
[[ -z $changed ]] || refresh_app
