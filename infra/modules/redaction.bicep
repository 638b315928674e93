param name string
param location string
param tags object
param workspaceId string

// Links carry tokens in their query. Nothing after a question mark, and no text that holds a token, is stored.
var transformations = [
  { table: 'AppRequests', query: loadTextContent('../queries/redact-requests.kql') }
  { table: 'AppDependencies', query: loadTextContent('../queries/redact-dependencies.kql') }
  { table: 'AppTraces', query: loadTextContent('../queries/redact-traces.kql') }
  { table: 'AppExceptions', query: loadTextContent('../queries/redact-exceptions.kql') }
]

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: name
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: workspaceId }] }
    dataFlows: [
      for transformation in transformations: {
        streams: ['Microsoft-Table-${transformation.table}']
        destinations: ['workspace']
        // A transformation must be one line.
        transformKql: trim(replace(transformation.query, '\n', ' '))
      }
    ]
  }
}

output id string = rule.id
