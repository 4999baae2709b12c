import semver from 'semver'
import { HOST_API_VERSION } from '../host-api-version.ts'
import type { ContributionPoint } from '../point.ts'
import { dict, text } from '../reading.ts'
import { RESERVED_PLUGIN_IDS } from '../reserved-names.ts'
import { closed, iconName, kebabName, languageTag, localised } from '../vocabulary.ts'

const properties = {
  manifestVersion: { const: 1, description: '1, the version of this format' },
  id: kebabName,
  version: { type: 'string', minLength: 1, maxLength: 64, description: 'a semantic version, like "1.4.0"' },
  publisher: kebabName,
  license: {
    type: 'string',
    pattern: '^[A-Za-z0-9.+()-]+( [A-Za-z0-9.+()-]+)*$',
    maxLength: 120,
    description: 'an SPDX expression, like "MIT" or "Apache-2.0 OR MIT"',
  },
  area: kebabName,
  name: localised,
  description: localised,
  icon: iconName,
  category: localised,
  engines: closed({ plinth: { type: 'string', minLength: 1, maxLength: 120 } }, ['plinth']),
}

/** What the plugin is called, whose it is, and which platform it is made for. */
export const identity: ContributionPoint = {
  name: 'identity',
  properties,
  required: Object.keys(properties),
  definitions: {
    language: languageTag,
    text: {
      description: 'A text a person reads, by BCP 47 language. English is the fallback and always present.',
      type: 'object',
      required: ['en'],
      propertyNames: { $ref: '#/$defs/language' },
      additionalProperties: {
        type: 'string',
        pattern: '\\S',
        maxLength: 1000,
        description: 'a text that is not blank',
      },
    },
  },
  check(manifest, _context, report) {
    const id = text(manifest['id'])
    if (id !== undefined && RESERVED_PLUGIN_IDS.has(id)) {
      report(['id'], 'id_reserved', `The id "${id}" belongs to the platform; choose another.`)
    }
    const version = text(manifest['version'])
    // semver trims and takes a leading "v"; the registry and the ledger of migrations compare versions as they stand.
    if (version && (semver.valid(version) === null || !/^\d\S*$/u.test(version))) {
      report(['version'], 'version_invalid', `"${version}" is not a semantic version, like "1.4.0".`)
    }
    const range = text(dict(manifest['engines'])['plinth'])
    if (!range) return
    if (semver.validRange(range) === null) {
      report(
        ['engines', 'plinth'],
        'range_invalid',
        `"${range}" is not a range of semantic versions, like "^1".`,
      )
    } else if (!semver.satisfies(HOST_API_VERSION, range)) {
      const message = `Made for host API ${range}; this platform offers ${HOST_API_VERSION}.`
      report(['engines', 'plinth'], 'engine_unsupported', message)
    }
  },
}
