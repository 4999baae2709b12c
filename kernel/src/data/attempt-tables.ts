import { KERNEL_ROLE } from './role-names.ts'

/** Attempts at what may be tried only so often, by the digest of what it is. */
export const attemptTables = `
  CREATE TABLE plinth.attempt (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, what text NOT NULL, count int NOT NULL, ends_at timestamptz(3) NOT NULL,
    PRIMARY KEY (tenant_id, what));
  ALTER TABLE plinth.attempt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.attempt USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.attempt TO ${KERNEL_ROLE};`
