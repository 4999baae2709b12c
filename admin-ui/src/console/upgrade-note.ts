import type { PluginCard, PluginUpgrade, UpgradeError } from '@plinth/sdk'
import { fmt } from '@plinth/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { t } from './texts.ts'

/** Why a plugin is out of service, in one sentence: an upgrade that failed says it in the words of this language. */
export function haltedSentence({ reason, upgrade }: PluginCard): string | undefined {
  if (upgrade?.state === 'failed' && upgrade.errors.length > 0)
    return [
      t('upgrade.failed', { to: upgrade.to, count: upgrade.errors.length }),
      ...trashSentence(upgrade),
    ].join(' ')
  return reason === undefined ? undefined : t('quarantine.reason', { reason })
}

/** That records lists do not show are among those refused, where there are any. */
function trashSentence({ errors }: PluginUpgrade): string[] {
  const { size } = new Set(errors.flatMap(({ record, trash }) => (trash ? [record] : [])))
  return size === 0 ? [] : [t('upgrade.trash', { count: size })]
}

/** How far the records are on their way to the version that is installed; nothing where there is no way to go. */
export function renderProgress({ state, upgrade }: PluginCard): TemplateResult | typeof nothing {
  if (state !== 'upgrading' || !upgrade) return nothing
  const { to, records } = upgrade
  const { done, total } = records
  const sentence =
    upgrade.state === 'pending'
      ? t('upgrade.waits', { to })
      : t('upgrade.runs', { to, done: fmt.num(done), total: fmt.num(total) })
  return html`<span class="upgrade" role="status">
    <span>${sentence}</span>
    <span
      class="track"
      role="progressbar"
      aria-label=${t('upgrade.progress')}
      aria-valuemin="0"
      aria-valuemax=${Math.max(total, 1)}
      aria-valuenow=${Math.min(done, Math.max(total, 1))}
      ><span class="bar" style="inline-size: ${total === 0 ? 0 : Math.min(100, (done / total) * 100)}%"></span
    ></span>
  </span>`
}

/** What the new version does not accept, record by record. */
export function renderErrors({ upgrade }: PluginCard): TemplateResult | typeof nothing {
  if (upgrade?.state !== 'failed' || upgrade.errors.length === 0) return nothing
  return html`<div class="fact">
    <dt>${t('upgrade.errors', { to: upgrade.to })}</dt>
    <dd>
      <ul class="errors">
        ${upgrade.errors.map(
          (error) =>
            html`<li>
              <span class="where">${placeOf(error)}</span>
              <span>${error.detail}</span>
              ${error.record === undefined ? nothing : html`<code>${error.record}</code>`}
              ${error.trash ? html`<span class="trash">${t('upgrade.inTrash')}</span>` : nothing}
            </li>`,
        )}
      </ul>
      <p class="remedy">
        ${t('upgrade.remedy', { from: upgrade.from })}
        ${upgrade.errors.some(({ trash }) => trash) ? t('upgrade.trashRemedy') : nothing}
      </p>
    </dd>
  </div>`
}

function placeOf({ entity, pointer }: UpgradeError): string {
  return [entity, ...pointer.split('/')].filter((part) => part).join(' › ')
}

export const upgradeStyles = css`
  .upgrade {
    display: grid;
    gap: 6px;
    margin-block-start: 4px;
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    font-variant-numeric: tabular-nums;
    line-height: 18px;
    text-wrap: pretty;
  }
  .track {
    max-inline-size: 260px;
    block-size: 4px;
    overflow: hidden;
    border-radius: 99px;
    background: var(--pl-hairline-strong);
  }
  .bar {
    display: block;
    block-size: 100%;
    background: var(--pl-accent);
    transition: inline-size var(--pl-quick) var(--pl-ease);
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }
    .bar {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`
