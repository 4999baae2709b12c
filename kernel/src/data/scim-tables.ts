import { KERNEL_ROLE } from './role-names.ts'

const tenantOnly = (table: string): string => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.${table} TO ${KERNEL_ROLE};`

/**
 * What providers keep in step by SCIM. `scim_user`: a member as its provider has it; `adopted`: it was a member before; `suspended`: its
 * access was ended by the provider, which alone may give it back; `deleted`: the provider no longer speaks of it, records still do.
 * Keys are the names in small letters: an index on lower() is out of use behind row-level security.
 */
export const scimTables = `
  CREATE TABLE plinth.scim_token (
    tenant_id uuid NOT NULL, id uuid NOT NULL, provider_id uuid NOT NULL, token_hash bytea NOT NULL, hint text NOT NULL, created_by uuid,
    created_at timestamptz(3) NOT NULL DEFAULT now(), expires_at timestamptz(3), last_used_at timestamptz(3),
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES plinth.sign_on_provider ON DELETE CASCADE);
  CREATE TABLE plinth.scim_user (
    tenant_id uuid NOT NULL, provider_id uuid NOT NULL, member_id uuid NOT NULL, user_name text NOT NULL, user_key text NOT NULL,
    external_id text, email text NOT NULL, display_name text, formatted text, given_name text, family_name text,
    adopted boolean NOT NULL, suspended boolean NOT NULL DEFAULT false, deleted boolean NOT NULL DEFAULT false, version int NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, provider_id, member_id), UNIQUE (tenant_id, provider_id, user_key),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES plinth.sign_on_provider ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX scim_user_member ON plinth.scim_user (tenant_id, member_id);
  CREATE INDEX scim_user_external ON plinth.scim_user (tenant_id, provider_id, external_id);
  CREATE TABLE plinth.scim_group (
    tenant_id uuid NOT NULL, id uuid NOT NULL, provider_id uuid NOT NULL, display_name text NOT NULL, group_key text NOT NULL, external_id text,
    version int NOT NULL DEFAULT 1, created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, provider_id, group_key),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES plinth.sign_on_provider ON DELETE CASCADE);
  CREATE TABLE plinth.scim_membership (
    tenant_id uuid NOT NULL, group_id uuid NOT NULL, member_id uuid NOT NULL, PRIMARY KEY (tenant_id, group_id, member_id),
    FOREIGN KEY (tenant_id, group_id) REFERENCES plinth.scim_group ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX scim_membership_member ON plinth.scim_membership (tenant_id, member_id);
  ${['scim_token', 'scim_user', 'scim_group', 'scim_membership'].map(tenantOnly).join('')}`

/** Which provider has opened a session, so that it can be ended with the provider. */
export const sessionProviders = `
  ALTER TABLE plinth.session ADD COLUMN provider uuid;
  CREATE INDEX session_provider ON plinth.session (tenant_id, provider) WHERE provider IS NOT NULL;`
