import type { RouteDescription } from './describe.ts'

export const referenceRoute: RouteDescription = {
  id: 'get_reference',
  tag: 'documents',
  open: true,
  summary: {
    en: 'This document as a page, to read and to try',
    de: 'Dieses Dokument als Seite, zum Lesen und Ausprobieren',
  },
  answers: {
    200: {
      description: { en: 'The page', de: 'Die Seite' },
      content: { type: 'text/html', schema: { type: 'string' } },
    },
  },
  problems: ['unavailable'],
}
