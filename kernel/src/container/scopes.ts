import { asValue, createContainer, InjectionMode, type AwilixContainer, type Resolver } from 'awilix'

/** A level of the container: root (the platform's services), tenant, or request. A level sees what is above it. */
export type Scope<C extends object> = AwilixContainer<C>

/** Opens the root. Strict: a service of a longer life cannot hold one of a shorter. */
export function createRoot<C extends object>(registrations: {
  readonly [K in keyof C]: Resolver<C[K]>
}): Scope<C> {
  const root = createContainer<C>({ injectionMode: InjectionMode.PROXY, strict: true })
  root.register(registrations)
  return root
}

/** Opens a level below another, with the values that belong to it. */
export function openScope<P extends object, V extends object>(parent: Scope<P>, values: V): Scope<P & V> {
  const scope = parent.createScope<V>()
  for (const [name, value] of Object.entries(values)) scope.register(name, asValue(value))
  return scope
}
