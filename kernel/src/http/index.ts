export { createApp, type App } from './create-app.ts'
export type { DemoAccount, HttpServices } from './services.ts'
export { openApiDocument } from './openapi/document.ts'
export { routePath } from './route-path.ts'
