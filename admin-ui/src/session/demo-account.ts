import { shell, tenant } from './state.ts'

/** Whether who is signed in uses an account that a demonstration shows to everyone, and that stays as it is. */
export function isDemoAccount(): boolean {
  const own = shell.value?.member.email
  return tenant.value?.demo?.some(({ email }) => email === own) ?? false
}
