import type { EntityMeta } from '@plinth/sdk'
import {
  api,
  ApiProblem,
  asProblem,
  beforeLeave,
  common,
  confirm,
  navigate,
  nestCustomValues,
  path,
  PlinthElement,
  query,
  Resource,
  toast,
  withCustomValues,
  type AnyRecord,
} from '@plinth/ui'
import '@plinth/ui/form'
import { initialValues, type ChildForm, type FormValues, type PlRecordForm } from '@plinth/ui/form'
import { html, type PropertyDeclarations } from 'lit'
import { toastProblem } from '../toast-problem.ts'
import { entityFormStyles } from './entity-form.styles.ts'
import { childLists, familiesOf, includesWith } from './families.ts'
import { isReadable } from './references.ts'
import { withReachableStates } from './record-moves.ts'
import { recordName } from './record-name.ts'
import { renderFailure, renderWaiting } from './screen-frame.ts'
import { inSentence, t } from './texts.ts'

interface Loaded {
  readonly meta: EntityMeta
  readonly families: readonly ChildForm[]
  /** Undefined for a new record. */
  readonly record: AnyRecord | undefined
  readonly initial: FormValues
}

/** A new or existing record of any entity as a form, with everything around it: saving, leaving, and other people. */
export class EntityForm extends PlinthElement {
  static override properties: PropertyDeclarations = {
    entityId: { attribute: false },
    recordId: { attribute: false },
    saving: { state: true },
  }
  declare entityId: string
  /** Undefined for a new record. */
  declare recordId: string | undefined
  declare saving: boolean

  #allow: (() => void) | undefined
  readonly #form = new Resource<Loaded>(
    this,
    async (signal) => {
      const whole = await api.get<EntityMeta>(`/api/v1/meta/${this.entityId.replace('.', '/')}`, { signal })
      // A reference into a plugin that is switched off can neither be shown nor chosen.
      const meta = { ...whole, fields: whole.fields.filter(isReadable) }
      const needed = this.recordId ? 'update' : 'create'
      if (!meta.can.includes(needed)) throw new ApiProblem({ status: 403, code: 'permission_missing' })
      const families = await familiesOf(meta)
      if (!this.recordId)
        return { meta, families, record: undefined, initial: initialValues(meta.fields, query.peek()) }
      const record = await this.#read(meta, families, signal)
      return { meta, families, record, initial: record }
    },
    () => [this.entityId, this.recordId],
  )

  static override styles = entityFormStyles

  constructor() {
    super()
    this.saving = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#shortcut)
    addEventListener('beforeunload', this.#unload)
    this.#allow = beforeLeave(() => !this.#dirty || this.#mayLeave())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#shortcut)
    removeEventListener('beforeunload', this.#unload)
    this.#allow?.()
  }

  get #fields(): PlRecordForm | null {
    return this.renderRoot.querySelector('pl-record-form')
  }

  get #dirty(): boolean {
    return this.#fields?.dirty ?? false
  }

  #address(meta: EntityMeta, families: readonly ChildForm[]): string {
    const include = includesWith(meta, families).join(',')
    return `${meta.api}/${encodeURIComponent(this.recordId ?? '')}${include && `?include=${include}`}`
  }

  async #read(meta: EntityMeta, families: readonly ChildForm[], signal?: AbortSignal): Promise<AnyRecord> {
    const record = await api.get(this.#address(meta, families), signal ? { signal } : {})
    return withCustomValues(record, childLists(families))
  }

  /** What the form says has changed, as it is sent. */
  #sent({ changes, families }: PlRecordForm): Record<string, unknown> {
    return nestCustomValues(changes, childLists(families))
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (
      event.key.toLowerCase() !== 's' ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey
    )
      return
    event.preventDefault()
    void this.#save()
  }

  readonly #unload = (event: BeforeUnloadEvent): void => {
    if (this.#dirty) event.preventDefault()
  }

  #mayLeave(): Promise<boolean> {
    return confirm({
      heading: t('form.leave.heading'),
      text: t('form.leave.text'),
      confirm: t('form.leave.confirm'),
      danger: true,
    })
  }

  async #save(): Promise<void> {
    const form = this.#fields
    const { meta, record } = this.#form.value ?? {}
    if (!form || !meta || this.saving || !form.check()) return
    this.saving = true
    try {
      if (record) await this.#change(meta, record, form)
      else await this.#create(meta, form)
    } catch (error) {
      await this.#refused(asProblem(error), form)
    } finally {
      this.saving = false
    }
  }

  async #create(meta: EntityMeta, form: PlRecordForm): Promise<void> {
    const created = await api.post(meta.api, this.#sent(form))
    toast(t('form.created', { name: recordName(meta, created) }), { tone: 'positive' })
    await this.#leave(`${meta.path}/${created.id}`)
  }

  async #change(meta: EntityMeta, record: AnyRecord, form: PlRecordForm): Promise<void> {
    const changes = this.#sent(form)
    if (Object.keys(changes).length > 0) {
      try {
        await api.patch(`${meta.api}/${record.id}`, changes, { version: record.version })
      } catch (error) {
        if (asProblem(error).code !== 'version_conflict') throw error
        await this.#resolve(meta, form)
        return
      }
      toast(t('form.saved'), { tone: 'positive' })
    }
    await this.#leave(`${meta.path}/${record.id}`)
  }

  /** Someone else saved first: shows what they saved and lets the person decide. */
  async #resolve(meta: EntityMeta, form: PlRecordForm): Promise<void> {
    const { families } = this.#form.value!
    const latest = await this.#read(meta, families)
    // Rare, and it needs the cells of the grid to show both sides.
    const { askAboutConflict, contested } = await import('./conflict.ts')
    const values = [...contested(meta, form.changes, latest, form.values), ...form.contestedChildren(latest)]
    const answer = await askAboutConflict(meta, recordName(meta, latest), values)
    if (answer === 'cancel') return
    if (answer === 'keep') form.rebase(latest)
    this.#form.set({ meta, families, record: latest, initial: latest })
    await this.updateComplete
    await form.updateComplete
    if (answer === 'keep') await this.#change(meta, latest, form)
  }

  async #leave(to: string): Promise<void> {
    this.#allow?.()
    // The screen may have been left by hand while the answer was on its way.
    if (this.isConnected && path.peek().startsWith(this.#form.value?.meta.path ?? ''))
      await navigate(to, { replace: true })
  }

  async #refused(problem: ApiProblem, form: PlRecordForm): Promise<void> {
    if (problem.errors.length > 0) await form.refuse(problem.errors)
    // A plugin's refusal of the whole record stands above the form, where it can be read in peace.
    else if (problem.code.includes('.'))
      await form.refuse([{ pointer: '', code: problem.code, detail: problem.message }])
    else toastProblem(problem)
  }

  #bar(meta: EntityMeta, record: AnyRecord | undefined): unknown {
    const form = this.#fields
    const count = form?.dirty && record ? Math.max(1, Object.keys(form.changes).length) : 0
    const mac = navigator.platform.startsWith('Mac')
    return html`<div class="bar">
      <div class="inner">
        <p class="unsaved" role="status">${count > 0 ? t('form.unsaved', { count }) : ''}</p>
        <button
          type="button"
          class="pl-button ghost"
          @click=${() => void navigate(record ? `${meta.path}/${record.id}` : meta.path)}
        >
          ${common('common.cancel')}
        </button>
        <button
          type="button"
          class="pl-button primary"
          aria-disabled=${this.saving ? 'true' : 'false'}
          title=${t('form.shortcut', { key: mac ? '⌘' : t('form.ctrl') })}
          @click=${() => void this.#save()}
        >
          ${this.saving ? t('form.saving') : t('form.save')}
        </button>
      </div>
    </div>`
  }

  override render(): unknown {
    const { problem, value } = this.#form
    if (problem) return renderFailure(this.entityId, problem, () => void this.#form.reload(), 'list')
    if (!value) return renderWaiting(this.entityId, 'form')
    const { meta, families, record, initial } = value
    const name = record ? recordName(meta, record) : inSentence(meta.label)
    return html`
      <pl-page-header
        heading=${t(record ? 'form.edit' : 'form.create', { name })}
        back=${record ? `${meta.path}/${record.id}` : meta.path}
      ></pl-page-header>
      <div class="body">
        <pl-record-form
          .meta=${withReachableStates(meta, record)}
          .initial=${initial}
          .families=${families}
          ?creating=${!record}
          @changed=${() => this.requestUpdate()}
        ></pl-record-form>
      </div>
      ${this.#bar(meta, record)}
    `
  }
}

customElements.define('pl-entity-form', EntityForm)
