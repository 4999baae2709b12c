export { createApp, type App } from './create-app.ts'
export type { DemoAccount, HttpServices } from './services.ts'
