import { KERNEL_ROLE } from './role-names.ts'

/** What the sign-ins of members have in common: devices and networks as digests, countries, hours of the day. */
export const signInTraitTables = `
  CREATE TABLE plinth.sign_in_trait (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, kind text NOT NULL, value text NOT NULL, uses int NOT NULL DEFAULT 1,
    seen_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, member_id, kind, value), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE,
    CHECK (kind IN ('device','network','country','hour')));
  ALTER TABLE plinth.sign_in_trait ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.sign_in_trait USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.sign_in_trait TO ${KERNEL_ROLE};`
