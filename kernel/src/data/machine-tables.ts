/** What people see of a key again, when it was last used, and how often it may be. */
export const keyColumns = `
  ALTER TABLE plinth.api_key ADD COLUMN hint text NOT NULL DEFAULT '', ADD COLUMN last_used_at timestamptz(3),
    ADD COLUMN per_minute int NOT NULL DEFAULT 600, ADD CHECK (per_minute BETWEEN 1 AND 100000);`
