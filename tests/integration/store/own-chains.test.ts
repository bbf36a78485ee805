import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { Upload } from '#shared/contract/parts/common.ts'
import { restoreBackup } from '#electron/store/restore.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  laptop,
  otherExaminer,
  slotsOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

function slotAt(index: number, person = examiner) {
  const slot = slotsOf(person)[index]
  if (!slot) throw new Error('the small exam has other encounters')
  return slot
}
const first = slotAt(0)

async function bundleOf(at: TestLaptop): Promise<Upload> {
  const { file } = await at.director('bundle.export', { examId: exam.id, since: 'last' })
  await at.director('bundle.saved', { fileId: file.id })
  return at.upload(file)
}

/**
 * A laptop that was restored from a backup and has gone on since: before the backup it examined the first candidate,
 * after it the second and the third, each with a bundle of its own.
 */
async function restored(then: 'running' | 'closed' = 'running') {
  const before = await directorsLaptop()
  await bundleOf(before)
  await examine(before.as(examiner), first.id, 4)
  await before.director('backup.create', {})
  const [backup] = await before.director('backup.list', {})
  const bundles: Upload[] = []
  for (const { id } of [slotAt(1), slotAt(2)]) {
    await examine(before.as(examiner), id, 4)
    bundles.push(await bundleOf(before))
  }
  if (then === 'closed') {
    await before.director('exam.setStatus', { examId: exam.id, status: 'closed' })
    bundles.push(await bundleOf(before))
  }
  await before.services.shutdown()
  restoreBackup(before.dataDir, join(before.dataDir, 'backups', backup?.name ?? ''), { key: null })
  const now = await laptop({ dataDir: before.dataDir })
  await examine(now.as(otherExaminer), slotAt(0, otherExaminer).id, 3)
  return { now, bundles }
}

const verified = ({ dataDir }: TestLaptop) => {
  const reader = openReader(dataDir)
  try {
    const verification = reader.verify()
    const missing = verification.chains.reduce((sum, chain) => sum + chain.missing, 0)
    return { ...verification, sound: isSound(verification), missing }
  } finally {
    reader.close()
  }
}

/** Takes one mark out of what was written before the restoring, and off the screens. */
function takeOut({ dataDir }: TestLaptop): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec(`DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes;
    CREATE TEMP TABLE gone AS SELECT id FROM event WHERE encounter_id = '${first.id}'
      AND payload ->> 'type' = 'rating.recorded' ORDER BY seq LIMIT 1 OFFSET 2;
    DELETE FROM rating WHERE event_id IN (SELECT id FROM gone); DELETE FROM event WHERE id IN (SELECT id FROM gone)`)
  db.close()
}

describe('what a laptop wrote before it was restored from a backup', () => {
  it('ends where the backup does, and that is sound', async () => {
    const { now } = await restored()
    expect(verified(now)).toMatchObject({ sound: true, missing: 0 })
  })

  it('is its own all the same: an event that is taken out of it is seen', async () => {
    const { now } = await restored()
    takeOut(now)
    expect(verified(now)).toMatchObject({ sound: false, broken: { problem: 'gap' } })
  })

  it('may come back from its own bundles, the later one first', async () => {
    const { now, bundles } = await restored()
    for (const [upload, missing] of bundles.toReversed().map((upload, index) => [upload, index === 0] as const)) {
      await now.director('bundle.import', { upload, trust: null })
      const { sound, missing: counted } = verified(now)
      expect({ sound, missing: counted > 0 }).toEqual({ sound: true, missing })
    }
    takeOut(now)
    expect(verified(now)).toMatchObject({ sound: false, broken: { problem: 'removed' } })
  })

  it('may have been its close: the exam goes on as the backup has it, without the statement of then', async () => {
    const { now, bundles } = await restored('closed')
    for (const upload of bundles) await now.director('bundle.import', { upload, trust: null })
    expect((await now.director('exam.get', { examId: exam.id })).exam.status).toBe('running')
    expect(verified(now)).toMatchObject({ sound: true, missing: 0 })
  })
})
