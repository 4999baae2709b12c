import { expireAnswers } from './data/index.ts'
import type { Rounds } from './events/index.ts'
import { sweepFiles } from './files/index.ts'
import type { HttpServices } from './http/index.ts'
import { expireMail } from './mail/index.ts'
import { removeExpired } from './plugins/index.ts'
import { expireImports } from './transfer/index.ts'

/** Removes what is kept for a while only, and takes up what was left. A database that is away keeps no other from it. */
export async function tidyAll(services: HttpServices, rounds: Rounds): Promise<void> {
  const { database, log, upgrades, keyRenewals } = services
  for (const address of await rounds.databases())
    for (const expire of [expireAnswers, expireImports, expireMail])
      await expire(database, address).catch((error: unknown) =>
        log.error({ ...address, err: error }, 'housekeeping'),
      )
  await removeExpired(services)
  await endLapsedViews(services)
  for (const address of await rounds.databases())
    await sweepFiles(services, address).catch((error: unknown) =>
      log.error({ ...address, err: error }, 'housekeeping'),
    )
  await upgrades.run()
  await upgrades.contractDue()
  await keyRenewals.keepYoung()
  await keyRenewals.run()
}

/** The log says when somebody has stopped looking as a colleague, though they ask for nothing more. */
async function endLapsedViews({ tenants, sessionViews, log }: HttpServices): Promise<void> {
  for (const tenant of await tenants.all())
    await sessionViews
      .endLapsed(tenant.id)
      .catch((error: unknown) => log.error({ tenant: tenant.slug, err: error }, 'housekeeping'))
}
