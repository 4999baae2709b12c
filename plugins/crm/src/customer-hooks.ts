import type { CrmHooks } from './host.ts'
import { checkVatId } from './vat-id.ts'

export const customerHooks: NonNullable<CrmHooks['customer']> = {
  async beforeCreate({ input, host }) {
    if (!input.vatId) return input
    return { ...input, vatId: await checkVatId(input.vatId, host.tenant.locale) }
  },

  async beforeUpdate({ changes, host }) {
    if (!changes.vatId) return changes
    return { ...changes, vatId: await checkVatId(changes.vatId, host.tenant.locale) }
  },
}
