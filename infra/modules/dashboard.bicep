param location string
param tags object
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'opengov-dashboard')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    category: 'workbook'
    displayName: 'Open government: how the service runs'
    serializedData: loadTextContent('../dashboard.json')
    sourceId: workspace.id
    version: 'Notebook/1.0'
  }
}
