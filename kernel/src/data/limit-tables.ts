import { KERNEL_ROLE } from './role-names.ts'

/** Limits that operators have set for a tenant in place of its tier's: until when, and why. `value` null: unlimited. */
export const limitOverrides = `
  CREATE TABLE plinth.limit_override (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id text NOT NULL, value bigint, reason text NOT NULL, ends_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, id), CHECK (value >= 0));
  ALTER TABLE plinth.limit_override ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.limit_override USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.limit_override TO ${KERNEL_ROLE};`
