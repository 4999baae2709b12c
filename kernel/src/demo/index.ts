export { addSampleData, createDemoWorld } from './create-demo-world.ts'
export { demoAccounts } from './demo-tenants.ts'
export { printWelcome } from './print-welcome.ts'
