targetScope = 'subscription'

import { Size } from 'modules/size.bicep'

@minLength(1)
@maxLength(32)
param environmentName string
param location string
param size Size

@description('Who provisions: may read and write the two secrets. azd knows it.')
param principalId string = ''
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Object id of the identity with which the workflow deploys; empty where none does.')
param pipelinePrincipalId string = ''

@description('Who is told of alerts and of the budget.')
param alertEmail string

param emailFrom string
param emailReplyTo string
param staffAddresses string
param sendGridWebhookPublicKey string
param cycleFile string

@description('The header in which a trusted proxy names the caller; empty where there is none.')
param clientAddressHeader string = ''

@description('Such as consulta.example.org; empty for the host name of the platform.')
param customDomain string = ''
@description('A certificate in the Key Vault, or the thumbprint of one uploaded by hand; with neither, one that the platform issues and renews.')
param certificateSecretName string = ''
param certificateThumbprint string = ''

var suffix = uniqueString(subscription().id, environmentName, location)
var names = {
  identity: 'id-opengov-${suffix}'
  storage: 'stopengov${suffix}'
  vault: 'kv-opengov-${suffix}'
  workspace: 'log-opengov-${suffix}'
  insights: 'appi-opengov-${suffix}'
  app: 'func-opengov-${suffix}'
}
var tags = { 'azd-env-name': environmentName }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-opengov-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: names.storage, location: location, tags: tags, size: size }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: { name: names.vault, location: location, tags: tags, size: size }
}

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: { workspaceName: names.workspace, insightsName: names.insights, location: location, tags: tags, size: size }
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    storageName: names.storage
    vaultName: names.vault
    insightsName: names.insights
  }
  dependsOn: [identity, storage, vault, telemetry]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: names.app
    location: location
    tags: tags
    size: size
    identityName: names.identity
    storageName: names.storage
    vaultName: names.vault
    insightsName: names.insights
    customDomain: customDomain
    settings: union(
      {
        SendGrid__WebhookPublicKey: sendGridWebhookPublicKey
        Email__From: emailFrom
        Email__ReplyTo: emailReplyTo
        Staff__Addresses: staffAddresses
        Cycle__File: cycleFile
        Sample__Skip: 'true'
      },
      empty(clientAddressHeader) ? {} : { Network__ClientAddressHeader: clientAddressHeader }
    )
  }
  dependsOn: [access]
}

module pipeline 'modules/pipeline.bicep' = if (!empty(pipelinePrincipalId)) {
  scope: group
  params: { principalId: pipelinePrincipalId, appName: names.app, storageName: names.storage }
  dependsOn: [app]
}

module domain 'modules/domain.bicep' = if (!empty(customDomain)) {
  scope: group
  params: {
    appName: names.app
    location: location
    host: customDomain
    vaultName: names.vault
    certificateSecretName: certificateSecretName
    certificateThumbprint: certificateThumbprint
  }
  dependsOn: [app]
}

module diagnostics 'modules/diagnostics.bicep' = {
  scope: group
  params: { appName: names.app, vaultName: names.vault, workspaceName: names.workspace }
  dependsOn: [app]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: { location: location, tags: tags, email: alertEmail, workspaceName: names.workspace }
  dependsOn: [telemetry]
}

module dashboard 'modules/dashboard.bicep' = {
  scope: group
  params: { location: location, tags: tags, workspaceName: names.workspace }
  dependsOn: [telemetry]
}

module budget 'modules/budget.bicep' = {
  scope: group
  params: { size: size, email: alertEmail }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_FUNCTION_APP string = names.app
output AZURE_STORAGE_ACCOUNT string = names.storage
output AZURE_KEY_VAULT string = names.vault
output SITE_URL string = app.outputs.siteUrl
