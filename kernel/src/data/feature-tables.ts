import { KERNEL_ROLE, PLATFORM_ROLE } from './role-names.ts'

/**
 * What tenants have decided about features, and how far operators let each of them out. A decision that was taken back stays as a row
 * without a value, so that its version goes on.
 */
export const featureTables = `
  CREATE TABLE plinth.feature_override (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, plugin text NOT NULL, feature text NOT NULL, is_on boolean,
    version int NOT NULL DEFAULT 1, changed_at timestamptz(3) NOT NULL DEFAULT now(), changed_by uuid,
    PRIMARY KEY (tenant_id, plugin, feature));
  ALTER TABLE plinth.feature_override ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.feature_override USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE ON plinth.feature_override TO ${KERNEL_ROLE};
  CREATE TABLE plinth.feature_rollout (
    plugin text NOT NULL, feature text NOT NULL, stopped boolean NOT NULL, percentage int, reason text NOT NULL,
    changed_at timestamptz(3) NOT NULL DEFAULT now(), changed_by text NOT NULL,
    PRIMARY KEY (plugin, feature), CHECK (percentage BETWEEN 0 AND 100));
  GRANT SELECT, INSERT, UPDATE ON plinth.feature_rollout TO ${PLATFORM_ROLE};`

/** What the path does not say: values that were set, and why. */
export const journalDetails = `ALTER TABLE plinth.operator_journal ADD COLUMN details jsonb;`
