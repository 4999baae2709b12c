import { KERNEL_ROLE } from './role-names.ts'

/** Keys of passkeys, which are second factors and first ones, and the questions they sign: each is answered once, and soon. */
export const passkeyTables = `
  ALTER TABLE plinth.second_factor ADD COLUMN credential_id text, ADD COLUMN public_key bytea, ADD COLUMN counter bigint NOT NULL DEFAULT 0,
    ADD COLUMN transports text[] NOT NULL DEFAULT '{}';
  ALTER TABLE plinth.second_factor ADD UNIQUE (tenant_id, credential_id);
  CREATE TABLE plinth.passkey_challenge (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, challenge text NOT NULL, purpose text NOT NULL, member_id uuid, ends_at timestamptz(3) NOT NULL,
    PRIMARY KEY (tenant_id, challenge), CHECK (purpose IN ('add','verify','signIn')));
  ALTER TABLE plinth.passkey_challenge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.passkey_challenge USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, DELETE ON plinth.passkey_challenge TO ${KERNEL_ROLE};`

/** In which session a question was asked. */
export const passkeySessions = 'ALTER TABLE plinth.passkey_challenge ADD COLUMN session_id uuid;'
