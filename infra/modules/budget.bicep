import { Size } from 'size.bicep'

param size Size
param email string
param month string = utcNow('yyyy-MM-01')

// A budget keeps the month in which it began: set again with another one, it is refused.
@onlyIfNotExists()
resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'opengov-month'
  properties: {
    category: 'Cost'
    timeGrain: 'Monthly'
    amount: size.budgetAmount
    timePeriod: { startDate: month }
    notifications: {
      mostIsSpent: { enabled: true, operator: 'GreaterThan', threshold: 80, thresholdType: 'Actual', contactEmails: [email] }
      willBeExceeded: { enabled: true, operator: 'GreaterThan', threshold: 100, thresholdType: 'Forecasted', contactEmails: [email] }
    }
  }
}
