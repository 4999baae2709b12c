import { asClass, asValue } from 'awilix'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config/index.ts'
import { AUDIT_KEY, AuditSealer, Checkpoints, NEXT_ENTRIES, Refusals, Witness } from './audit/index.ts'
import { KeyRing, Vault } from './crypto/index.ts'
import { createRoot, type Scope } from './container/index.ts'
import {
  Bus,
  COMMON_SCHEMA,
  connectDatabase,
  CONTROL,
  Cursors,
  installSchema,
  prepareDatabase,
  searchSupport,
  selfTest,
  settleVersions,
  TenantKeys,
  type UpgradesByCode,
} from './data/index.ts'
import { CustomFields } from './custom-fields/index.ts'
import { createDemoWorld, demoAccounts } from './demo/index.ts'
import { Dispatcher, NEXT_DELIVERY, Rounds } from './events/index.ts'
import { Operators, TenantAccesses } from './operators/index.ts'
import { FeatureRollouts } from './entitlements/index.ts'
import { Files } from './files/index.ts'
import { tidyAll } from './housekeeping.ts'
import { createApp, type App, type HttpServices } from './http/index.ts'
import { identityServices } from './identity-services.ts'
import {
  CrashCounter,
  deliverEvent,
  PluginCatalogue,
  PluginStates,
  Switchboard,
  Upgrades,
  Workshop,
} from './plugins/index.ts'
import { Mail, MailWorker, NEXT_MAIL, SmtpSender } from './mail/index.ts'
import { createLog } from './log.ts'
import { Mover, Moves } from './moving/index.ts'
import { Places, Servers, WarmPool } from './places/index.ts'
import { Roles } from './roles/index.ts'
import { KeyRenewals } from './sealing/index.ts'
import { carryOutImport, Imports, ImportSeals, ImportWorker, NEXT_IMPORT } from './transfer/index.ts'
import { ScimGroups, ScimTokens, ScimUsers } from './scim/index.ts'
import { OpenId, Providers, Saml } from './sign-on/index.ts'
import { DiskStorage } from './storage/index.ts'
import { Tenants } from './tenancy/index.ts'

/** A running platform. */
export interface Platform {
  readonly app: App
  readonly root: Scope<HttpServices>
  /** Lets running work finish, then closes everything. */
  stop(): Promise<void>
}

/** How often a worker removes what is kept for a while only, and takes up upgrades that were left. */
const HOUSEKEEPING_MS = 60 * 60_000

/** How often a node writes down which programs were there. */
const USAGE_MS = 60_000

/** The platform refused to start because a fence is missing; the message names every one. */
export class FenceMissing extends Error {
  override readonly name = 'FenceMissing'
}

export interface BootOptions {
  readonly config: Config
  /** Administrative database login, used for set-up only. */
  readonly adminUrl: string
  readonly secret: string
  readonly log?: Logger
  /** Key-encryption keys. Default: the one that follows from the secret. */
  readonly keyRing?: KeyRing
}

/**
 * Brings a platform up: database, plugins, tables, self-test, services, HTTP.
 *
 * @throws FenceMissing
 */
export async function boot({
  config,
  adminUrl,
  secret,
  log = createLog(config),
  keyRing = new KeyRing(secret),
}: BootOptions): Promise<Platform> {
  const servers = new Servers({ adminUrl, secret, servers: config.servers })
  const [, catalogue] = await Promise.all([
    prepareDatabase(adminUrl, secret),
    PluginCatalogue.load(config.pluginsFolder, log),
  ])
  const byCode: UpgradesByCode = (...versions) => catalogue.upgradesByCode(...versions)
  const { models, refused } = await settleVersions(
    adminUrl,
    [...catalogue.plugins.values()].map(({ manifest }) => manifest),
    byCode,
  )
  catalogue.settle(models, refused)
  await installSchema(adminUrl, catalogue.models, catalogue.reach, COMMON_SCHEMA, byCode)
  const vault = new Vault(secret)
  const database = connectDatabase({
    urlOf: (address) => servers.appUrl(address),
    connections: config.connections,
    prepare: config.prepared,
    auditKey: vault.key(AUDIT_KEY),
  })
  const faults = await selfTest(database)
  if (faults.length > 0) {
    await database.close()
    throw new FenceMissing(
      `The platform does not start, because tenants would not be kept apart:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    )
  }
  const bus = new Bus(servers.appUrl(CONTROL, true), database)
  await bus.start()
  const root = createRoot<HttpServices>({
    config: asValue(config),
    log: asValue(log),
    database: asValue(database),
    bus: asValue(bus),
    cursors: asValue(new Cursors(secret)),
    search: asValue(await searchSupport(database)),
    catalogue: asValue(catalogue),
    servers: asValue(servers),
    places: asClass(Places).singleton(),
    tenants: asClass(Tenants).singleton(),
    keyRing: asValue(keyRing),
    tenantKeys: asClass(TenantKeys).singleton(),
    keyRenewals: asClass(KeyRenewals).singleton(),
    moves: asClass(Moves).singleton(),
    vault: asValue(vault),
    refusals: asClass(Refusals).singleton(),
    witness: asClass(Witness).singleton(),
    checkpoints: asValue(new Checkpoints(config.checkpointsFolder, vault)),
    providers: asClass(Providers).singleton(),
    scimTokens: asClass(ScimTokens).singleton(),
    scimUsers: asClass(ScimUsers).singleton(),
    scimGroups: asClass(ScimGroups).singleton(),
    openId: asValue(new OpenId(config.privateProviders ?? new Set())),
    saml: asClass(Saml).singleton(),
    mail: asClass(Mail).singleton(),
    ...identityServices,
    operators: asClass(Operators).singleton(),
    tenantAccesses: asClass(TenantAccesses).singleton(),
    rollouts: asClass(FeatureRollouts).singleton(),
    states: asClass(PluginStates).singleton(),
    workshop: asClass(Workshop).singleton(),
    switchboard: asClass(Switchboard).singleton(),
    storage: asValue(new DiskStorage(config.filesFolder)),
    files: asClass(Files).singleton(),
    importSeals: asClass(ImportSeals).singleton(),
    imports: asClass(Imports).singleton(),
    upgrades: asClass(Upgrades).singleton(),
    crashes: asClass(CrashCounter).singleton(),
    customFields: asClass(CustomFields).singleton(),
    roles: asClass(Roles).singleton(),
    demo: asValue(config.demo ? demoAccounts() : new Map()),
    browserFolder: asValue(join(import.meta.dirname, '..', '..', 'admin-ui', 'dist')),
  })
  database.follow(root.cradle.tenants)
  root.cradle.witness.start()
  await root.cradle.places.bringAllUpToDate()
  await root.cradle.upgrades.open()
  if (config.demo) await createDemoWorld(root.cradle)
  return open(root)
}

function open(root: Scope<HttpServices>): Platform {
  const { bus, config, database, log, tenants, upgrades, keyRenewals, usage, vault, checkpoints } =
    root.cradle
  const rounds = new Rounds(database, tenants, NEXT_DELIVERY)
  const dispatcher = new Dispatcher(
    database,
    rounds,
    (delivery) => deliverEvent(root.cradle, delivery),
    (error, delivery) => log.error({ ...delivery, err: error }, 'event not delivered'),
  )
  const importer = new ImportWorker({
    database,
    rounds: new Rounds(database, tenants, NEXT_IMPORT),
    carryOut: (claim, goOn) => carryOutImport(root.cradle, claim, goOn),
    log,
  })
  const postman = config.smtpUrl === undefined ? undefined : createMailWorker(root.cradle, config.smtpUrl)
  const entries = new Rounds(database, tenants, NEXT_ENTRIES)
  const sealer = new AuditSealer({ database, vault, checkpoints, rounds: entries, log })
  const pool = new WarmPool(root.cradle)
  const mover = new Mover(root.cradle)
  let housekeeping: NodeJS.Timeout | undefined
  let tidying: Promise<unknown> | undefined
  const tidy = (): void => {
    tidying = tidyAll(root.cradle, rounds).catch((error: unknown) =>
      log.error({ err: error }, 'housekeeping'),
    )
  }
  if (config.roles.has('worker')) {
    bus.on('notice', ({ topic, tenantId }) => {
      entries.note(tenantId)
      // What changed about a tenant may have been what its deliveries waited for.
      if (topic === 'events' || topic === 'tenant') dispatcher.wake(tenantId)
      if (topic === 'mail') postman?.wake(tenantId)
      if (topic === 'work') importer.wake(tenantId)
      if (topic === 'keys') keyRenewals.wake(tenantId)
    })
    dispatcher.start()
    importer.start()
    postman?.start()
    sealer.start()
    pool.start()
    mover.start()
    housekeeping = setInterval(tidy, HOUSEKEEPING_MS).unref()
    tidy()
  }
  const noting = setInterval(() => void usage.flush(), USAGE_MS).unref()
  let draining = false
  const app = createApp(root, () => draining)
  return {
    app,
    root,
    async stop() {
      if (draining) return
      draining = true
      clearInterval(housekeeping)
      clearInterval(noting)
      await usage.flush()
      await upgrades.stop()
      await root.cradle.refusals.stop()
      await root.cradle.accountLinks.stop()
      await keyRenewals.stop()
      await tidying
      await Promise.all([
        dispatcher.stop(),
        importer.stop(),
        sealer.stop(),
        postman?.stop(),
        pool.stop(),
        mover.stop(),
      ])
      await root.cradle.witness.stop()
      await bus.stop()
      await database.close()
    },
  }
}

function createMailWorker(
  { config, database, log, mail, tenants }: HttpServices,
  smtpUrl: string,
): MailWorker {
  const sender = new SmtpSender(smtpUrl, config.mailFrom ?? `Plinth <no-reply@${config.domain}>`)
  return new MailWorker({ database, rounds: new Rounds(database, tenants, NEXT_MAIL), mail, sender, log })
}
