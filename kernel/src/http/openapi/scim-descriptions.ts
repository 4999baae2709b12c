import type { JsonSchema } from '../../data/index.ts'
import type {
  AnswerDescription,
  ContentDescription,
  ParameterDescription,
  RouteDescription,
} from './describe.ts'
import { exampleId } from './example-values.ts'
import { ref } from './schema-reference.ts'

const TYPE = 'application/scim+json'
const BODIES = [TYPE, 'application/json'] as const
const text = { type: 'string' } as const
const texts = { type: 'array', items: text } as const
const refused = (en: string, de: string): AnswerDescription => ({
  description: { en, de },
  content: { type: TYPE, schema: ref('ScimError') },
})

const common = {
  tag: 'scim',
  open: true,
  foreign: true,
  token: 'scim',
} as const

const asking = {
  400: refused('The request is not accepted', 'Die Anfrage wird nicht angenommen'),
  401: refused('The token opens nothing', 'Das Token öffnet nichts'),
  404: refused('There is no such resource', 'Es gibt keine solche Ressource'),
  429: refused('Too many requests', 'Zu viele Anfragen'),
}

const changing = {
  ...asking,
  409: refused('The name is taken, or it cannot be done', 'Der Name ist vergeben, oder es geht nicht'),
  412: refused('The resource has changed since', 'Die Ressource hat sich seither geändert'),
  413: refused('The body is too large', 'Der Inhalt ist zu groß'),
  415: refused('The body must be JSON', 'Der Inhalt muss JSON sein'),
}

const admitting = {
  ...changing,
  403: refused(
    'The workspace has no place for another member',
    'Im Arbeitsbereich ist kein Platz für ein weiteres Mitglied',
  ),
}

const one = (schema: string, headers: readonly string[] = ['ETag']): AnswerDescription => ({
  description: { en: 'The resource', de: 'Die Ressource' },
  headers,
  content: { type: TYPE, schema: ref(schema) },
})

const page = (items: JsonSchema): AnswerDescription => ({
  description: { en: 'A page of them', de: 'Eine Seite davon' },
  content: {
    type: TYPE,
    schema: {
      type: 'object',
      required: ['schemas', 'totalResults', 'startIndex', 'itemsPerPage', 'Resources'],
      properties: {
        schemas: texts,
        totalResults: { type: 'integer' },
        startIndex: { type: 'integer' },
        itemsPerPage: { type: 'integer' },
        Resources: { type: 'array', items },
      },
    },
  },
})

const same: AnswerDescription = { description: { en: 'As it was seen', de: 'Wie zuletzt gesehen' } }
const gone: AnswerDescription = { description: { en: 'Done', de: 'Erledigt' } }

const selection: readonly ParameterDescription[] = [
  { name: 'attributes', description: { en: 'Only these', de: 'Nur diese' }, example: 'userName' },
  {
    name: 'excludedAttributes',
    description: { en: 'All but these', de: 'Alle außer diesen' },
    example: 'members',
  },
]

const paging = (filter: string): readonly ParameterDescription[] => [
  {
    name: 'filter',
    description: { en: 'RFC 7644, section 3.4.2.2', de: 'RFC 7644, Abschnitt 3.4.2.2' },
    example: filter,
  },
  { name: 'startIndex', description: { en: 'From 1', de: 'Ab 1' }, schema: { type: 'integer' }, example: 1 },
  {
    name: 'count',
    description: { en: 'At most 200', de: 'Höchstens 200' },
    schema: { type: 'integer' },
    example: 100,
  },
  {
    name: 'sortBy',
    description: {
      en: 'An attribute of one value, or emails',
      de: 'Ein Attribut mit einem Wert, oder emails',
    },
    example: 'name.familyName',
  },
  {
    name: 'sortOrder',
    description: { en: 'Ascending where nothing is said', de: 'Ohne Angabe aufsteigend' },
    schema: { enum: ['ascending', 'descending'] },
    example: 'descending',
  },
  ...selection,
]

const seen: ParameterDescription = {
  name: 'If-Match',
  in: 'header',
  description: { en: 'The version you have seen', de: 'Die gesehene Version' },
  example: 'W/"1"',
}

const patch: ContentDescription = {
  type: BODIES,
  schema: {
    type: 'object',
    required: ['schemas', 'Operations'],
    properties: {
      schemas: texts,
      Operations: {
        type: 'array',
        items: { type: 'object', properties: { op: text, path: text, value: {} } },
      },
    },
  },
  example: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }],
  },
}

const userBody: ContentDescription = {
  type: BODIES,
  schema: { type: 'object', required: ['userName'], properties: { userName: text } },
  example: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'mara.lindner@nordwind.example',
    name: { givenName: 'Mara', familyName: 'Lindner' },
    active: true,
  },
}

const groupBody: ContentDescription = {
  type: BODIES,
  schema: { type: 'object', required: ['displayName'], properties: { displayName: text } },
  example: {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Sales',
    members: [{ value: exampleId('member') }],
  },
}

const about = (id: string, en: string, de: string) => ({ ...common, id, summary: { en, de } })
const info = { 200: { ...same, content: { type: TYPE, schema: { type: 'object' } } }, ...asking }

export const configRoute: RouteDescription = {
  ...about('get_scim_config', 'What of SCIM there is here', 'Was es hier von SCIM gibt'),
  answers: info,
}
export const resourceTypesRoute: RouteDescription = {
  ...about('list_scim_resource_types', 'Kinds of resources', 'Arten von Ressourcen'),
  answers: { 200: page({ type: 'object' }), ...asking },
}
export const resourceTypeRoute: RouteDescription = {
  ...about('get_scim_resource_type', 'A kind of resource', 'Eine Art von Ressource'),
  parameters: [{ name: 'id', in: 'path', description: { en: 'Its name', de: 'Ihr Name' }, example: 'User' }],
  answers: info,
}
export const schemasRoute: RouteDescription = {
  ...about('list_scim_schemas', 'What resources are made of', 'Woraus Ressourcen bestehen'),
  answers: { 200: page({ type: 'object' }), ...asking },
}
export const schemaRoute: RouteDescription = {
  ...about(
    'get_scim_schema',
    'What one kind of resource is made of',
    'Woraus eine Art von Ressource besteht',
  ),
  parameters: [
    {
      name: 'id',
      in: 'path',
      description: { en: 'Its name', de: 'Sein Name' },
      example: 'urn:ietf:params:scim:schemas:core:2.0:User',
    },
  ],
  answers: info,
}
export const usersRoute: RouteDescription = {
  ...about(
    'list_scim_users',
    'Members the provider keeps in step',
    'Mitglieder, die der Anbieter auf dem Laufenden hält',
  ),
  parameters: paging('userName eq "mara.lindner@nordwind.example"'),
  answers: { 200: page(ref('ScimUser')), ...asking },
}
export const createUserRoute: RouteDescription = {
  ...about('create_scim_user', 'Make somebody a member', 'Jemanden zum Mitglied machen'),
  description: {
    en: 'A member that is there already is kept in step from now on, where the provider vouches for the domain of the address. Roles come from groups alone.',
    de: 'Ein vorhandenes Mitglied wird von nun an auf dem Laufenden gehalten, wenn der Anbieter für die Domain der Adresse bürgt. Rollen folgen allein aus Gruppen.',
  },
  body: userBody,
  answers: { 201: one('ScimUser', ['ETag', 'Location']), ...admitting },
}
export const userRoute: RouteDescription = {
  ...about('get_scim_user', 'A member', 'Ein Mitglied'),
  parameters: selection,
  answers: { 200: one('ScimUser'), 304: same, ...asking },
}
export const replaceUserRoute: RouteDescription = {
  ...about('replace_scim_user', 'Say everything of a member anew', 'Alles über ein Mitglied neu angeben'),
  parameters: [seen],
  body: userBody,
  answers: { 200: one('ScimUser'), ...admitting },
}
export const patchUserRoute: RouteDescription = {
  ...about('update_scim_user', 'Change a member', 'Ein Mitglied ändern'),
  description: {
    en: 'Who is set inactive has no session and no key that works, from the next request on.',
    de: 'Wer auf inaktiv gesetzt wird, hat ab der nächsten Anfrage weder Sitzung noch gültige Schlüssel.',
  },
  parameters: [seen],
  body: patch,
  answers: { 200: one('ScimUser'), ...admitting },
}
export const deleteUserRoute: RouteDescription = {
  ...about('delete_scim_user', 'Take a member’s access away', 'Einem Mitglied den Zugang nehmen'),
  parameters: [seen],
  answers: { 204: gone, ...changing },
}
export const groupsRoute: RouteDescription = {
  ...about('list_scim_groups', 'Groups of the provider', 'Gruppen des Anbieters'),
  parameters: paging('displayName eq "Sales"'),
  answers: { 200: page(ref('ScimGroup')), ...asking },
}
export const createGroupRoute: RouteDescription = {
  ...about('create_scim_group', 'Add a group', 'Eine Gruppe hinzufügen'),
  description: {
    en: 'Its members get the roles the mapping of the provider gives it, and no others.',
    de: 'Ihre Mitglieder erhalten die Rollen, die ihr die Zuordnung des Anbieters gibt, und keine anderen.',
  },
  body: groupBody,
  answers: { 201: one('ScimGroup', ['ETag', 'Location']), ...changing },
}
export const groupRoute: RouteDescription = {
  ...about('get_scim_group', 'A group', 'Eine Gruppe'),
  parameters: selection,
  answers: { 200: one('ScimGroup'), 304: same, ...asking },
}
export const replaceGroupRoute: RouteDescription = {
  ...about('replace_scim_group', 'Say everything of a group anew', 'Alles über eine Gruppe neu angeben'),
  parameters: [seen],
  body: groupBody,
  answers: { 200: one('ScimGroup'), ...changing },
}
export const patchGroupRoute: RouteDescription = {
  ...about('update_scim_group', 'Change a group', 'Eine Gruppe ändern'),
  parameters: [seen],
  body: patch,
  answers: { 200: one('ScimGroup'), ...changing },
}
export const deleteGroupRoute: RouteDescription = {
  ...about('delete_scim_group', 'Remove a group', 'Eine Gruppe entfernen'),
  parameters: [seen],
  answers: { 204: gone, ...changing },
}
