import { KERNEL_ROLE } from './role-names.ts'

const tenantOnly = (table: string) => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.${table} TO ${KERNEL_ROLE};`

/**
 * Who vouches for members from outside. `sign_on_identity`: who someone is there. `mapped_role`: roles members have for what providers say
 * of them, beside those given by hand; both together stand in `member.roles`. `sign_on_answer`: what a provider had posted, until the
 * browser that began fetches it.
 */
export const signOnTables = `
  CREATE TABLE plinth.sign_on_provider (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, kind text NOT NULL, name text NOT NULL, enabled boolean NOT NULL,
    settings jsonb NOT NULL, secret bytea, version int NOT NULL DEFAULT 1, created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, id), CHECK (kind IN ('openid','saml')));
  CREATE TABLE plinth.sign_on_identity (
    tenant_id uuid NOT NULL, provider_id uuid NOT NULL, subject text NOT NULL, member_id uuid NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(), last_sign_in_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, provider_id, subject),
    FOREIGN KEY (tenant_id, provider_id) REFERENCES plinth.sign_on_provider ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE INDEX sign_on_identity_member ON plinth.sign_on_identity (tenant_id, member_id);
  CREATE TABLE plinth.mapped_role (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, source text NOT NULL, roles text[] NOT NULL,
    PRIMARY KEY (tenant_id, member_id, source), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE TABLE plinth.sign_on_answer (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, handle bytea NOT NULL, content bytea NOT NULL, ends_at timestamptz(3) NOT NULL,
    PRIMARY KEY (tenant_id, handle));
  ${['sign_on_provider', 'sign_on_identity', 'mapped_role', 'sign_on_answer'].map(tenantOnly).join('')}`
