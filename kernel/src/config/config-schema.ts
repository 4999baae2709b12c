/** The environment the kernel reads, as JSON Schema. Names are part of the product: operators write them into files. */
export const configSchema = {
  type: 'object',
  properties: {
    DATABASE_URL: {
      type: 'string',
      pattern: '^postgres(ql)?://',
      description: 'Administrative login of a PostgreSQL 15+ database. Absent: embedded server.',
    },
    PLINTH_SECRET: {
      type: 'string',
      minLength: 32,
      description: 'Root of derived keys; at least 32 characters. Required with DATABASE_URL.',
    },
    PLINTH_KEYS: {
      type: 'string',
      minLength: 1,
      description:
        'Key ring: key-encryption keys as <id>:<32 bytes in base64>, separated by blanks, the current one first. Absent: the file, or a key that follows from PLINTH_SECRET.',
    },
    PLINTH_KEYS_FILE: {
      type: 'string',
      minLength: 1,
      description: 'File that holds the key ring, one key a line. Read again when a key is missing.',
    },
    PLINTH_DATA_KEY_DAYS: {
      type: 'integer',
      minimum: 0,
      maximum: 3650,
      default: 365,
      description:
        'Days after which a workspace gets a new data key, and its values are sealed anew with it. 0: only on command.',
    },
    PLINTH_WRAPPING_KEY_DAYS: {
      type: 'integer',
      minimum: 0,
      maximum: 3650,
      default: 365,
      description:
        'Days after which the key-encryption key is due: the ring in PLINTH_DIRECTORY gets a new one by itself, for any other the log and the operator API say so. 0: never.',
    },
    PLINTH_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 4000 },
    PLINTH_HOST: { type: 'string', minLength: 1, default: '127.0.0.1', description: 'Address to listen on.' },
    PLINTH_PROXIES: {
      type: 'integer',
      minimum: 0,
      maximum: 10,
      default: 0,
      description:
        'How many proxies of yours stand in front, each adding to X-Forwarded-For. 0: the client is whoever connects.',
    },
    PLINTH_COUNTRY_HEADER: {
      type: 'string',
      pattern: '^[A-Za-z0-9-]+$',
      description:
        'Header in which the proxy in front says what country a request comes from, as two letters: CF-IPCountry. Believed only with PLINTH_PROXIES, and only if that proxy always sets it. Absent: countries are not looked at.',
    },
    PLINTH_DOMAIN: {
      type: 'string',
      pattern: '^[a-z0-9.-]+$',
      default: 'localhost',
      description: 'Tenants are reached at <slug>.<domain>.',
    },
    PLINTH_PUBLIC_URL: {
      type: 'string',
      pattern: '^https?://([{]tenant[}][.][^/?#]+/?|[^/?#]+/t/[{]tenant[}])$',
      description:
        'Address of a workspace as people reach it, with {tenant} in place of its name: https://{tenant}.example.com or https://example.com/t/{tenant}. For links in mail and sign-on. Absent: made of PLINTH_DOMAIN and PLINTH_PORT.',
    },
    PLINTH_SMTP_URL: {
      type: 'string',
      pattern: '^smtps?://[^/?#]+',
      description:
        'Server that takes mail: smtps://user:password@host:465, or smtp://…:587, with ?requireTLS=true to insist on encryption. Absent: no mail is sent, and nothing that needs it is offered.',
    },
    PLINTH_MAIL_FROM: {
      type: 'string',
      pattern: '^[^<>@\\s]+@[^<>@\\s]+$|^[^<>@\\r\\n]* <[^<>@\\s]+@[^<>@\\s]+>$',
      description: 'Sender of all mail: address, or name and <address>. Absent: no-reply@ and PLINTH_DOMAIN.',
    },
    PLINTH_PRIVATE_PROVIDERS: {
      type: 'string',
      pattern: '^[a-z0-9.:\\[\\]-]+(,[a-z0-9.:\\[\\]-]+)*$',
      description:
        'Hosts, with port where they have one, of identity providers in a network of your own: idp.example.internal,127.0.0.1:8080. Only these are reached at private addresses, and without TLS.',
    },
    PLINTH_ROLES: { type: 'string', pattern: '^(web|worker)(,(web|worker))?$', default: 'web,worker' },
    PLINTH_PLUGINS: {
      type: 'string',
      minLength: 1,
      default: 'plugins',
      description: 'Folder with one folder per plugin.',
    },
    PLINTH_DEMO: {
      type: 'boolean',
      description: 'Create the demonstration tenants. Default: only with the embedded server.',
    },
    PLINTH_DIRECTORY: {
      type: 'string',
      minLength: 1,
      default: '.plinth',
      description: 'Data of the embedded server and generated secrets.',
    },
    PLINTH_FILES: {
      type: 'string',
      minLength: 1,
      description:
        'Folder for the bytes of uploaded files. All nodes must see the same one. Absent: files below PLINTH_DIRECTORY.',
    },
    PLINTH_CHECKPOINTS: {
      type: 'string',
      minLength: 1,
      description:
        'Folder for signed checkpoints of the audit logs, one file a day. Best on a disk on which nothing can be deleted. All nodes should see the same one. Absent: checkpoints below PLINTH_DIRECTORY.',
    },
    PLINTH_SERVERS: {
      type: 'string',
      description:
        'Further database servers, as JSON by name: { "eu2": { "url": "postgres://admin…", "levels": ["shared", "schema", "database"], "weight": 1, "capacity": 500, "pooler": "host:port" } }. The name "main" sets the same, without url, for the server of DATABASE_URL.',
    },
    PLINTH_CONNECTIONS: {
      type: 'integer',
      minimum: 4,
      maximum: 1000,
      default: 20,
      description: 'Most connections of this node, to all databases together; one more listens for notices.',
    },
    PLINTH_PREPARED: {
      type: 'boolean',
      default: true,
      description:
        'False behind a transaction pooler that does not know prepared statements (pgbouncer before 1.21).',
    },
    PLINTH_SPARE_SCHEMAS: {
      type: 'integer',
      minimum: 0,
      maximum: 50,
      default: 1,
      description: 'Empty schemas kept ready on each server, for tenants at level "schema".',
    },
    PLINTH_SPARE_DATABASES: {
      type: 'integer',
      minimum: 0,
      maximum: 50,
      default: 1,
      description:
        'Empty databases kept ready on each server, for tenants at levels "database" and "cluster".',
    },
    PLINTH_OPERATOR_TOKEN: {
      type: 'string',
      minLength: 32,
      description:
        'Opens the operator API below /platform/v1 to whoever sends it as bearer token. Absent: it is closed.',
    },
    PLINTH_CONTRACT_AFTER: {
      type: 'number',
      minimum: 1,
      description:
        'Hours after which completed upgrades drop what only the older version needed. Absent: only on command.',
    },
    PLINTH_TIME_ZONE: {
      type: 'string',
      default: 'Europe/Berlin',
      description: 'IANA name of the time zone of tenants for which none is named, such as Europe/Berlin.',
    },
    PLINTH_LOG: { enum: ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], default: 'info' },
  },
  dependentRequired: { DATABASE_URL: ['PLINTH_SECRET'] },
} as const
