import { KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

const tenantPolicy = (table: string) => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`

/**
 * What proves that the audit log is whole. An entry comes with a code only the platform can make, and waits in `audit_pending` until a worker
 * takes it into a block of its tenant's chain. `json`, not `jsonb`: the text is kept that the code was made of.
 *
 * Whoever writes entries queues for nothing: what waits are rows of their own. `fault` says why an entry is in no block.
 *
 * Entries from before have no code. One of them waits for each tenant, so that a worker comes by; the first blocks adopt all.
 */
export const auditChain = `
  ALTER TABLE plinth.audit ALTER COLUMN before TYPE json USING before::json, ALTER COLUMN after TYPE json USING after::json,
    ADD COLUMN address text, ADD COLUMN agent text, ADD COLUMN mac text;
  CREATE INDEX audit_security ON plinth.audit (tenant_id, id) WHERE subject_type COLLATE "C" >= 'platform.' AND subject_type COLLATE "C" < 'platform/';
  CREATE TABLE plinth.audit_pending (
    tenant_id uuid NOT NULL, id uuid NOT NULL, fault text, PRIMARY KEY (tenant_id, id),
    CHECK (fault IN ('forged','missing')))
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
  CREATE TABLE plinth.audit_block (
    tenant_id uuid NOT NULL, seq bigint NOT NULL, at timestamptz(3) NOT NULL, adopts boolean NOT NULL, entries uuid[] NOT NULL, macs text[],
    previous text NOT NULL, hash text NOT NULL,
    PRIMARY KEY (tenant_id, seq), CHECK (seq > 0), CHECK (adopts = (macs IS NOT NULL)));
  ALTER TABLE plinth.audit_block ALTER COLUMN entries SET STORAGE EXTERNAL;
  ALTER TABLE plinth.audit NO FORCE ROW LEVEL SECURITY;
  INSERT INTO plinth.audit_pending (tenant_id, id) SELECT DISTINCT ON (tenant_id) tenant_id, id FROM plinth.audit ORDER BY tenant_id, id;
  ALTER TABLE plinth.audit FORCE ROW LEVEL SECURITY;
  ${['audit_pending', 'audit_block'].map(tenantPolicy).join('')}
  CREATE POLICY platform ON plinth.audit_pending TO ${PLATFORM_ROLE} USING (true);
  GRANT SELECT (tenant_id, fault) ON plinth.audit_pending TO ${PLATFORM_ROLE};
  GRANT INSERT ON plinth.audit_pending TO ${PLUGIN_GROUP};
  GRANT SELECT, INSERT, UPDATE (fault), DELETE ON plinth.audit_pending TO ${KERNEL_ROLE};
  GRANT SELECT, INSERT ON plinth.audit_block TO ${KERNEL_ROLE};`
