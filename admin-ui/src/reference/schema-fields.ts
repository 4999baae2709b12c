import { html, nothing } from 'lit'
import { follow, kindOf, schemaName, SHORT, type ApiDocument, type Schema } from './api-document.ts'
import './folded-fields.ts'
import { t } from './texts.ts'

/** Levels that open one inside the other: filters contain filters, for ever. */
const DEEPEST = 4

/** The fields of a schema as a list: name, kind, rules, what it means; those of schemas inside are folded. */
export function schemaFields(document: ApiDocument, schema: Schema, depth = 0): unknown {
  const whole = innermost(document, schema)
  const fields = Object.entries(whole.properties ?? {})
  if (fields.length === 0) return html`<p class="kind">${kind(schema)}</p>`
  const required = new Set(whole.required)
  return html`<dl class="fields">
    ${fields.map(
      ([name, each]) =>
        html`<div>
          <dt>
            <code>${name}</code><span class="kind">${kind(each)}</span>
            ${required.has(name) && !each.readOnly ? html`<span class="flag">${t('schema.required')}</span>` : nothing}
            ${each.readOnly ? html`<span class="flag calm">${t('schema.readOnly')}</span>` : nothing}
            ${each['x-sortable'] ? html`<span class="flag calm">${t('schema.sortable')}</span>` : nothing}
          </dt>
          <dd>${about(each)} ${inner(document, name, each, depth)}</dd>
        </div>`,
    )}
  </dl>`
}

export function kind(schema: Schema): string {
  return kindOf(schema, { list: t('schema.list'), or: t('schema.or') })
}

/** Label, meaning, values, bounds, default and example. */
export function about(schema: Schema): unknown {
  const labels = Object.entries(schema['x-labels'] ?? {})
  const bounds = [
    schema.minimum === undefined ? '' : `≥ ${schema.minimum}`,
    schema.maximum === undefined ? '' : `≤ ${schema.maximum}`,
    schema.pattern ?? '',
  ].filter(Boolean)
  const values = schema.items?.enum ?? ((schema.enum?.length ?? 0) > SHORT ? schema.enum! : [])
  return html`${schema.title ? html`<span>${schema.title}</span>` : nothing}
  ${schema.description ? html`<span class="help">${schema.description}</span>` : nothing}
  ${
    labels.length > 0
      ? html`<span class="values"
          >${labels.map(([value, label]) => html`<code>${value}</code> ${label} `)}</span
        >`
      : nothing
  }
  ${values.length > 0 && labels.length === 0 ? html`<span class="values">${values.map((value) => html`<code>${String(value)}</code> `)}</span>` : nothing}
  ${schema['x-references'] ? html`<span>→ <code>${schema['x-references']}</code></span>` : nothing}
  ${lengthOf(schema)} ${bounds.length > 0 ? html`<code class="bounds">${bounds.join(' ')}</code>` : nothing}
  ${shown(t('schema.default'), schema['x-default'] ?? schema.default)}
  ${schema.properties || schema.$ref ? nothing : shown(t('schema.example'), schema.example)}`
}

function lengthOf({ minLength = 0, maxLength }: Schema): unknown {
  if (minLength === 0 && maxLength === undefined) return nothing
  const open = minLength === 0 ? 'schema.length.most' : 'schema.length'
  const key = maxLength === undefined ? 'schema.length.least' : open
  return html`<span>${t(key, { least: minLength, most: maxLength ?? 0 })}</span>`
}

function shown(label: string, value: unknown): unknown {
  if (value === undefined || value === null) return nothing
  return html`<span class="shown">${label} <code>${JSON.stringify(value)}</code></span>`
}

function inner(document: ApiDocument, name: string, schema: Schema, depth: number): unknown {
  const whole = innermost(document, schema)
  if (depth >= DEEPEST || Object.keys(whole.properties ?? {}).length === 0) return nothing
  const label = schemaName(schema) ?? name
  return html`<details>
    <summary>${t('schema.deeper', { name: label })}</summary>
    <pl-folded-fields .fields=${() => schemaFields(document, whole, depth + 1)}></pl-folded-fields>
  </details>`
}

/** The object behind references, lists and alternatives: where the fields are. */
function innermost(document: ApiDocument, schema: Schema): Schema {
  const here = follow<Schema>(document, schema)
  if (here.properties) return here
  if (here.items) return innermost(document, here.items)
  const parts = here.anyOf ?? here.allOf ?? []
  return parts.map((each) => innermost(document, each)).find((each) => each.properties) ?? here
}
