import { Hono } from 'hono'
import type { RouterRoute } from 'hono/types'
import type { PluginView } from '../../plugins/index.ts'
import type { HttpContext, HttpEnvironment } from '../environment.ts'
import { describe, type RouteDescription } from '../openapi/describe.ts'
import { DOCUMENT_LANGUAGES, openApiDocument } from '../openapi/document.ts'
import { platformDocumentRoute } from '../openapi/platform-descriptions.ts'
import type { HttpServices } from '../services.ts'

const documentRoute: RouteDescription = {
  id: 'get_document',
  tag: 'documents',
  summary: { en: 'This document', de: 'Dieses Dokument' },
  description: {
    en: 'Contains what the workspace has switched on, and changes when that does.',
    de: 'Enthält, was der Arbeitsbereich eingeschaltet hat, und ändert sich damit.',
  },
  parameters: [
    {
      name: 'locale',
      description: {
        en: 'Language of the texts; else Accept-Language decides',
        de: 'Sprache der Texte; sonst entscheidet Accept-Language',
      },
      schema: { enum: [...DOCUMENT_LANGUAGES] },
      example: 'de',
    },
  ],
  answers: {
    200: {
      description: { en: 'OpenAPI 3.1', de: 'OpenAPI 3.1' },
      content: { schema: { type: 'object' }, example: { openapi: '3.1.0' } },
    },
  },
}

/** The description of a workspace's API. Built once for each set of plugins, address and language. */
export function documentRoutes(
  services: HttpServices,
  routes: () => readonly RouterRoute[],
): Hono<HttpEnvironment> {
  const built = new WeakMap<PluginView, Map<string, string>>()
  return new Hono<HttpEnvironment>().get('/openapi.json', describe(documentRoute), (c) => {
    const { view } = c.get('plugins')
    const language = languageOf(c)
    const key = [language, c.get('tenant').slug, c.get('tenant').name, c.get('base'), hostOf(c)].join('\n')
    let known = built.get(view)
    if (!known || known.size > 100) built.set(view, (known = new Map()))
    let text = known.get(key)
    if (text === undefined) {
      text = JSON.stringify(tenantDocument(c, services, routes(), language))
      known.set(key, text)
    }
    c.header('content-language', language)
    c.header('vary', 'Accept-Language')
    return c.body(text, 200, { 'content-type': 'application/json' })
  })
}

const NO_PLUGINS = { active: [], entities: new Map<string, never>(), off: new Map<string, never>() }

/** The description of what belongs to no tenant. */
export function platformDocumentRoutes(routes: () => readonly RouterRoute[]): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/openapi.json', describe(platformDocumentRoute), (c) => {
    const url = new URL(c.req.url)
    return c.json(
      openApiDocument(routes(), NO_PLUGINS, {
        title: 'Plinth platform API',
        description: { en: 'What belongs to no workspace.', de: 'Was zu keinem Arbeitsbereich gehört.' },
        servers: [
          { url: `${url.origin}/platform/v1`, description: { en: 'This platform', de: 'Diese Plattform' } },
        ],
        prefix: '/platform/v1',
        language: languageOf(c),
      }),
    )
  })
}

function tenantDocument(
  c: HttpContext,
  { config }: HttpServices,
  routes: readonly RouterRoute[],
  language: string,
): object {
  const tenant = c.get('tenant')
  const { protocol, host } = new URL(c.req.url)
  const port = host.split(':')[1]
  const domain = `${config.domain}${port === undefined ? '' : `:${port}`}`
  const here = c.get('base') === '' ? `/api/v1` : `${c.get('base')}/api/v1`
  return openApiDocument(routes, c.get('plugins').view, {
    title: `${tenant.name}: Plinth API`,
    description: {
      en: 'Everything this workspace has switched on. Programs send an API key as bearer token; browsers sign in and send X-CSRF-Token with changing requests.',
      de: 'Alles, was dieser Arbeitsbereich eingeschaltet hat. Programme senden einen API-Schlüssel als Bearer-Token; Browser melden sich an und senden bei ändernden Anfragen X-CSRF-Token.',
    },
    servers: [
      { url: here, description: { en: 'Where this document came from', de: 'Woher dieses Dokument kam' } },
      {
        url: `${protocol}//${tenant.slug}.${domain}/api/v1`,
        description: { en: 'By host', de: 'Nach Rechnername' },
      },
      {
        url: `${protocol}//${domain}/t/${tenant.slug}/api/v1`,
        description: { en: 'By path', de: 'Nach Pfad' },
      },
    ],
    prefix: '/api/v1',
    language,
  })
}

function hostOf(c: HttpContext): string {
  return new URL(c.req.url).origin
}

/** The parameter wins, then what the browser prefers. */
function languageOf(c: HttpContext): string {
  const wanted = [c.req.query('locale') ?? '', ...(c.req.header('accept-language') ?? '').split(',')]
  const found = wanted
    .map((each) => each.trim().split(/[-;]/)[0]!.toLowerCase())
    .find((each) => DOCUMENT_LANGUAGES.includes(each as 'en'))
  return found ?? 'en'
}
