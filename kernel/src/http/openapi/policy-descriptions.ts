import type { JsonSchema } from '../../data/index.ts'
import { POLICY_SECTION_NAMES, POLICY_SECTIONS } from '../../identity/index.ts'
import type { RouteDescription } from './describe.ts'
import { itemsOf, ref } from './schema-reference.ts'

const sections = (more: JsonSchema, required: boolean): Record<string, JsonSchema> =>
  Object.fromEntries(
    POLICY_SECTION_NAMES.map((name) => {
      const { properties } = POLICY_SECTIONS[name]
      return [
        name,
        { type: 'object', properties, ...(required ? { required: Object.keys(properties) } : {}), ...more },
      ]
    }),
  )

const example = {
  policy: Object.fromEntries(POLICY_SECTION_NAMES.map((name) => [name, POLICY_SECTIONS[name].defaults])),
  warnings: [],
}

const answer = {
  description: {
    en: 'What applies, and settings that weaken what they seem to strengthen',
    de: 'Was gilt, und Einstellungen, die schwächen, was sie zu stärken scheinen',
  },
  content: {
    schema: {
      type: 'object',
      required: ['policy', 'warnings'],
      properties: {
        policy: {
          type: 'object',
          required: [...POLICY_SECTION_NAMES],
          properties: sections({}, true),
        },
        warnings: {
          type: 'array',
          items: {
            type: 'object',
            required: ['section', 'setting', 'code'],
            properties: {
              section: { type: 'string' },
              setting: { type: 'string' },
              code: { type: 'string' },
            },
          },
        },
      },
    },
    example,
  },
}

export const policyRoute: RouteDescription = {
  id: 'get_security_policy',
  tag: 'security',
  permission: 'platform.kernel.policy.read',
  summary: {
    en: 'What is asked of those who sign in',
    de: 'Was von denen verlangt wird, die sich anmelden',
  },
  answers: { 200: answer },
}

export const changePolicyRoute: RouteDescription = {
  id: 'update_security_policy',
  tag: 'security',
  permission: 'platform.kernel.policy.change',
  summary: {
    en: 'Change single settings; what is not named stays',
    de: 'Einzelne Einstellungen ändern; was nicht genannt ist, bleibt',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: sections({ additionalProperties: false }, false),
    },
    example: { password: { minLength: 20 }, lockout: { attempts: 5, minutes: 30 } },
  },
  answers: { 200: answer },
  problems: ['confirmation_needed'],
}

export const policyVersionsRoute: RouteDescription = {
  id: 'list_security_policy_versions',
  tag: 'security',
  permission: 'platform.kernel.policy.read',
  summary: { en: 'What the policy was, and who changed it', de: 'Was galt, und wer es geändert hat' },
  answers: {
    200: {
      description: { en: 'The latest hundred, newest first', de: 'Die letzten hundert, neueste zuerst' },
      content: { schema: itemsOf(ref('PolicyVersion')), example: { items: [] } },
    },
  },
}

export const restorePolicyRoute: RouteDescription = {
  id: 'restore_security_policy',
  tag: 'security',
  permission: 'platform.kernel.policy.change',
  summary: { en: 'Bring an earlier version back', de: 'Eine frühere Fassung zurückholen' },
  description: {
    en: 'Makes a new version. Settings that did not exist then stay as they are.',
    de: 'Ergibt eine neue Fassung. Einstellungen, die es damals nicht gab, bleiben.',
  },
  parameters: [
    {
      name: 'number',
      in: 'path',
      description: { en: 'Number of the version', de: 'Nummer der Fassung' },
      schema: { type: 'integer', minimum: 1 },
      example: 3,
    },
  ],
  answers: { 200: answer },
  problems: ['confirmation_needed', 'not_found', 'validation_failed'],
}

export const baselineRoute: RouteDescription = {
  id: 'get_security_baseline',
  tag: 'security',
  permission: 'platform.kernel.policy.read',
  summary: {
    en: 'What is recommended, and what of the policy is weaker',
    de: 'Was empfohlen ist, und was schwächer eingestellt ist',
  },
  answers: {
    200: {
      description: { en: 'The recommendations of today', de: 'Die heutigen Empfehlungen' },
      content: { schema: ref('SecurityBaseline'), example: { version: '2026-11', gaps: [] } },
    },
  },
}

export const adoptBaselineRoute: RouteDescription = {
  id: 'adopt_security_baseline',
  tag: 'security',
  permission: 'platform.kernel.policy.change',
  summary: {
    en: 'Bring what is weaker up to the recommendations',
    de: 'Was schwächer ist, auf die Empfehlungen bringen',
  },
  description: {
    en: 'What is stricter stays. 409 version_conflict when there are other recommendations than those that were seen.',
    de: 'Was strenger ist, bleibt. 409 version_conflict, wenn es andere Empfehlungen gibt als die gesehenen.',
  },
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['version'],
      properties: { version: { type: 'string' } },
    },
    example: { version: '2026-11' },
  },
  answers: { 200: answer },
  problems: ['confirmation_needed', 'version_conflict'],
}

export const securityReportRoute: RouteDescription = {
  id: 'get_security_report',
  tag: 'security',
  permission: 'platform.kernel.policy.report',
  summary: { en: 'What weakens the workspace', de: 'Was den Arbeitsbereich schwächt' },
  parameters: [
    {
      name: 'since',
      description: {
        en: 'From when on security events are counted; default: a day ago',
        de: 'Ab wann Sicherheitsereignisse gezählt werden; sonst seit einem Tag',
      },
      schema: { type: 'string', format: 'date-time' },
      example: '2026-11-01T00:00:00Z',
    },
  ],
  answers: {
    200: {
      description: { en: 'Findings, the worst first', de: 'Befunde, die schwersten zuerst' },
      content: { schema: ref('SecurityReport') },
    },
  },
  problems: ['query_invalid'],
}
