import { Hono } from 'hono'
import { WrittenForElsewhere } from '../data/index.ts'
import { Failure } from '../errors.ts'
import type { Scope } from '../container/index.ts'
import type { HttpEnvironment } from './environment.ts'
import { noteRefusal } from './note-refusal.ts'
import { problemResponse } from './problem.ts'
import { routePath } from './route-path.ts'
import { customFieldRoutes } from './routes/custom-fields.ts'
import { auditRoutes } from './routes/audit.ts'
import { accountLinkRoutes } from './routes/account-links.ts'
import { actionRoutes } from './routes/actions.ts'
import { apiKeyRoutes } from './routes/api-keys.ts'
import { delegationRoutes } from './routes/delegations.ts'
import { documentRoutes, platformDocumentRoutes } from './routes/documents.ts'
import { explainRoutes } from './routes/explain.ts'
import { featureRoutes } from './routes/features.ts'
import { featureRolloutRoutes } from './routes/feature-rollouts.ts'
import { exportRoutes } from './routes/export.ts'
import { fileRoutes } from './routes/files.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/imports.ts'
import { kernelRoutes } from './routes/kernel-routes.ts'
import { limitRoutes } from './routes/limits.ts'
import { keyRoutes } from './routes/keys.ts'
import { sessionListRoutes } from './routes/sessions.ts'
import { memberIdentityRoutes } from './routes/member-identities.ts'
import { memberPasswordLinkRoutes } from './routes/member-password-links.ts'
import { memberSecondFactorRoutes } from './routes/member-second-factors.ts'
import { operatorAccessRoutes } from './routes/operator-accesses.ts'
import { operatorAccountRoutes } from './routes/operators.ts'
import { tenantAccessRoutes } from './routes/tenant-access.ts'
import { operatorRoutes } from './routes/operator.ts'
import { tenantLimitRoutes } from './routes/tenant-limits.ts'
import { oauthClientRoutes } from './routes/oauth-clients.ts'
import { consentRoutes } from './routes/oauth-consent.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { pageRoutes, referenceRoutes } from './routes/pages.ts'
import { passkeySignInRoutes } from './routes/passkey-sign-in.ts'
import { platformRoutes } from './routes/platform.ts'
import { pluginAdminRoutes } from './routes/plugin-admin.ts'
import { pluginRoutes } from './routes/plugin-routes.ts'
import { recordRoutes } from './routes/records.ts'
import { roleRoutes } from './routes/roles.ts'
import { securityPolicyRoutes } from './routes/security-policy.ts'
import { securityReportRoutes } from './routes/security-report.ts'
import { scimRoutes } from './routes/scim.ts'
import { authRoutes } from './routes/auth.ts'
import { provisioningRoutes } from './routes/provisioning.ts'
import { signOnRoutes } from './routes/sign-on.ts'
import { passwordRoutes } from './routes/password.ts'
import { invitationRoutes } from './routes/invitation.ts'
import { mailCodeRoutes } from './routes/mail-codes.ts'
import { memberRoutes } from './routes/members.ts'
import { publicRoutes, sessionRoutes } from './routes/session.ts'
import { secondFactorRoutes } from './routes/second-factor.ts'
import { shellRoutes } from './routes/shell.ts'
import { sessionViewRoutes } from './routes/session-views.ts'
import { trashRoutes } from './routes/trash.ts'
import { upgradeRoutes } from './routes/upgrades.ts'
import { wellKnownRoutes } from './routes/well-known.ts'
import type { HttpServices } from './services.ts'
import { identityStep } from './steps/identity.ts'
import { requestId } from './steps/request-id.ts'
import { securityHeaders } from './steps/security-headers.ts'
import { tenantStep } from './steps/tenant.ts'

export type App = Hono<HttpEnvironment>

/**
 * The HTTP side of the platform: a pipeline of named steps, then the routes. Every refusal, wherever it is thrown, becomes one
 * problem answer here.
 *
 * @param isDraining whether the node is shutting down and should get no further requests
 */
export function createApp(root: Scope<HttpServices>, isDraining: () => boolean): App {
  const services = root.cradle
  const app = new Hono<HttpEnvironment>({ getPath: (request) => routePath(request.url) })
  app.onError((error, c) => {
    // The tenant has moved while it was being read. Now it is known where to.
    if (error instanceof WrittenForElsewhere && isSafe(c.req.method)) return app.fetch(c.req.raw)
    if (!(error instanceof Failure) || error.status >= 500) {
      services.log.error(
        { requestId: c.get('requestId'), method: c.req.method, path: c.req.path, err: error.cause ?? error },
        'request failed',
      )
    }
    noteRefusal(c, services, error)
    return problemResponse(c, error)
  })
  app.notFound((c) => problemResponse(c, new Failure('not_found')))

  app.use(requestId, securityHeaders)
  app.route('/healthz', healthRoutes(services, isDraining))
  app.route('/platform/v1', platformRoutes(services))
  app.route(
    '/platform/v1',
    platformDocumentRoutes(() => app.routes),
  )
  app.route('/platform/v1', tenantAccessRoutes(services))
  app.route('/platform/v1', tenantLimitRoutes(services))
  app.route('/platform/v1', operatorRoutes(services))
  app.route('/platform/v1', operatorAccountRoutes(services))
  app.route('/platform/v1', featureRolloutRoutes(services))
  app.route('/platform/v1/upgrades', upgradeRoutes(services))
  app.route('/platform/v1/keys', keyRoutes(services))

  app.route('/.well-known', wellKnownRoutes(services))
  app.route('/api/v1', referenceRoutes(services))
  app.use('/api/v1/*', tenantStep(root))
  app.route('/api/v1', publicRoutes(services))
  app.route('/api/v1', passkeySignInRoutes(services))
  app.route('/api/v1', authRoutes(services))
  app.route('/api/v1', oauthRoutes(services))
  app.route('/api/v1', invitationRoutes(services))
  app.route('/api/v1', accountLinkRoutes(services))
  app.route('/api/v1', scimRoutes(services))
  app.use('/api/v1/*', identityStep(services))
  app.route(
    '/api/v1',
    documentRoutes(services, () => app.routes),
  )
  for (const routes of [
    sessionRoutes,
    passwordRoutes,
    secondFactorRoutes,
    mailCodeRoutes,
    memberSecondFactorRoutes,
    memberPasswordLinkRoutes,
    memberIdentityRoutes,
    sessionListRoutes,
    sessionViewRoutes,
    shellRoutes,
    pluginAdminRoutes,
    featureRoutes,
    kernelRoutes,
    limitRoutes,
    auditRoutes,
    apiKeyRoutes,
    operatorAccessRoutes,
    securityPolicyRoutes,
    securityReportRoutes,
    oauthClientRoutes,
    delegationRoutes,
    memberRoutes,
    consentRoutes,
    exportRoutes,
    // A field of files may be called as what else can be done with a record.
    fileRoutes,
    trashRoutes,
    actionRoutes,
    importRoutes,
    customFieldRoutes,
    roleRoutes,
    explainRoutes,
    signOnRoutes,
    provisioningRoutes,
    recordRoutes,
    pluginRoutes,
  ])
    app.route('/api/v1', routes(services))

  // What programs ask for is never answered with the page for people.
  for (const path of ['/api/*', '/platform/*', '/healthz/*'])
    app.all(path, () => {
      throw new Failure('not_found')
    })
  app.route('/', pageRoutes(services))
  return app
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}
