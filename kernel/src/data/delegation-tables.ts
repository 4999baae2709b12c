import { KERNEL_ROLE } from './role-names.ts'

/** What members pass on to others for a while: which of their roles, from when until when, and why. */
export const delegationTables = `
  CREATE TABLE plinth.delegation (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, giver_id uuid NOT NULL, receiver_id uuid NOT NULL, roles text[] NOT NULL,
    reason text NOT NULL, starts_at timestamptz(3) NOT NULL, ends_at timestamptz(3) NOT NULL, created_at timestamptz(3) NOT NULL DEFAULT now(),
    ended_at timestamptz(3), PRIMARY KEY (tenant_id, id), CHECK (starts_at < ends_at), CHECK (giver_id <> receiver_id),
    FOREIGN KEY (tenant_id, giver_id) REFERENCES plinth.member ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, receiver_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX delegation_receiver ON plinth.delegation (tenant_id, receiver_id, ends_at) WHERE ended_at IS NULL;
  CREATE INDEX delegation_giver ON plinth.delegation (tenant_id, giver_id, ends_at);
  ALTER TABLE plinth.delegation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.delegation USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE (ended_at) ON plinth.delegation TO ${KERNEL_ROLE};`
