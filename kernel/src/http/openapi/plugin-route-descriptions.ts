import { hasFeature } from '../../plugins/index.ts'
import type { Describe, ParameterDescription, PlacedDescription } from './describe.ts'
import { featureProblems } from './feature-problems.ts'

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

/** Addresses plugins declare beyond records. */
export const describePluginRoutes: Describe = ({ view }) =>
  view.active.flatMap(({ id, manifest }) =>
    (manifest.routes ?? [])
      .filter(({ feature }) => hasFeature(view, id, feature))
      .map((route): PlacedDescription => {
        const names = [...route.path.matchAll(/:([^/]+)/g)].map(([, name]) => name!)
        const parameters = names.map((name): ParameterDescription => ({
          name,
          in: 'path',
          description: { en: name },
          example: name,
        }))
        return {
          id: `${id}_${route.handler}`.replaceAll('-', '_'),
          tag: id,
          summary: { en: route.summary },
          permission: route.permission,
          path: `/${id}/${route.path.replaceAll(/:([^/]+)/g, '{$1}')}`,
          method: route.method,
          parameters,
          ...(WITH_BODY.has(route.method) ? { body: { schema: {}, required: false as const } } : {}),
          answers: {
            200: {
              description: { en: 'What the plugin answers', de: 'Was das Plugin antwortet' },
              content: { schema: {} },
            },
            204: { description: { en: 'Done, without an answer', de: 'Erledigt, ohne Antwort' } },
          },
          problems: ['query_invalid', 'not_found', 'viewing_as', ...featureProblems(route.feature)],
          plugins: true,
          ...(route.method === 'GET' ? {} : { repeatable: true as const }),
        }
      }),
  )
