import { KERNEL_ROLE } from './role-names.ts'

/** What each change has made of the policy of a tenant, whole, so that it can be brought back. Nothing in it changes. */
export const policyVersions = `
  CREATE TABLE plinth.policy_version (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, number int NOT NULL, at timestamptz(3) NOT NULL DEFAULT now(), actor_id uuid,
    reason text NOT NULL, policy jsonb NOT NULL, changes jsonb NOT NULL,
    PRIMARY KEY (tenant_id, number), CHECK (number > 0), CHECK (reason IN ('begun','changed','restored','baselineAdopted')));
  ALTER TABLE plinth.policy_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.policy_version USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT ON plinth.policy_version TO ${KERNEL_ROLE};`
