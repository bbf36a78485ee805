/** "8", "8:30" and "8.5" minutes in seconds; null for what means no length of time. */
export function parseDuration(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(plain)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  return /^\d{1,3}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 60) : null
}
