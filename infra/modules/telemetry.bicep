import { Size } from 'size.bicep'

param workspaceName string
param insightsName string
param location string
param tags object
param size Size

var workspaceProperties = {
  sku: { name: 'PerGB2018' }
  retentionInDays: size.logRetentionDays
  workspaceCapping: { dailyQuotaGb: size.logDailyQuota }
  features: { enableLogAccessUsingOnlyResourcePermissions: true }
}

// The rule needs the workspace, and the workspace names the rule. Made here once only: to deploy again must not take
// the rule from it, not even for a moment.
@onlyIfNotExists()
resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: workspaceProperties
}

module redaction 'redaction.bicep' = {
  params: { name: 'redaction-${workspaceName}', location: location, tags: tags, workspaceId: workspace.id }
}

module redacted 'workspace.bicep' = {
  params: {
    name: workspaceName
    location: location
    tags: tags
    properties: union(workspaceProperties, { defaultDataCollectionRuleResourceId: redaction.outputs.id })
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: redacted.outputs.id
  }
}
