using 'main.bicep'

param size = {
  instanceMemoryMB: 2048
  maximumInstanceCount: 100
  alwaysReadyHttp: 2
  storageSku: 'Standard_GZRS'
  blobRetentionDays: 90
  vaultRetentionDays: 90
  logRetentionDays: 90
  tracedShare: '0.25'
  logDailyQuota: 5
  deleteLock: true
  budgetAmount: 300
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
