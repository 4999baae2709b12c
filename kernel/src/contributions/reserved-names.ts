const words = (text: string): string[] => text.split(' ')

/** First segments of the kernel's own addresses. */
const ADDRESSES = words(
  'access admin api api-keys app audit auth console custom-fields delegations events features health healthz invitation limits live members meta oauth openapi openapi.json operator-accesses plugins ' +
    'reference registry roles scim security session sessions shell sign-on tenant tenants',
)

/** Names of the kernel's parts, databases and accounts. */
const PARTS = words(
  'config container contributions core core-kernel data entitlements errors http identity jobs kernel platform plinth ' +
    'public sandbox sdk shared system tenancy',
)

/**
 * Ids no plugin may have, so that an address, a log line, a database role or a permission never leaves open whether
 * it is the platform's or a plugin's.
 */
export const RESERVED_PLUGIN_IDS: ReadonlySet<string> = new Set([...ADDRESSES, ...PARTS])

/** Names JavaScript objects bring along; as a key of a record they would be found without having been set. */
const INHERITED_NAMES = Object.getOwnPropertyNames(Object.prototype)

/** Names of PostgreSQL's own columns; no table can have another of that name. */
const DATABASE_COLUMNS = words('tableoid ctid xmin xmax cmin cmax')

/** What every record has. Role conditions may name these beside the declared fields. */
export const RECORD_FIELDS: ReadonlySet<string> = new Set(
  words('id version createdAt createdBy updatedAt updatedBy'),
)

export const RESERVED_FIELD_NAMES: ReadonlySet<string> = new Set([
  ...RECORD_FIELDS,
  ...words('tenantId custom and or not deletedAt deletedBy deletedWith'),
  ...DATABASE_COLUMNS,
  ...INHERITED_NAMES,
])

export const RESERVED_ENTITY_NAMES: ReadonlySet<string> = new Set(INHERITED_NAMES)

/** `…/new` is the form for a new record, so nothing a plugin puts into an address may be called that. */
export const RESERVED_SEGMENTS: ReadonlySet<string> = new Set(['new'])

/** Neither collections nor routes: `/api/v1/<plugin>/actions` are those of the plugin. */
export const RESERVED_ADDRESSES: ReadonlySet<string> = new Set([...RESERVED_SEGMENTS, 'actions'])
