import { invitationTables, linkTables, outdatedPasswords, passwordTables } from './account-tables.ts'
import { attemptTables } from './attempt-tables.ts'
import { auditChain } from './audit-tables.ts'
import { delegationTables } from './delegation-tables.ts'
import { featureTables, journalDetails } from './feature-tables.ts'
import { fileTables } from './file-tables.ts'
import { importStep } from './import-tables.ts'
import { journalOutcomes } from './journal-tables.ts'
import { limitOverrides } from './limit-tables.ts'
import { mailCodeTables } from './mail-code-tables.ts'
import { mailTables } from './mail-tables.ts'
import { clientTables, grantTables, keyColumns, mandateColumn } from './machine-tables.ts'
import { passkeySessions, passkeyTables } from './passkey-tables.ts'
import { cancelledMoves, moveTables } from './move-tables.ts'
import { operatorTables, operatorTokenSince } from './operator-tables.ts'
import { passwordLinkMakers } from './password-link-tables.ts'
import { doors, placeTables } from './place-tables.ts'
import { policyVersions } from './policy-tables.ts'
import { KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'
import { roleVersions } from './role-tables.ts'
import { secondFactorTables } from './second-factor-tables.ts'
import { sessionViews } from './session-view-tables.ts'
import { scimTables, sessionProviders } from './scim-tables.ts'
import { signInTraitTables } from './sign-in-trait-tables.ts'
import { signOnTables } from './sign-on-tables.ts'
import { serverFaultTables } from './server-fault-tables.ts'
import { damagedRecords, keyRenewals } from './seal-tables.ts'
import { customReferenceFunctions } from './schema/custom-references.ts'
import { customTrashFunction } from './schema/custom-trash.ts'
import { trashFunctions } from './schema/trash-functions.ts'

const tenantPolicy = (table: string) => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`

/**
 * The kernel's own tables, as a list of steps that are applied once and in order. Never edit a released step; add one.
 * Every table but `tenant`, `step`, `schema_state` and `shape` belongs to tenants: `tenant_id` leads each key, and row-level security is forced.
 */
export const kernelSteps: readonly { readonly id: string; readonly sql: string }[] = [
  {
    id: '0001-tenants',
    sql: `
  CREATE TABLE plinth.tenant (
    id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL, tier text NOT NULL, status text NOT NULL DEFAULT 'active',
    locale text NOT NULL DEFAULT 'en', hue int NOT NULL DEFAULT 265, level text NOT NULL DEFAULT 'shared', schema text NOT NULL DEFAULT 'shared',
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'), CHECK (tier IN ('free','professional','enterprise','custom')),
    CHECK (status IN ('preparing','active','suspended')), CHECK (level IN ('shared','schema','database','cluster')));
  GRANT SELECT, INSERT, UPDATE ON plinth.tenant TO ${PLATFORM_ROLE};
  GRANT SELECT ON plinth.tenant TO ${KERNEL_ROLE};`,
  },
  {
    id: '0002-members',
    sql: `
  CREATE TABLE plinth.member (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, email text NOT NULL, name text NOT NULL, password_hash text,
    locale text, roles text[] NOT NULL DEFAULT '{member}', status text NOT NULL DEFAULT 'active', created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email), CHECK (status IN ('active','inactive')));
  CREATE TABLE plinth.session (
    tenant_id uuid NOT NULL, token_hash bytea NOT NULL, member_id uuid NOT NULL, csrf text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(), expires_at timestamptz(3) NOT NULL, user_agent text,
    PRIMARY KEY (tenant_id, token_hash), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX session_member ON plinth.session (tenant_id, member_id);
  CREATE TABLE plinth.api_key (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, name text NOT NULL, token_hash bytea NOT NULL, permissions text[] NOT NULL,
    created_by uuid, created_at timestamptz(3) NOT NULL DEFAULT now(), expires_at timestamptz(3),
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash));
  CREATE TABLE plinth.role (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id text NOT NULL, label jsonb NOT NULL, grants jsonb NOT NULL DEFAULT '[]', inherits text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, id));
  ${['member', 'session', 'api_key', 'role'].map(tenantPolicy).join('')}
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.member, plinth.session, plinth.api_key, plinth.role TO ${KERNEL_ROLE};
  GRANT SELECT (tenant_id, id, name, email, status) ON plinth.member TO ${PLUGIN_GROUP};`,
  },
  {
    id: '0003-plugins',
    sql: `
  CREATE TABLE plinth.plugin_state (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, plugin text NOT NULL, state text NOT NULL, reason text, version text NOT NULL,
    changed_at timestamptz(3) NOT NULL DEFAULT now(), changed_by uuid,
    PRIMARY KEY (tenant_id, plugin), CHECK (state IN ('enabled','disabled','quarantined')));
  CREATE TABLE plinth.sequence (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, name text NOT NULL, year int NOT NULL, value bigint NOT NULL, PRIMARY KEY (tenant_id, name, year));
  CREATE TABLE plinth.audit (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, at timestamptz(3) NOT NULL, actor_kind text NOT NULL, actor_id uuid,
    action text NOT NULL, subject_type text NOT NULL, subject_id text NOT NULL, before jsonb, after jsonb, request_id text,
    PRIMARY KEY (tenant_id, id));
  CREATE INDEX audit_subject ON plinth.audit (tenant_id, subject_type, subject_id, id);
  CREATE TABLE plinth.outbox (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, type text NOT NULL, time timestamptz(3) NOT NULL, actor_id uuid,
    subject text NOT NULL, data jsonb NOT NULL, PRIMARY KEY (tenant_id, id));
  CREATE TABLE plinth.delivery (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, event_id uuid NOT NULL, consumer text NOT NULL, attempts int NOT NULL DEFAULT 0,
    next_at timestamptz(3) NOT NULL DEFAULT now(), done_at timestamptz(3), dead_at timestamptz(3), error text,
    PRIMARY KEY (tenant_id, event_id, consumer), FOREIGN KEY (tenant_id, event_id) REFERENCES plinth.outbox ON DELETE CASCADE
      DEFERRABLE INITIALLY DEFERRED);
  CREATE INDEX delivery_pending ON plinth.delivery (next_at) WHERE done_at IS NULL AND dead_at IS NULL;
  ${['plugin_state', 'sequence', 'audit', 'outbox', 'delivery'].map(tenantPolicy).join('')}
  CREATE TABLE plinth.schema_state (schema text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz(3) NOT NULL DEFAULT now());
  CREATE POLICY platform ON plinth.delivery TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);
  GRANT SELECT, UPDATE (attempts, next_at, dead_at, error) ON plinth.delivery TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.plugin_state TO ${KERNEL_ROLE};
  GRANT SELECT, INSERT, UPDATE ON plinth.sequence TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};
  GRANT SELECT, INSERT ON plinth.audit TO ${KERNEL_ROLE};
  GRANT INSERT ON plinth.audit TO ${PLUGIN_GROUP};
  GRANT SELECT, INSERT ON plinth.outbox TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};
  GRANT SELECT, INSERT, UPDATE ON plinth.delivery TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};`,
  },
  {
    id: '0004-idempotency',
    sql: `
  CREATE TABLE plinth.idempotency (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, actor text NOT NULL, key text NOT NULL, operation text NOT NULL, body_hash text NOT NULL,
    status int NOT NULL, headers jsonb NOT NULL, body text, created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, actor, key));
  CREATE INDEX idempotency_age ON plinth.idempotency (created_at);
  ${tenantPolicy('idempotency')}
  CREATE POLICY platform ON plinth.idempotency TO ${PLATFORM_ROLE} USING (true);
  GRANT SELECT (tenant_id, actor, key, created_at), DELETE ON plinth.idempotency TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT ON plinth.idempotency TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};`,
  },
  {
    id: '0005-claim',
    // Refuses at once, so that a whole transaction can leave in one flush and is given up by its first statement.
    sql: `
  CREATE FUNCTION plinth.claim_answer(tenant uuid, sender text, wanted text, lock bigint) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT pg_try_advisory_xact_lock(lock) OR EXISTS (SELECT FROM plinth.idempotency i
      WHERE i.tenant_id = tenant AND i.actor = sender AND i.key = wanted) THEN
      RAISE EXCEPTION 'The key is taken' USING ERRCODE = 'PL001';
    END IF;
  END $$;`,
  },
  {
    id: '0010-search',
    // Text as it is searched: without case and accents. Decomposed letters lose their marks; those that have none are spelled out.
    sql: `
  CREATE FUNCTION plinth.fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN replace(replace(replace(translate(
    lower(regexp_replace(normalize(value COLLATE "C", NFD), '[\\u0300-\\u036f]', '', 'g') COLLATE "und-x-icu"),
    'øđłı', 'odli'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe') COLLATE "C";`,
  },
  { id: '0020-trash', sql: trashFunctions },
  importStep,
  { id: '0022-places', sql: placeTables },
  {
    id: '0023-custom-fields',
    sql: `
  CREATE TABLE plinth.custom_field (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, entity text NOT NULL, name text NOT NULL, declaration jsonb NOT NULL,
    position int NOT NULL, archived_at timestamptz(3), version int NOT NULL DEFAULT 1, created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, entity, name));
  ${tenantPolicy('custom_field')}
  GRANT SELECT, INSERT, UPDATE ON plinth.custom_field TO ${KERNEL_ROLE};
  ${customTrashFunction}`,
  },
  {
    id: '0030-tenant-keys',
    // Keys are wrapped; without the key ring, which is not in the database, they open nothing.
    sql: `
  CREATE TABLE plinth.tenant_key (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, purpose text NOT NULL, number int NOT NULL, kek text NOT NULL, wrapped bytea, state text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, purpose, number), CHECK (purpose IN ('data','index')), CHECK (number BETWEEN 1 AND 65535),
    CHECK (state IN ('current','old','destroyed')), CHECK ((wrapped IS NULL) = (state = 'destroyed')));
  CREATE UNIQUE INDEX tenant_key_current ON plinth.tenant_key (tenant_id, purpose) WHERE state = 'current';
  ${tenantPolicy('tenant_key')}
  GRANT SELECT, INSERT, UPDATE (kek, wrapped, state) ON plinth.tenant_key TO ${KERNEL_ROLE};
  ALTER TABLE plinth.import ADD COLUMN sealed boolean NOT NULL DEFAULT false;`,
  },
  { id: '0031-moves', sql: moveTables },
  {
    id: '0032-evolution',
    // `shape`: which versions of each plugin the tables of a schema serve. `upgrade`: how far the records of each tenant are. Not
    // as jsonb, which would lose the order of fields. Counters are called by table and column from here on.
    sql: `
  CREATE TABLE plinth.shape (
    schema text NOT NULL, plugin text NOT NULL, digest text NOT NULL, version text NOT NULL, current boolean NOT NULL, open boolean NOT NULL,
    shape json NOT NULL, upgrade uuid, plan json, installed_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (schema, plugin, digest));
  CREATE TABLE plinth.upgrade (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, upgrade uuid NOT NULL, plugin text NOT NULL, from_version text NOT NULL, to_version text NOT NULL,
    phase text NOT NULL DEFAULT 'backfill', state text NOT NULL DEFAULT 'pending', entity int NOT NULL DEFAULT 0, cursor uuid,
    done bigint NOT NULL DEFAULT 0, total bigint NOT NULL DEFAULT 0, attempts int NOT NULL DEFAULT 0, error text, errors jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz(3) NOT NULL DEFAULT now(), started_at timestamptz(3), finished_at timestamptz(3),
    PRIMARY KEY (tenant_id, upgrade), CHECK (phase IN ('backfill','check','contracted','reverted')),
    CHECK (state IN ('pending','running','failed','done')));
  ${tenantPolicy('upgrade')}
  CREATE POLICY platform ON plinth.upgrade TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);
  GRANT SELECT, INSERT, UPDATE ON plinth.upgrade TO ${PLATFORM_ROLE};
  GRANT SELECT, UPDATE ON plinth.upgrade TO ${KERNEL_ROLE}, ${PLUGIN_GROUP};
  GRANT SELECT ON plinth.shape TO ${PLATFORM_ROLE};
  ALTER TABLE plinth.sequence NO FORCE ROW LEVEL SECURITY;
  UPDATE plinth.sequence s SET name = replace(split_part(name, '.', 1), '-', '_') || '_' || lower(regexp_replace(split_part(name, '.', 2), '([A-Z])', '_\\1', 'g')) || '.' || lower(regexp_replace(split_part(name, '.', 3), '([A-Z])', '_\\1', 'g'));
  ALTER TABLE plinth.sequence FORCE ROW LEVEL SECURITY;`,
  },
  { id: '0033-cancelled-moves', sql: cancelledMoves },
  { id: '0034-server-faults', sql: serverFaultTables },
  { id: '0040-damaged-records', sql: damagedRecords },
  { id: '0041-key-renewals', sql: keyRenewals },
  { id: '0042-files', sql: fileTables },
  {
    id: '0045-claim-by-index',
    // Planned while the table was empty, the look-up went through the whole of it as it grew.
    sql: `ALTER FUNCTION plinth.claim_answer SET enable_seqscan = off;`,
  },
  {
    id: '0046-custom-references',
    sql: `${customReferenceFunctions}
  GRANT EXECUTE ON FUNCTION plinth.has_record TO ${PLUGIN_GROUP}, ${KERNEL_ROLE};`,
  },
  {
    id: '0047-time-zones',
    sql: `ALTER TABLE plinth.tenant ADD COLUMN time_zone text NOT NULL DEFAULT 'Europe/Berlin';`,
  },
  { id: '0048-doors', sql: doors },
  {
    id: '0049-claim-with-answer',
    // The answer's own key says whether there was one before.
    sql: `
  DROP FUNCTION plinth.claim_answer;
  CREATE FUNCTION plinth.refuse_key() RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'The key is taken' USING ERRCODE = 'PL001';
  END $$;`,
  },
  {
    id: '0050-origins',
    sql: `${attemptTables}
  ALTER TABLE plinth.session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(), ADD COLUMN method text NOT NULL DEFAULT 'password',
    ADD COLUMN address text, ADD COLUMN seen_at timestamptz(3) NOT NULL DEFAULT now();
  ALTER TABLE plinth.session ADD UNIQUE (tenant_id, id);`,
  },
  { id: '0070-role-versions', sql: roleVersions },
  { id: '0051-mail', sql: mailTables },
  { id: '0065-key-columns', sql: keyColumns },
  { id: '0055-second-factors', sql: secondFactorTables },
  { id: '0080-operators', sql: operatorTables },
  { id: '0052-passwords', sql: passwordTables },
  { id: '0056-passkeys', sql: passkeyTables },
  { id: '0075-audit-chain', sql: auditChain },
  { id: '0060-sign-on', sql: signOnTables },
  { id: '0066-clients', sql: clientTables },
  { id: '0053-invitations', sql: invitationTables },
  { id: '0071-session-views', sql: sessionViews },
  { id: '0057-mail-codes', sql: mailCodeTables },
  { id: '0067-grants', sql: grantTables },
  { id: '0068-mandates', sql: mandateColumn },
  { id: '0076-policy-versions', sql: policyVersions },
  { id: '0054-account-links', sql: linkTables },
  { id: '0062-scim', sql: scimTables },
  { id: '0063-session-providers', sql: sessionProviders },
  { id: '0058-sign-in-traits', sql: signInTraitTables },
  { id: '0072-delegations', sql: delegationTables },
  { id: '0081-features', sql: featureTables },
  { id: '0082-journal-details', sql: journalDetails },
  { id: '0090-journal-outcomes', sql: journalOutcomes },
  { id: '0091-operator-token-since', sql: operatorTokenSince },
  { id: '0088-password-links', sql: passwordLinkMakers },
  { id: '0083-limit-overrides', sql: limitOverrides },
  { id: '0089-outdated-passwords', sql: outdatedPasswords },
  { id: '0084-passkey-sessions', sql: passkeySessions },
]
