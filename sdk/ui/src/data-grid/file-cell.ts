import type { FileReference } from '@plinth/sdk'
import { css, html, type TemplateResult } from 'lit'
import { href } from '../api/base.ts'
import { fmt } from '../i18n/format.ts'
import type { GridColumn } from './column.ts'

/** Where the bytes of a row's file are; nowhere for rows that are no records. */
export function fileAddress<R>(column: GridColumn<R>, row: R): string | undefined {
  const { id } = row as { readonly id?: string }
  return column.file && id ? `${column.file}/${id}/files/${column.key}` : undefined
}

const ICONS: readonly (readonly [start: string, icon: string])[] = [
  ['image/', 'image'],
  ['audio/', 'file-audio'],
  ['video/', 'file-video'],
  ['text/csv', 'sheet'],
  ['application/vnd.ms-excel', 'sheet'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml', 'sheet'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'sheet'],
  ['application/zip', 'file-archive'],
  ['text/', 'file-text'],
  ['application/pdf', 'file-text'],
  ['application/msword', 'file-text'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml', 'file-text'],
  ['application/vnd.oasis.opendocument.text', 'file-text'],
]

/** Name of the icon for files of a type. */
export function fileIcon(type: string): string {
  return ICONS.find(([start]) => type.startsWith(start))?.[1] ?? 'file'
}

/** Types every browser shows as a picture. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/bmp',
])

export function isPicture({ type }: FileReference): boolean {
  return PICTURES.has(type)
}

/** Icon, name and size of a file; a link where its bytes are known to be. */
export function fileCell({ name, type, size }: FileReference, address: string | undefined): TemplateResult {
  const label = html`<span class="file-name">${name}</span>`
  return html`<span class="file"
    ><pl-icon name=${fileIcon(type)}></pl-icon>${
      address
        ? html`<a class="soft file-name" href=${href(address)} target="_blank" rel="noopener">${name}</a>`
        : label
    }<span class="quiet file-size">${fmt.bytes(size)}</span></span
  >`
}

export const fileCellStyles = css`
  .file {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    min-width: 0;
    vertical-align: bottom;
    --pl-icon-size: 15px;
  }
  .file pl-icon {
    flex: none;
    color: var(--pl-text-2);
  }
  .file-name {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .file-size {
    flex: none;
    font-size: var(--pl-size-12);
    font-variant-numeric: tabular-nums;
  }
`
