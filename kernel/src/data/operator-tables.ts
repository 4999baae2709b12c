import { KERNEL_ROLE, PLATFORM_ROLE } from './role-names.ts'

/** Who runs the platform, what they may do, what they have done; and, with each tenant, when they may look into it. */
export const operatorTables = `
  CREATE TABLE plinth.operator_role (
    id text PRIMARY KEY, label jsonb NOT NULL, permissions text[] NOT NULL, CHECK (id ~ '^[a-z][a-z0-9-]{0,39}$'));
  CREATE TABLE plinth.operator (
    id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, roles text[] NOT NULL, token_hash bytea NOT NULL UNIQUE,
    status text NOT NULL DEFAULT 'active', created_at timestamptz(3) NOT NULL DEFAULT now(), CHECK (status IN ('active','inactive')));
  CREATE TABLE plinth.operator_journal (
    id uuid PRIMARY KEY, at timestamptz(3) NOT NULL DEFAULT now(), operator uuid, operator_name text NOT NULL, action text NOT NULL,
    path text NOT NULL, request_id text NOT NULL);
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.operator_role TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT, UPDATE ON plinth.operator TO ${PLATFORM_ROLE};
  GRANT SELECT, INSERT ON plinth.operator_journal TO ${PLATFORM_ROLE};
  CREATE TABLE plinth.operator_access (
    tenant_id uuid NOT NULL REFERENCES plinth.tenant, id uuid NOT NULL, token_hash bytea NOT NULL, operator uuid, operator_name text NOT NULL,
    reason text NOT NULL, write boolean NOT NULL, created_at timestamptz(3) NOT NULL DEFAULT now(), expires_at timestamptz(3) NOT NULL,
    ended_at timestamptz(3), PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, token_hash));
  ALTER TABLE plinth.operator_access ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON plinth.operator_access USING (tenant_id = current_setting('plinth.tenant')::uuid)
    WITH CHECK (tenant_id = current_setting('plinth.tenant')::uuid);
  GRANT SELECT, INSERT, UPDATE (ended_at) ON plinth.operator_access TO ${KERNEL_ROLE};`

/** Since when an operator has the token they have: what was begun with the one before ends with it. Null: it is their first. */
export const operatorTokenSince = `ALTER TABLE plinth.operator ADD COLUMN token_since timestamptz(3);`
