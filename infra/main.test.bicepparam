using 'main.bicep'

param size = {
  instanceMemoryMB: 2048
  maximumInstanceCount: 40
  alwaysReadyHttp: 0
  storageSku: 'Standard_LRS'
  blobRetentionDays: 7
  vaultRetentionDays: 7
  logRetentionDays: 30
  tracedShare: '1.0'
  logDailyQuota: 1
  deleteLock: false
  budgetAmount: 30
}

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param principalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')
param pipelinePrincipalId = readEnvironmentVariable('PIPELINE_PRINCIPAL_ID', '')

param alertEmail = readEnvironmentVariable('ALERT_EMAIL')
param emailFrom = readEnvironmentVariable('EMAIL_FROM')
param emailReplyTo = readEnvironmentVariable('EMAIL_REPLY_TO')
param staffAddresses = readEnvironmentVariable('STAFF_ADDRESSES')
param sendGridWebhookPublicKey = readEnvironmentVariable('SENDGRID_WEBHOOK_PUBLIC_KEY')
param cycleFile = readEnvironmentVariable('CYCLE_FILE', 'panama-2019-2021')
param clientAddressHeader = readEnvironmentVariable('CLIENT_ADDRESS_HEADER', '')

param customDomain = readEnvironmentVariable('CUSTOM_DOMAIN', '')
param certificateSecretName = readEnvironmentVariable('CERTIFICATE_SECRET_NAME', '')
param certificateThumbprint = readEnvironmentVariable('CERTIFICATE_THUMBPRINT', '')
