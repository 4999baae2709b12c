import { KERNEL_ROLE, PLATFORM_ROLE } from './role-names.ts'

/**
 * Letters on their way. What they say and to whom is sealed and goes with sending; the platform's role finds those that are due, and
 * cannot read any.
 */
export const mailTables = `
  CREATE TABLE plinth.mail (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, template text NOT NULL, sealed bytea,
    attempts int NOT NULL DEFAULT 0, next_at timestamptz(3) NOT NULL DEFAULT now(), sent_at timestamptz(3), dead_at timestamptz(3), error text,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id), CHECK ((sealed IS NULL) = (sent_at IS NOT NULL OR dead_at IS NOT NULL)));
  CREATE INDEX mail_due ON plinth.mail (next_at) WHERE sent_at IS NULL AND dead_at IS NULL;
  CREATE INDEX mail_age ON plinth.mail (created_at);
  ALTER TABLE plinth.mail ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.mail USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  CREATE POLICY platform ON plinth.mail TO ${PLATFORM_ROLE} USING (true) WITH CHECK (true);
  GRANT SELECT (tenant_id, id, attempts, next_at, sent_at, dead_at, created_at), UPDATE (attempts, next_at), DELETE ON plinth.mail TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE ON plinth.mail TO ${KERNEL_ROLE};`
