param appName string
param location string
param host string
param vaultName string
param certificateSecretName string
param certificateThumbprint string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: vaultName
}

// A certificate is issued only for a bound host. Bound without one just once: to deploy again must not take TLS away.
@onlyIfNotExists()
resource binding 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: app
  name: host
  properties: { hostNameType: 'Verified', customHostNameDnsRecordType: 'CName', siteName: appName }
}

resource certificate 'Microsoft.Web/sites/certificates@2025-03-01' = if (empty(certificateThumbprint)) {
  parent: app
  name: replace(host, '.', '-')
  location: location
  properties: empty(certificateSecretName) ? { canonicalName: host } : { keyVaultId: vault.id, keyVaultSecretName: certificateSecretName }
  dependsOn: [binding]
}

module secured 'binding.bicep' = {
  params: {
    appName: appName
    host: host
    thumbprint: empty(certificateThumbprint) ? certificate!.properties.thumbprint : certificateThumbprint
  }
  dependsOn: [binding]
}
