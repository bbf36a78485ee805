import { posix, win32 } from 'node:path'
import { phrase } from '#shared/locales/phrase.ts'

const services: readonly { name: string; folder: RegExp }[] = [
  { name: 'OneDrive', folder: /^onedrive\b/i },
  { name: 'Dropbox', folder: /^dropbox\b/i },
  { name: 'Google Drive', folder: /^(google ?drive\b.*|my drive)$/i },
  { name: 'iCloud Drive', folder: /^(mobile documents|iclouddrive|icloud drive)$/i },
  { name: 'Nextcloud', folder: /^nextcloud\b/i },
  { name: 'ownCloud', folder: /^owncloud\b/i },
  { name: phrase('terminal.start.syncedFolder'), folder: /^cloudstorage$/i },
]

/**
 * The service that seems to copy this folder to other machines, judged by the names on its path; null for none.
 * Copying a database while it is written to yields unreadable copies and copies that silently miss rows.
 */
export function syncServiceOf(dir: string): string | null {
  const parts = dir.split(dir.includes(win32.sep) ? win32.sep : posix.sep)
  return services.find(({ folder }) => parts.some((part) => folder.test(part)))?.name ?? null
}

/** What to tell the person when the data folder lies where another program copies it away; null where all is well. */
export function syncWarning(dataDir: string): string | null {
  const service = syncServiceOf(dataDir)
  return service && phrase('terminal.start.synced', { service, folder: dataDir })
}
