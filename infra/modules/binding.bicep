param appName string
param host string
param thumbprint string

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource binding 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: app
  name: host
  properties: {
    hostNameType: 'Verified'
    customHostNameDnsRecordType: 'CName'
    siteName: appName
    sslState: 'SniEnabled'
    thumbprint: thumbprint
  }
}
