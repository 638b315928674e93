@export()
@description('What differs between an environment to try things in and the one that people use.')
type Size = {
  instanceMemoryMB: 512 | 2048 | 4096
  maximumInstanceCount: int
  alwaysReadyHttp: int
  storageSku: 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS'
  @description('Of deleted blobs and their earlier versions.')
  blobRetentionDays: int
  @minValue(7)
  @maxValue(90)
  vaultRetentionDays: int
  logRetentionDays: int
  @description('Of requests and their traces, from 0.0 to 1.0; figures are all kept.')
  tracedShare: string
  @description('Gigabytes: what is logged beyond it on a day is lost, and its cost with it.')
  logDailyQuota: int
  @description('Keeps the storage account from being deleted, by hand or by azd down.')
  deleteLock: bool
  @description('A month, in the currency of the subscription.')
  budgetAmount: int
}
