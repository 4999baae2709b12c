/** Whether anything of a text can be seen: what cannot is as good as nothing, and stored as such. */
export function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}]/u.test(text)
}
