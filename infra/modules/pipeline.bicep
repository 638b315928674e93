param principalId string
param appName string
param storageName string

// The workflow publishes code and keeps packages: it has no role on data, on secrets or on what is provisioned.
var roles = {
  websiteContributor: 'de139f84-1756-47ae-9be6-808fbbe84772'
  storageBlobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
}

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' existing = {
  name: 'plan-${appName}'
}

resource releases 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = {
  name: '${storageName}/default/releases'
}

resource pipelinePublishes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: app
  name: guid(app.id, principalId, roles.websiteContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.websiteContributor)
  }
}

// What publishes asks first which plan the app is on.
resource pipelineReadsPlan 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: plan
  name: guid(plan.id, principalId, roles.reader)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.reader)
  }
}

resource pipelineKeepsPackages 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: releases
  name: guid(releases.id, principalId, roles.storageBlobDataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageBlobDataContributor)
  }
}
