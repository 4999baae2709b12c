import type { LedgerRow, OpenUpgrade } from '../data/index.ts'
import { Failure } from '../errors.ts'
import { UpgradeRefused } from './upgrade-tenant.ts'

/** Why a version cannot be taken back, by the code of PostgreSQL. */
export const HINDRANCES: Readonly<Record<string, (plan: OpenUpgrade['plan']) => string>> = {
  '23502': ({ from, to }) => `Records of version ${to} lack a value that version ${from} needs.`,
  '23505': ({ from, to }) => `Records of version ${to} share values that are unique in version ${from}.`,
  '23514': ({ from }) => `Version ${from} has no trash, and what lies there would come back to life.`,
}

/** Which tenants are not there yet, and why. */
export function incomplete(left: readonly (LedgerRow & { readonly slug: string })[]): Failure {
  const tenants = left.map(({ slug, state, error, errors }) => ({
    tenant: slug,
    state,
    error,
    records: errors,
  }))
  return new Failure('upgrade_incomplete', { extensions: { tenants } })
}

/** Why a tenant's records could not be brought along, in words for operators. */
export function reasonOf({ plan }: OpenUpgrade, error: unknown): string {
  if (!(error instanceof UpgradeRefused)) {
    const message = (error as Error).message.split('\n')[0]!.slice(0, 300)
    return `The records cannot be brought from version ${plan.from} to ${plan.to}: ${message}`
  }
  const named = error.errors
    .slice(0, 3)
    .map(
      ({ entity, record, trash, pointer, detail }) =>
        `${entity} ${record}${trash ? ' (in the trash)' : ''} ${pointer}: ${detail}`,
    )
  const more = error.errors.length > named.length ? ` And ${error.errors.length - named.length} more.` : ''
  return `Version ${plan.to} does not accept what is stored. ${named.join(' ')}${more}${trashNote(error)}`
}

function trashNote({ errors }: UpgradeRefused): string {
  const { size } = new Set(errors.flatMap(({ record, trash }) => (trash ? [record] : [])))
  if (size === 0) return ''
  return size === 1
    ? ' One of these records lies in the trash.'
    : ` ${size} of these records lie in the trash.`
}
