import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backupFileName,
  backupReasonSchema,
  backupsToRemove,
  parseBackupName,
  type BackupName,
  type BackupReason,
} from '#shared/domain/backup.ts'
import { localDate } from '#shared/domain/local-date.ts'

type Backup = { at: number; why: BackupReason }

const DAY = 86_400_000
const start = Date.parse('2026-11-01T08:00:00Z')
const why = fc.constantFrom(...backupReasonSchema.options)
/** Instants are unique, as no two backups are made at once. */
const backups: fc.Arbitrary<Backup[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 * DAY }), { maxLength: 120 })
  .chain((times) => fc.tuple(...times.map((time) => fc.record({ at: fc.constant(start + time), why }))))

const keptOf = (all: readonly Backup[]): Backup[] => {
  const gone = new Set(backupsToRemove(all))
  return all.filter((backup) => !gone.has(backup))
}
const latest = (some: readonly Backup[], count: number) => some.toSorted((a, b) => b.at - a.at).slice(0, count)
const isAsked = ({ why: reason }: Backup) => reason === 'asked'
const isUsual = ({ why: reason }: Backup) =>
  ['while-running', 'exam-closed', 'app-closed', 'package-made'].includes(reason)

describe('thinning backups', () => {
  it('keeps the last six of the usual ones and of those asked for', () => {
    fc.assert(
      fc.property(backups, (all) => {
        const kept = keptOf(all)
        expect(kept).toEqual(expect.arrayContaining(latest(all.filter(isUsual), 6)))
        expect(kept).toEqual(expect.arrayContaining(latest(all.filter(isAsked), 6)))
      }),
    )
  })

  it('keeps every one from before an import and before a migration, however many and however old', () => {
    fc.assert(
      fc.property(backups, (all) => {
        const before = all.filter((backup) => !isUsual(backup) && !isAsked(backup))
        expect(keptOf(all)).toEqual(expect.arrayContaining(before))
      }),
    )
    const days = Array.from({ length: 40 }, (_, day): Backup => ({ at: start + day * DAY, why: 'before-import' }))
    expect(keptOf(days)).toEqual(days)
  })

  it('keeps the last backup of each of the last fourteen days on which one was made', () => {
    fc.assert(
      fc.property(backups, (all) => {
        const days = Map.groupBy(all, ({ at }) => localDate(new Date(at)))
        const lastDays = [...days].sort(([a], [b]) => b.localeCompare(a)).slice(0, 14)
        const kept = keptOf(all)
        for (const [, ofDay] of lastDays) expect(kept).toEqual(expect.arrayContaining(latest(ofDay, 1)))
      }),
    )
  })

  it('keeps of what is made by itself and by hand no more than a person can look through, and the newest of all', () => {
    fc.assert(
      fc.property(backups, (all) => {
        const kept = keptOf(all)
        const counted = kept.filter((backup) => isUsual(backup) || isAsked(backup))
        expect(counted.length).toBeLessThanOrEqual(2 * 6 + 14)
        expect(latest(kept, 1)).toEqual(latest(all, 1))
      }),
    )
  })

  it('keeps the same whether it thins after each backup or once at the end, in whatever order they came', () => {
    fc.assert(
      fc.property(backups, (all) => {
        const oneByOne = all.reduce<Backup[]>((kept, next) => keptOf([...kept, next]), [])
        expect(new Set(oneByOne)).toEqual(new Set(keptOf(all)))
      }),
    )
  })
})

describe('the name of a backup', () => {
  const names: fc.Arbitrary<BackupName> = fc
    .record({
      at: fc.integer({ min: 0, max: Date.parse('2199-01-01') }),
      why,
      fromVersion: fc.integer({ min: 1, max: 9999 }),
      device: fc.stringMatching(/^[0-9a-f]{16}$/),
      digest: fc.stringMatching(/^[0-9a-f]{16}$/),
    })
    .map((name) => ({ ...name, fromVersion: name.why === 'before-migration' ? name.fromVersion : null }))

  it('tells all that went into it, and sorts by time', () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        expect(parseBackupName(backupFileName(one))).toEqual(one)
        if (one.at < other.at) expect(backupFileName(one) < backupFileName(other)).toBe(true)
      }),
    )
  })

  it('is taken on any file system, from a stick’s to Windows’s', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(backupFileName(name)).toMatch(/^[A-Za-z0-9.-]{1,140}$/)
      }),
    )
  })

  it('of a snapshot that an earlier version made is still understood', () => {
    expect(parseBackupName('before-migration-from-30-2026-11-23T01-53-22-123Z.db')).toEqual({
      at: Date.parse('2026-11-23T01:53:22.123Z'),
      why: 'before-migration',
      fromVersion: 30,
      device: null,
      digest: null,
    })
  })

  it.each(['attune.db', 'notes.txt', '.attune-1.part', 'attune-99999999T999999999Z-asked-a-0123456789abcdef.db'])(
    'is not what %s is',
    (file) => {
      expect(parseBackupName(file)).toBeNull()
    },
  )
})
