import { KERNEL_ROLE } from './role-names.ts'

const tables = ['second_factor', 'backup_code', 'second_factor_grace']

/**
 * Second factors of members, the codes for the day the telephone is lost, and since when members owe a second factor. Secrets are
 * sealed; codes are stored as digests under a key that is not in the database. A session may wait for a second factor.
 */
export const secondFactorTables = `
  ALTER TABLE plinth.session ADD COLUMN waits text CHECK (waits IN ('secondFactor','enrolment')), ADD COLUMN second text,
    ADD COLUMN enrol_by timestamptz(3), ADD COLUMN proven_at timestamptz(3) NOT NULL DEFAULT now();
  CREATE TABLE plinth.second_factor (
    tenant_id uuid NOT NULL, id uuid NOT NULL, member_id uuid NOT NULL, kind text NOT NULL, name text NOT NULL, secret bytea,
    last_step bigint NOT NULL DEFAULT 0, created_at timestamptz(3) NOT NULL DEFAULT now(), confirmed_at timestamptz(3), used_at timestamptz(3),
    PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE,
    CHECK (kind IN ('totp','passkey')));
  CREATE INDEX second_factor_member ON plinth.second_factor (tenant_id, member_id);
  CREATE TABLE plinth.backup_code (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, digest bytea NOT NULL, used_at timestamptz(3),
    PRIMARY KEY (tenant_id, member_id, digest), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  CREATE TABLE plinth.second_factor_grace (
    tenant_id uuid NOT NULL, member_id uuid NOT NULL, since timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, member_id), FOREIGN KEY (tenant_id, member_id) REFERENCES plinth.member ON DELETE CASCADE);
  ${tables
    .map(
      (table) => `
  ALTER TABLE plinth.${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.${table} USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.${table} TO ${KERNEL_ROLE};`,
    )
    .join('')}`
