import type { ApiClientDocument } from '@plinth/sdk'
import { html } from 'lit'
import './client-dialog.ts'
import { clientSecret } from './client-secret.ts'
import { fetchClients, removeClient, rotateClient } from './clients-api.ts'
import { ProgramList } from './program-list.ts'
import type { Secret } from './secret-dialog.ts'
import { t } from './texts.ts'

/** The programs that get tokens in this workspace. */
export class ClientList extends ProgramList<ApiClientDocument> {
  protected override get words() {
    return {
      title: t('clients.title'),
      hint: t('clients.hint'),
      create: t('clients.new'),
      none: t('clients.none'),
      end: t('clients.remove'),
      endHeading: (name: string) => t('clients.remove.heading', { name }),
      endText: t('clients.remove.text'),
      endDo: t('clients.remove.do'),
      ended: (name: string) => t('clients.removed', { name }),
    }
  }

  protected override fetch(signal: AbortSignal): Promise<readonly ApiClientDocument[]> {
    return fetchClients({ signal })
  }

  protected override async rotate({ id, name, kind }: ApiClientDocument): Promise<Secret> {
    return clientSecret(name, kind, await rotateClient(id))
  }

  protected override end({ id }: ApiClientDocument): Promise<void> {
    return removeClient(id)
  }

  protected override hasSecret({ kind }: ApiClientDocument): boolean {
    return kind !== 'native'
  }

  protected override markOf({ id }: ApiClientDocument): string {
    return id
  }

  protected override factsOf({ kind }: ApiClientDocument): { before: string } {
    return { before: t(`clients.kind.${kind}`) }
  }

  protected override dialog(onSaved: () => void, onCreated: (event: CustomEvent<Secret>) => void): unknown {
    return html`<pl-client-dialog class="dialog" @saved=${onSaved} @created=${onCreated}></pl-client-dialog>`
  }
}

customElements.define('pl-client-list', ClientList)
