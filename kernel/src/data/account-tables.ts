import { KERNEL_ROLE } from './role-names.ts'

const policy = (table: string): string => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);`

/** What a tenant asks of those who sign in, and the hashes of passwords that were in use before. */
export const passwordTables = `
  CREATE TABLE plinth.security_policy (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, section text NOT NULL, settings jsonb NOT NULL, version int NOT NULL DEFAULT 1,
    changed_at timestamptz(3) NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, section));
  CREATE TABLE plinth.former_password (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, id uuid NOT NULL, hash text NOT NULL, until timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, member_id, id), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  ${['security_policy', 'former_password'].map(policy).join('')}
  GRANT SELECT, INSERT, UPDATE ON plinth.security_policy TO ${KERNEL_ROLE};
  GRANT SELECT, INSERT, DELETE ON plinth.former_password TO ${KERNEL_ROLE};
  ALTER TABLE plinth.member ADD COLUMN password_changed_at timestamptz(3) NOT NULL DEFAULT now(), ADD COLUMN last_sign_in_at timestamptz(3);`

/**
 * Links to another password, and to signing in, that members got by mail: of token and browser only hashes. And whether a password is so
 * short that it is enough only beside a second factor.
 */
export const linkTables = `
  CREATE TABLE plinth.account_link (
    tenant_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, purpose text NOT NULL, token_hash bytea NOT NULL, browser_hash bytea,
    created_at timestamptz(3) NOT NULL DEFAULT now(), expires_at timestamptz(3) NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash),
    FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE,
    CHECK (purpose = 'reset' AND browser_hash IS NULL OR purpose = 'signIn' AND browser_hash IS NOT NULL));
  CREATE INDEX account_link_member ON plinth.account_link (tenant_id, member_id);
  ${policy('account_link')}
  GRANT SELECT, INSERT, DELETE ON plinth.account_link TO ${KERNEL_ROLE};
  ALTER TABLE plinth.member ADD COLUMN password_short boolean NOT NULL DEFAULT false;`

/** Invitations on their way: of the link only a hash, which goes when it was used, withdrawn, or took another's place. */
export const invitationTables = `
  CREATE TABLE plinth.invitation (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, email text NOT NULL, name text NOT NULL, roles text[] NOT NULL, locale text,
    token_hash bytea NOT NULL, created_by uuid, created_at timestamptz(3) NOT NULL DEFAULT now(), sent_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3) NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, email), UNIQUE (tenant_id, token_hash));
  ${policy('invitation')}
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.invitation TO ${KERNEL_ROLE};`

/** Sessions that were opened with a password that is no longer good wait for another one, after the second factor. */
export const outdatedPasswords = `
  ALTER TABLE plinth.session DROP CONSTRAINT session_waits_check, ADD CHECK (waits IN ('secondFactor','enrolment','password')),
    ADD COLUMN outdated text CHECK (outdated IN ('age','short'));`
