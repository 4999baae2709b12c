import { demoTenants, DEMO_PASSWORD } from './demo-tenants.ts'

/** Tells the person at the terminal where to go and how to sign in. */
export function printWelcome(port: number): void {
  const width = Math.max(
    ...demoTenants.flatMap((tenant) => tenant.people.map((person) => person.email.length)),
  )
  const lines = demoTenants.flatMap(({ slug, name, tier, people }) => [
    `  ${name} (${tier})`,
    `    http://${slug}.localhost:${port}/   or   http://localhost:${port}/t/${slug}/`,
    ...people.map(
      (person) =>
        `    ${person.email.padEnd(width)}   ${person.role === 'admin' ? 'administrator' : 'member'}`,
    ),
  ])
  process.stdout.write(
    `\nPlinth is open: http://localhost:${port}/\n\nDemonstration workspaces, password ${DEMO_PASSWORD}\n\n${lines.join('\n')}\n\nStop with Ctrl-C.\n`,
  )
}
