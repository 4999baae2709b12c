import { PLATFORM_ROLE } from './role-names.ts'

/** What is wrong with database servers now, in the control database: written by workers, read by every node. */
export const serverFaultTables = `
  CREATE TABLE plinth.server_fault (
    server text NOT NULL, about text NOT NULL, error text NOT NULL,
    since timestamptz(3) NOT NULL DEFAULT now(), seen_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (server, about), CHECK (about IN ('connection','tables','spares','removal')));
  GRANT SELECT, INSERT, UPDATE, DELETE ON plinth.server_fault TO ${PLATFORM_ROLE};`
