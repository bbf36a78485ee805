import type { BackupEntry } from '#shared/domain/backup.ts'
import { phrase } from '#shared/locales/phrase.ts'

/** One backup in one line, for a terminal or a dialog: its name, when and why, what it holds and what it lacks. */
export function backupLine({ name, at, why, state, holds }: BackupEntry): string {
  const is = state === 'good' ? [] : [phrase(`terminal.backup.state.${state}`)]
  const parts = [name, `${whenOf(at)}, ${phrase(`terminal.backup.why.${why}`)}`, ...is]
  if (holds === null) return parts.join('  ')
  const exams = holds.exams.map(({ title, submitted, encounters }) =>
    phrase('terminal.backup.exam', { title, submitted, encounters }),
  )
  const missing = holds.missing === null ? [] : [phrase('terminal.backup.lacks', { count: holds.missing })]
  return [...parts, phrase('terminal.backup.events', { count: holds.events }), ...missing, ...exams].join('  ')
}

/** "22 Nov 2026, 10:31" from an ISO instant, in local time. */
export const whenOf = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))
