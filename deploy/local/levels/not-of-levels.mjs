const OWN_LEVELS = 'says itself where its workspaces live'
const NO_DATA = 'is about something else than data of workspaces'

/** Integration tests that `npm run test:levels` leaves out, and why: any other is run at each level. */
export const notOfLevels = {
  'kernel/test/custom-moves.integration.test.ts': OWN_LEVELS,
  'kernel/test/each-level.integration.test.ts': OWN_LEVELS,
  'kernel/test/levels.integration.test.ts': OWN_LEVELS,
  'kernel/test/moving-cancelled.integration.test.ts': OWN_LEVELS,
  'kernel/test/moving-killed.integration.test.ts': OWN_LEVELS,
  'kernel/test/moving-load.integration.test.ts': OWN_LEVELS,
  'kernel/test/moving.integration.test.ts': OWN_LEVELS,
  'kernel/test/operator.integration.test.ts': OWN_LEVELS,
  'kernel/test/pooler.integration.test.ts': OWN_LEVELS,
  'kernel/test/server-faults.integration.test.ts': OWN_LEVELS,
  'kernel/test/servers.integration.test.ts': OWN_LEVELS,
  'kernel/test/upgrade-levels.integration.test.ts': OWN_LEVELS,
  'kernel/test/api-guide.integration.test.ts': NO_DATA,
  'kernel/test/custom-plans.integration.test.ts':
    'is about plans for many rows; tables have the same shape at each level',
  'kernel/test/database-loss.integration.test.ts': 'cuts the connections of the common database',
  'kernel/test/export-memory.integration.test.ts': 'is about memory for many rows',
  'kernel/test/keys-command.integration.test.ts': 'is a command with a database of its own',
  'kernel/test/removed-plugins.integration.test.ts': NO_DATA,
  'kernel/test/self-test.integration.test.ts': 'pulls down fences of the common database',
  'kernel/test/upgrade-killed.integration.test.ts': 'is a process with a configuration of its own',
}
