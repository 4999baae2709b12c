import { KERNEL_ROLE, PLUGIN_GROUP } from './role-names.ts'

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
