/**
 * What sending costs, and how much of it an account may do.
 * @module
 */
export { createBilling } from "./billing.ts";
export {
  type Billing,
  type NewQuota,
  type Price,
  type Quota,
  QUOTA_PERIODS,
  type QuotaPeriod,
  quotaSchema,
  type Quotation,
  type Reservation,
} from "./model.ts";
export { readQuota, setQuota } from "./quotas.ts";
