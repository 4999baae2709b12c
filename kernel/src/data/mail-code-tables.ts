import { KERNEL_ROLE } from './role-names.ts'

/**
 * Codes by mail as a second factor. A member has one at a time for each purpose, kept as a digest under a key that is not in the
 * database. `takes_mail`: a session that waits is let in by such a code as well.
 */
export const mailCodeTables = `
  ALTER TABLE plinth.second_factor DROP CONSTRAINT second_factor_kind_check, ADD CHECK (kind IN ('totp','passkey','email'));
  CREATE UNIQUE INDEX second_factor_email ON plinth.second_factor (tenant_id, member_id) WHERE kind = 'email';
  ALTER TABLE plinth.session ADD COLUMN takes_mail boolean NOT NULL DEFAULT false;
  CREATE TABLE plinth.mail_code (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, purpose text NOT NULL, digest bytea NOT NULL, tries int NOT NULL DEFAULT 0,
    ends_at timestamptz(3) NOT NULL,
    PRIMARY KEY (tenant_id, member_id, purpose), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE,
    CHECK (purpose IN ('add','verify')));
  ALTER TABLE plinth.mail_code ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.mail_code USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.mail_code TO ${KERNEL_ROLE};`
