import { KERNEL_ROLE, PLATFORM_ROLE, PLUGIN_GROUP } from './role-names.ts'

const policy = (table: string): string => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`

/**
 * Uploaded files, how they are to be imported, and what became of each row. The platform's role finds work to do and removes what is old;
 * it sees neither files nor rows.
 */
export const importStep = {
  id: '0021-imports',
  sql: `
  CREATE TABLE plinth.import (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, entity text NOT NULL, actor_kind text NOT NULL, actor_id uuid NOT NULL,
    name text NOT NULL, size int NOT NULL DEFAULT 0, chunk_size int NOT NULL, format jsonb, facts jsonb, settings jsonb,
    status text NOT NULL DEFAULT 'receiving', reason jsonb, total int, next_row int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0,
    counts jsonb NOT NULL DEFAULT '{}', lease_until timestamptz NOT NULL DEFAULT now(), lease_token uuid, attempts int NOT NULL DEFAULT 0,
    request_key text, request_hash text, created_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, actor_kind, actor_id, request_key),
    CHECK (status IN ('receiving','ready','checking','checked','running','done','cancelled','failed')));
  CREATE INDEX import_waiting ON plinth.import (lease_until) WHERE status IN ('checking','running');
  CREATE INDEX import_age ON plinth.import (created_at);
  CREATE TABLE plinth.import_chunk (
    tenant_id uuid NOT NULL, import_id uuid NOT NULL, n int NOT NULL, bytes bytea NOT NULL,
    PRIMARY KEY (tenant_id, import_id, n), FOREIGN KEY (tenant_id, import_id) REFERENCES plinth.import ON DELETE CASCADE);
  CREATE TABLE plinth.import_row (
    tenant_id uuid NOT NULL, import_id uuid NOT NULL, n int NOT NULL, outcome text NOT NULL, record_id uuid, errors jsonb,
    PRIMARY KEY (tenant_id, import_id, n), FOREIGN KEY (tenant_id, import_id) REFERENCES plinth.import ON DELETE CASCADE);
  ${['import', 'import_chunk', 'import_row'].map(policy).join('')}
  CREATE POLICY platform ON plinth.import TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);
  GRANT SELECT (tenant_id, id, status, lease_until, attempts, created_at), UPDATE (lease_until, lease_token, attempts), DELETE
    ON plinth.import TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.import, plinth.import_chunk, plinth.import_row TO ${KERNEL_ROLE};
  GRANT SELECT (tenant_id, id, status, lease_token), UPDATE (next_row, done, counts, lease_until, attempts) ON plinth.import TO ${PLUGIN_GROUP};
  GRANT INSERT ON plinth.import_row TO ${PLUGIN_GROUP};`,
} as const
