import { Size } from 'size.bicep'

param name string
param location string
param tags object
param size Size

// The names of functions/App/Storage/StorageNames.cs, to which a test holds them. The runtime makes a poison queue with its first message.
var tables = [
  'channels'
  'commitments'
  'cycles'
  'forum'
  'institutions'
  'liaisons'
  'mails'
  'meetings'
  'notices'
  'openwork'
  'paperbatches'
  'plans'
  'proposals'
  'requests'
  'sessions'
  'subscriptions'
  'themes'
]
var queues = ['effects', 'requests', 'validation-requests']
var containers = ['scans']
var deliveryContainers = ['packages', 'releases']

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: size.storageSku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: size.blobRetentionDays }
      containerDeleteRetentionPolicy: { enabled: true, days: size.blobRetentionDays }
    }

    resource container 'containers' = [
      for name in concat(containers, deliveryContainers): {
        name: name
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queueService 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [for name in queues: { name: name }]
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [for name in tables: { name: name }]
  }

  // Scans are a public record and are kept; packages can be built again.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-packages'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['releases/by-commit/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 180 } } }
            }
          }
          {
            name: 'old-versions-of-packages'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['packages/', 'releases/'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 30 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (size.deleteLock) {
  scope: account
  name: 'public-record'
  properties: { level: 'CanNotDelete', notes: 'Holds the record of the cycle.' }
}
