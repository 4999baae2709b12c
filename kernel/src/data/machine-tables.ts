import { KERNEL_ROLE } from './role-names.ts'

const ownPolicy = (table: string): string => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`

/** What people see of a key again, when it was last used, and how often it may be. */
export const keyColumns = `
  ALTER TABLE plinth.api_key ADD COLUMN hint text NOT NULL DEFAULT '', ADD COLUMN last_used_at timestamptz(3),
    ADD COLUMN per_minute int NOT NULL DEFAULT 600, ADD CHECK (per_minute BETWEEN 1 AND 100000);`

/** Programs that get tokens, and tokens that are refused before their time. */
export const clientTables = `
  CREATE TABLE plinth.oauth_client (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, kind text NOT NULL, name text NOT NULL, secret_hash bytea,
    redirect_uris text[] NOT NULL DEFAULT '{}', scopes text[] NOT NULL, per_minute int NOT NULL DEFAULT 600, created_by uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(), last_used_at timestamptz(3),
    PRIMARY KEY (tenant_id, id), CHECK (kind IN ('service','web','native')), CHECK ((secret_hash IS NULL) = (kind = 'native')),
    CHECK (per_minute BETWEEN 1 AND 100000));
  CREATE TABLE plinth.oauth_denied (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, token uuid NOT NULL, ends_at timestamptz(3) NOT NULL, PRIMARY KEY (tenant_id, token));
  ${['oauth_client', 'oauth_denied'].map(ownPolicy).join('')}
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.oauth_client, plinth.oauth_denied TO ${KERNEL_ROLE};`

/** In whose name an import goes on: a token may be good for less than whoever it speaks for. */
export const mandateColumn = 'ALTER TABLE plinth.import ADD COLUMN mandate jsonb;'

/** What members let programs do in their name; the codes programs get for that, and the tokens they get anew with. */
export const grantTables = `
  CREATE TABLE plinth.oauth_grant (
    tenant_id uuid NOT NULL, id uuid NOT NULL, client_id uuid NOT NULL, member_id uuid NOT NULL, scopes text[] NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(), last_used_at timestamptz(3), PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES plinth.oauth_client ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX oauth_grant_member ON plinth.oauth_grant (tenant_id, member_id);
  CREATE INDEX oauth_grant_client ON plinth.oauth_grant (tenant_id, client_id);
  CREATE TABLE plinth.oauth_code (
    tenant_id uuid NOT NULL, code_hash bytea NOT NULL, grant_id uuid NOT NULL, redirect_uri text NOT NULL, challenge text NOT NULL,
    ends_at timestamptz(3) NOT NULL, used_at timestamptz(3), PRIMARY KEY (tenant_id, code_hash),
    FOREIGN KEY (tenant_id, grant_id) REFERENCES plinth.oauth_grant ON DELETE CASCADE);
  CREATE INDEX oauth_code_grant ON plinth.oauth_code (tenant_id, grant_id);
  CREATE TABLE plinth.oauth_refresh (
    tenant_id uuid NOT NULL, token_hash bytea NOT NULL, grant_id uuid NOT NULL, ends_at timestamptz(3) NOT NULL, used_at timestamptz(3),
    PRIMARY KEY (tenant_id, token_hash), FOREIGN KEY (tenant_id, grant_id) REFERENCES plinth.oauth_grant ON DELETE CASCADE);
  CREATE INDEX oauth_refresh_grant ON plinth.oauth_refresh (tenant_id, grant_id);
  ${['oauth_grant', 'oauth_code', 'oauth_refresh'].map(ownPolicy).join('')}
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.oauth_grant, plinth.oauth_code, plinth.oauth_refresh TO ${KERNEL_ROLE};`
