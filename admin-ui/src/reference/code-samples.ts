import type { ApiRoute, Parameter } from './api-document.ts'

/** What a request is made of: values by the names of its parameters, and the text of its body. */
export interface Draft {
  readonly values: Readonly<Record<string, string>>
  readonly body: string
}

/** An example as it travels in an address: JSON where JSON is asked for, lists with commas. */
export function parameterText(parameter: Parameter): string {
  const json = parameter.content?.['application/json']
  if (json) return json.example === undefined ? '' : JSON.stringify(json.example)
  const { example } = parameter
  if (Array.isArray(example)) return example.join(',')
  return typeof example === 'string' ? example : example === undefined ? '' : JSON.stringify(example)
}

/** The request as the document shows it: examples of what is needed, and of its body. */
export function exampleDraft(route: ApiRoute): Draft {
  const shown = route.parameters.filter(
    (each) => each.required || each.in === 'path' || each.name === 'If-Match',
  )
  const body = route.requestBody?.content['application/json']?.example
  return {
    values: Object.fromEntries(shown.map((each) => [each.name, parameterText(each)])),
    body: body === undefined ? '' : JSON.stringify(body, null, 2),
  }
}

/** Address of a draft below the base of the API, query included. */
export function addressOf(route: ApiRoute, { values }: Draft): string {
  const path = route.path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  )
  const query = new URLSearchParams(
    route.parameters
      .filter((each) => each.in === 'query' && (values[each.name] ?? '') !== '')
      .map((each) => [each.name, values[each.name]!]),
  ).toString()
  return query === '' ? path : `${path}?${query}`
}

/** Headers of a draft that are parameters, without those of sessions. */
export function headersOf(route: ApiRoute, { values }: Draft): Record<string, string> {
  const named = route.parameters.filter((each) => each.in === 'header' && (values[each.name] ?? '') !== '')
  return Object.fromEntries(
    named.filter((each) => each.name !== 'X-CSRF-Token').map((each) => [each.name, values[each.name]!]),
  )
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The request for a shell. The key comes from its environment. */
export function curlSample(route: ApiRoute, draft: Draft, base: string): string {
  const method = route.method === 'GET' ? '' : ` -X ${route.method}`
  const open = route.security?.length === 0
  const headers = [
    ...(open ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...Object.entries(headersOf(route, draft)).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(draft.body === '' ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(draft.body)}`]),
  ]
  return [`curl${method} ${quoted(base + addressOf(route, draft))}`, ...headers].join(' \\\n  ')
}

/** The request for a program, with nothing but `fetch`. */
export function typeScriptSample(route: ApiRoute, draft: Draft, base: string): string {
  const open = route.security?.length === 0
  const headers = [
    ...(open ? [] : ['    authorization: `Bearer ${process.env.KEY}`,']),
    ...Object.entries(headersOf(route, draft)).map(
      ([name, value]) => `    '${name.toLowerCase()}': ${JSON.stringify(value)},`,
    ),
    ...(draft.body === '' ? [] : [`    'content-type': 'application/json',`]),
  ]
  const body = draft.body === '' ? [] : [`  body: JSON.stringify(${draft.body.replaceAll('\n', '\n  ')}),`]
  return [
    `const response = await fetch(${JSON.stringify(base + addressOf(route, draft))}, {`,
    ...(route.method === 'GET' ? [] : [`  method: '${route.method}',`]),
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...body,
    '})',
    'if (!response.ok) throw new Error((await response.json()).code)',
    ...(route.responses['204'] ? [] : ['console.log(await response.json())']),
  ].join('\n')
}
