import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beforeLeave, match, navigate, path, query, setQuery, startRouter, type Route } from './router.ts'

const routes: readonly Route[] = [
  { name: 'new', path: '/app/:plugin/:segment/new' },
  { name: 'detail', path: '/app/:plugin/:segment/:id' },
]

describe('match', () => {
  it('takes the first route that fits', () => {
    expect(match(routes, '/app/crm/customers/new')?.name).toBe('new')
    expect(match(routes, '/app/crm/customers/42')).toMatchObject({
      name: 'detail',
      params: { plugin: 'crm', id: '42' },
    })
  })

  it('decodes parameters', () => {
    expect(match(routes, '/app/crm/customers/M%C3%BCller%20%26%20Co')?.params['id']).toBe('Müller & Co')
  })

  it('finds nothing behind a broken escape or an unknown path', () => {
    expect(match(routes, '/app/crm/customers/%E0%A4%A')).toBeNull()
    expect(match(routes, '/elsewhere')).toBeNull()
  })
})

describe('navigate', () => {
  let base: HTMLBaseElement

  beforeEach(async () => {
    base = document.createElement('base')
    base.href = '/t/acme/'
    document.head.append(base)
    await navigate('/')
  })

  afterEach(() => base.remove())

  it('stays below the base and reports the path without it', async () => {
    await navigate('/app/crm/customers?q=meyer')
    expect(location.pathname).toBe('/t/acme/app/crm/customers')
    expect(path.value).toBe('/app/crm/customers')
    expect(query.value.get('q')).toBe('meyer')
  })

  it('asks before leaving and stays when the answer is no', async () => {
    await navigate('/app/crm/customers/new')
    const takeBack = beforeLeave(() => false)
    await navigate('/')
    expect(path.value).toBe('/app/crm/customers/new')
    takeBack()
    await navigate('/')
    expect(path.value).toBe('/')
  })

  it('does not ask twice once someone has decided to leave', async () => {
    await navigate('/a')
    let asked = 0
    beforeLeave(() => ++asked > 0)
    await navigate('/b')
    await navigate('/c')
    expect(asked).toBe(1)
  })

  it('changes single parts of the query and drops empty ones', async () => {
    await navigate('/list?q=a&sort=name')
    setQuery({ q: null, status: 'open' })
    expect(query.value.toString()).toBe('sort=name&status=open')
    expect(path.value).toBe('/list')
  })
})

describe('a click on a link', () => {
  const base = document.createElement('base')
  startRouter()

  beforeEach(async () => {
    base.href = '/'
    document.head.append(base)
    await navigate('/')
  })
  afterEach(() => base.remove())

  /** Whether the router takes the click over. */
  function takes(to: string): boolean {
    const link = document.createElement('a')
    link.href = to
    document.body.append(link)
    let isTaken = false
    document.addEventListener(
      'click',
      (event) => {
        isTaken = event.defaultPrevented
        event.preventDefault()
      },
      { once: true },
    )
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }))
    link.remove()
    return isTaken
  }

  it('is taken over when it leads to a screen', () => {
    expect(takes('/app/crm/customers')).toBe(true)
  })

  it('is left to the browser when it leads to a file, the API or another workspace', () => {
    expect(['/t/acme/', '/api/v1/openapi.json', '/assets/a.js'].filter(takes)).toEqual([])
  })
})
