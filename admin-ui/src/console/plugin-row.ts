import type { PluginCard } from '@plinth/sdk'
import { common, hueOf, pick } from '@plinth/ui'
import { css, html, nothing, type TemplateResult } from 'lit'
import { switchStyles } from './switch.styles.ts'
import { t } from './texts.ts'
import { haltedSentence, renderProgress, upgradeStyles } from './upgrade-note.ts'

/** What a row needs to know and may ask for. */
export interface RowContext {
  /** Id of the plugin whose details are open. */
  readonly chosen: string | undefined
  /** What is shown while the server has not answered yet. */
  isOn(plugin: PluginCard): boolean
  isBusy(plugin: PluginCard): boolean
  open(plugin: PluginCard): void
  flip(plugin: PluginCard): void
  retry(plugin: PluginCard): void
}

function control(plugin: PluginCard, context: RowContext): TemplateResult {
  const name = pick(plugin.name)
  if (plugin.state === 'quarantined') {
    return html`<button
      class="pl-button retry"
      type="button"
      aria-label=${t('quarantine.retry', { name })}
      aria-disabled=${context.isBusy(plugin) ? 'true' : 'false'}
      @click=${() => context.retry(plugin)}
    >
      <pl-icon name="rotate-cw"></pl-icon>${common('common.retry')}
    </button>`
  }
  // A plugin that was switched on in a higher tier can still be switched off.
  if (plugin.locked && plugin.state === 'disabled') {
    return html`<button class="lock" type="button" @click=${() => context.open(plugin)}>
      <pl-icon name="lock"></pl-icon>${t('page.from', { tier: common(`tier.${plugin.locked.tier}`) })}
    </button>`
  }
  return html`<button
    class="switch"
    type="button"
    role="switch"
    aria-checked=${context.isOn(plugin) ? 'true' : 'false'}
    aria-label=${t('page.switch', { name })}
    aria-busy=${context.isBusy(plugin) ? 'true' : 'false'}
    @click=${() => context.flip(plugin)}
  ></button>`
}

/** One plugin: what it is, and its switch, or what stands in its place. */
export function renderRow(plugin: PluginCard, context: RowContext): TemplateResult {
  const on = context.isOn(plugin)
  const chosen = context.chosen === plugin.id
  const halted = haltedSentence(plugin)
  const hue = on ? hueOf(plugin.id) : undefined
  return html`<li class=${chosen ? 'row chosen' : 'row'}>
    <button
      class="open"
      type="button"
      data-plugin=${plugin.id}
      aria-expanded=${chosen ? 'true' : 'false'}
      @click=${() => context.open(plugin)}
    >
      <pl-icon-tile .icon=${plugin.icon} .hue=${hue}></pl-icon-tile>
      <span class="words">
        <span class="name">${pick(plugin.name)}</span>
        <span class="text">${pick(plugin.description)}</span>
        ${
          halted === undefined
            ? nothing
            : html`<span class="reason"><pl-icon name="octagon-pause"></pl-icon>${halted}</span>`
        }
        ${renderProgress(plugin)}
      </span>
    </button>
    ${plugin.tier !== 'free' && !plugin.locked ? html`<span class="tier">${common(`tier.${plugin.tier}`)}</span>` : nothing}
    ${control(plugin, context)}
  </li>`
}

export const rowStyles = css`
  ${upgradeStyles}
  ${switchStyles}
  .row {
    position: relative;
    display: flex;
    align-items: center;
    gap: 14px;
    padding-inline-end: 16px;
  }
  .row + .row {
    border-block-start: 1px solid var(--pl-hairline);
  }
  .row:first-child,
  .row:first-child .open {
    border-start-start-radius: calc(var(--pl-radius-l) - 1px);
    border-start-end-radius: calc(var(--pl-radius-l) - 1px);
  }
  .row:last-child,
  .row:last-child .open {
    border-end-start-radius: calc(var(--pl-radius-l) - 1px);
    border-end-end-radius: calc(var(--pl-radius-l) - 1px);
  }
  .row:hover {
    background: color-mix(in oklch, var(--pl-hover) 60%, transparent);
  }
  .row.chosen {
    background: var(--pl-hover);
  }
  .open {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 14px;
    min-width: 0;
    min-height: 66px;
    padding: 12px 0 12px 16px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .open:focus-visible {
    outline-offset: -3px;
  }
  .words {
    display: grid;
    min-width: 0;
  }
  .name {
    font-weight: 550;
    line-height: 20px;
  }
  .text {
    color: var(--pl-text-2);
    font-size: var(--pl-size-13);
    line-height: 18px;
    text-wrap: pretty;
  }
  .reason {
    display: flex;
    gap: 6px;
    margin-block-start: 4px;
    color: var(--pl-danger-text);
    font-size: var(--pl-size-13);
    line-height: 18px;
    overflow-wrap: anywhere;
    --pl-icon-size: 14px;
  }
  .reason pl-icon {
    margin-block-start: 2px;
  }
  .tier {
    flex: none;
    color: var(--pl-text-2);
    font-size: var(--pl-size-12);
  }
  .lock {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding: 0 10px;
    border: 1px solid var(--pl-hairline);
    border-radius: 99px;
    background: none;
    color: var(--pl-text-2);
    font: 500 var(--pl-size-12) / 18px var(--pl-font);
    cursor: pointer;
    --pl-icon-size: 13px;
  }
  .lock:hover {
    border-color: var(--pl-hairline-strong);
    color: var(--pl-text);
  }
  .retry {
    flex: none;
  }
  @media (max-width: 520px) {
    .row {
      flex-wrap: wrap;
      row-gap: 0;
    }
    .row .tier {
      display: none;
    }
    .row:has(.lock, .retry) .open {
      flex-basis: 100%;
    }
    .row :is(.lock, .retry) {
      margin: -4px 0 14px 66px;
    }
  }
`
