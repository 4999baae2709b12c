import { pick, type ApiProblem } from '@plinth/ui'
import { html, type TemplateResult } from 'lit'
import { shell } from '../session/state.ts'

/** The plural name of an entity, known before anything of it is loaded. */
function nameOf(entityId: string): string {
  const entity = shell.value?.entities[entityId]
  return entity ? pick(entity.labelPlural) : ''
}

/** A screen that could not be loaded: still headed by what it is about, with a way back to the list. */
export function renderFailure(
  entityId: string,
  problem: ApiProblem,
  retry: () => void,
  back?: 'list',
): TemplateResult {
  const path = back && shell.value?.entities[entityId]?.path
  return html`<pl-page-header heading=${nameOf(entityId)} .back=${path}></pl-page-header>
    <pl-error .error=${problem} @retry=${retry}></pl-error>`
}

/** A screen on its way, in its later shape; its heading is there for screen readers already. */
export function renderWaiting(entityId: string, kind: 'page' | 'form'): TemplateResult {
  return html`<h1 class="pl-sr-only">${nameOf(entityId)}</h1>
    <pl-skeleton kind=${kind}></pl-skeleton>`
}
