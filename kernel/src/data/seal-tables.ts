import { KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

/** Records with encrypted values that do not open, as reads come upon them. */
export const damagedRecords = `
  CREATE TABLE plinth.damaged_record (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, entity text NOT NULL, record_id uuid NOT NULL, fields text[] NOT NULL,
    noticed_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, entity, record_id));
  ALTER TABLE plinth.damaged_record ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.damaged_record USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE (fields), DELETE ON plinth.damaged_record TO ${KERNEL_ROLE};
  GRANT SELECT, UPDATE (fields), DELETE ON plinth.damaged_record TO ${PLUGIN_GROUP};`

/**
 * How far tenants are with their new data keys. The platform's role sees which keys there are, how old they are, and what they lack; it sees no
 * key, wrapped or not.
 */
export const keyRenewals = `
  CREATE TABLE plinth.key_renewal (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, number int NOT NULL, step text NOT NULL DEFAULT 'seal', store text, cursor text,
    done bigint NOT NULL DEFAULT 0, total bigint, unreadable bigint NOT NULL DEFAULT 0, remaining jsonb, rounds int NOT NULL DEFAULT 0, error text,
    started_at timestamptz(3) NOT NULL DEFAULT now(), changed_at timestamptz(3) NOT NULL DEFAULT now(), finished_at timestamptz(3),
    PRIMARY KEY (tenant_id), CHECK (step IN ('seal','retire','done')));
  ALTER TABLE plinth.key_renewal ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.key_renewal USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE ON plinth.key_renewal TO ${KERNEL_ROLE};
  GRANT SELECT, UPDATE (store, cursor, done, unreadable, changed_at) ON plinth.key_renewal TO ${PLUGIN_GROUP};
  ALTER TABLE plinth.tenant_key ADD COLUMN wrapped_at timestamptz(3) NOT NULL DEFAULT now();
  ALTER TABLE plinth.tenant_key NO FORCE ROW LEVEL SECURITY;
  UPDATE plinth.tenant_key SET wrapped_at = created_at;
  ALTER TABLE plinth.tenant_key FORCE ROW LEVEL SECURITY;
  GRANT UPDATE (wrapped_at) ON plinth.tenant_key TO ${KERNEL_ROLE};
  GRANT UPDATE (body) ON plinth.idempotency TO ${KERNEL_ROLE};
  CREATE POLICY platform ON plinth.key_renewal TO ${PLATFORM_ROLE} USING (true);
  CREATE POLICY platform ON plinth.tenant_key TO ${PLATFORM_ROLE} USING (true);
  CREATE POLICY platform ON plinth.damaged_record TO ${PLATFORM_ROLE} USING (true);
  GRANT SELECT ON plinth.key_renewal TO ${PLATFORM_ROLE};
  GRANT SELECT (tenant_id, purpose, number, kek, state, created_at, wrapped_at) ON plinth.tenant_key TO ${PLATFORM_ROLE};
  GRANT SELECT (tenant_id) ON plinth.damaged_record TO ${PLATFORM_ROLE};`
