import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import { hasPhrase, phrase } from '#shared/locales/phrase.ts'

/**
 * What a code means, for the command line, the web host's terminal and Electron's error dialog: what happened and what
 * to do. Where a terminal needs other words than a screen (paths, flags), the locale's "terminal" has them.
 */
export function sentenceFor(code: ErrorCode, params: ErrorParams = {}): string {
  const { left } = params
  const known = { ...params, ...(code === 'folder-in-use' && holderOf(params)) }
  // A database that is gone needs other advice where its log or its backups are left.
  const told = code === 'database-missing' && left !== undefined ? `${code}-${left}` : code
  const sentence = (part: 'what' | 'act') =>
    hasPhrase(`terminal.errors.${told}.${part}`)
      ? phrase(`terminal.errors.${told}.${part}`, known)
      : phrase(`errors.${code}.${part}`, known)
  return `${sentence('what')} ${sentence('act')}`
}

/** Who has the folder, and since when. */
function holderOf({ host, since }: ErrorParams): ErrorParams {
  const known = hasPhrase(`terminal.holder.${host ?? ''}`) ? `terminal.holder.${host ?? ''}` : 'terminal.holder.another'
  const from = new Date(since ?? '')
  if (Number.isNaN(from.getTime())) return { holder: phrase(known) }
  const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  return { holder: phrase(known), when: time.format(from) }
}
