import type { ApiKeyDocument } from '@plinth/sdk'
import { fmt } from '@plinth/ui'
import { html } from 'lit'
import './key-dialog.ts'
import { keySecret } from './key-secret.ts'
import { fetchKeys, revokeKey, rotateKey } from './keys-api.ts'
import { ProgramList, type Facts } from './program-list.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** Long enough to put another key in its place. */
const SOON_MS = 14 * 86_400_000

/** The workspace's API keys. */
export class KeyList extends ProgramList<ApiKeyDocument> {
  protected override get words() {
    return {
      title: t('keys.title'),
      hint: t('keys.hint'),
      create: t('keys.new'),
      none: t('keys.none'),
      end: t('keys.revoke'),
      endHeading: (name: string) => t('keys.revoke.heading', { name }),
      endText: t('keys.revoke.text'),
      endDo: t('keys.revoke.do'),
      ended: (name: string) => t('keys.revoked', { name }),
    }
  }

  protected override fetch(signal: AbortSignal): Promise<readonly ApiKeyDocument[]> {
    return fetchKeys({ signal })
  }

  protected override async rotate({ id, name }: ApiKeyDocument): Promise<Secret> {
    return keySecret(name, (await rotateKey(id)).key)
  }

  protected override end({ id }: ApiKeyDocument): Promise<void> {
    return revokeKey(id)
  }

  protected override hasSecret(): boolean {
    return true
  }

  protected override markOf({ hint }: ApiKeyDocument): string {
    return hint && `${hint}…`
  }

  protected override factsOf({ expiresAt }: ApiKeyDocument): Facts {
    if (!expiresAt) return {}
    if (Date.parse(expiresAt) - Date.now() < SOON_MS)
      return { soon: t('keys.endsSoon', { when: fmt.rel(expiresAt) }) }
    return { after: t('keys.endsOn', { date: fmt.datetime(expiresAt) }) }
  }

  protected override dialog(onSaved: () => void, onCreated: (event: CustomEvent<Secret>) => void): unknown {
    return html`<pl-key-dialog class="dialog" @saved=${onSaved} @created=${onCreated}></pl-key-dialog>`
  }
}

customElements.define('pl-key-list', KeyList)
