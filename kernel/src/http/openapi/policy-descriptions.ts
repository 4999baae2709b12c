import type { JsonSchema } from '../../data/index.ts'
import { POLICY_SECTION_NAMES, POLICY_SECTIONS } from '../../identity/index.ts'
import type { RouteDescription } from './describe.ts'

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
