import type { Db } from './connection.ts'
import { chainKey, importedChains, type ImportedChain } from './imported-chains.ts'

/** Every name that this installation has written under, the present one among them. */
export function ownDevices(db: Db): ReadonlySet<string> {
  // A file of before there was the table had one name alone.
  const hasEarlier = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'own_device'").get() !== undefined
  const earlier = hasEarlier ? ' UNION SELECT device FROM own_device' : ''
  return new Set(db.prepare<[], string>(`SELECT device FROM installation${earlier}`).pluck().all())
}

/**
 * Tells whether a chain is here as this installation wrote it. One of an earlier name may end early, where a backup was
 * older than its end; once a bundle brought some of what followed it is as a chain from elsewhere: with gaps, and with
 * events of what the backup does not hold.
 */
export function ownChains(
  db: Db,
  imported: ReadonlyMap<string, ImportedChain> = importedChains(db),
): (device: string, examId: string) => boolean {
  const present = db.prepare<[], string>('SELECT device FROM installation').pluck().get()
  const own = ownDevices(db)
  return (device, examId) => device === present || (own.has(device) && !imported.has(chainKey(device, examId)))
}
