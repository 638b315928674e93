param location string
param tags object
param email string
param workspaceName string

// A query that answers with a row is trouble; its limits stand in the query.
var alerts = [
  {
    name: 'oldest-pending-effect'
    says: 'Work has been waiting for more than 15 minutes.'
    severity: 1
    query: loadTextContent('../queries/oldest-pending-effect.kql')
    window: 'PT10M'
    every: 'PT5M'
  }
  {
    name: 'poison-messages'
    says: 'Messages were put aside after failing too often.'
    severity: 1
    query: loadTextContent('../queries/poison-messages.kql')
    window: 'PT10M'
    every: 'PT5M'
  }
  {
    name: 'timer-silent'
    says: 'A timer has not run when it should have.'
    severity: 0
    query: loadTextContent('../queries/timer-silent.kql')
    window: 'P2D'
    every: 'PT5M'
  }
  {
    name: 'notices-late'
    says: 'Notices that were due have not gone out.'
    severity: 1
    query: loadTextContent('../queries/notices-late.kql')
    window: 'PT10M'
    every: 'PT5M'
  }
  {
    name: 'nota-bounced'
    says: 'A nota did not reach its office.'
    severity: 1
    query: loadTextContent('../queries/nota-bounced.kql')
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    name: 'server-errors'
    says: 'More than 2 of 100 requests fail.'
    severity: 1
    query: loadTextContent('../queries/server-errors.kql')
    window: 'PT15M'
    every: 'PT5M'
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'opengov-team'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'opengov'
    emailReceivers: [{ name: 'team', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in alerts: {
    name: alert.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.name
      description: '${alert.says} What to do: infra/RUNBOOK.md, ${alert.name}.'
      severity: alert.severity
      enabled: true
      autoMitigate: true
      // Before the first telemetry arrives, the tables have no columns to check a query against.
      skipQueryValidation: true
      scopes: [workspace.id]
      evaluationFrequency: alert.every
      windowSize: alert.window
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [team.id] }
    }
  }
]
