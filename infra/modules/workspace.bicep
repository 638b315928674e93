param name string
param location string
param tags object
param properties object

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: properties
}

output id string = workspace.id
