import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { isSound, verifyLedger } from '#electron/store/verify-ledger.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { attune } from './attune.ts'
import type { Experiment } from './experiment.ts'
import { makeTrialExam } from './trial-exam.ts'

const FLIPS = 150

/** One bit of the database turns over. What nobody sees must not be a mark. */
export const bitFlips: Experiment = {
  name: 'bit-flips',
  needs: [],
  run: async ({ scratch, random }) => {
    const dataDir = join(scratch, 'data')
    const examId = await makeTrialExam(dataDir)
    await attune(['soak', '--data', dataDir, '--exam', examId, '--rate', '100', '--seconds', '2'])
    const file = join(dataDir, DATABASE_FILE)
    const copy = join(scratch, 'copy.db')
    const sound = readFileSync(file)
    copyFileSync(file, copy)
    const events = eventsOf(copy)
    const seen = { quick: 0, integrity: 0, chain: 0, any: 0 }
    let unseenAndAltered = 0
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const bytes = Buffer.from(sound)
      const at = Math.floor(random() * bytes.length)
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << Math.floor(random() * 8)), at)
      writeFileSync(copy, bytes)
      const quick = !holds(copy, (db) => db.pragma('quick_check(1)', { simple: true }) === 'ok')
      const integrity = !holds(copy, (db) => db.pragma('integrity_check(1)', { simple: true }) === 'ok')
      const chain = !holds(copy, (db) => isSound(verifyLedger(db)))
      if (quick) seen.quick += 1
      if (integrity) seen.integrity += 1
      if (chain) seen.chain += 1
      if (integrity || chain) seen.any += 1
      else if (eventsOf(copy) !== events) unseenAndAltered += 1
    }
    const { quick, integrity, chain, any } = seen
    return [
      {
        what: 'a bit of the database turns over',
        ok: unseenAndAltered === 0 && chain > quick,
        times: `${FLIPS} flips`,
        note: `seen by quick_check ${quick}, integrity_check ${integrity}, verify ${chain}, together ${any}; altered events unseen: ${unseenAndAltered}`,
      },
    ]
  },
}

function holds(file: string, check: (db: Database.Database) => boolean): boolean {
  let db: Database.Database | undefined
  try {
    db = new Database(file, { readonly: true })
    return check(db)
  } catch {
    return false
  } finally {
    db?.close()
  }
}

function eventsOf(file: string): string {
  const db = new Database(file, { readonly: true })
  try {
    return JSON.stringify(db.prepare('SELECT * FROM event ORDER BY device, exam_id, seq').all())
  } finally {
    db.close()
  }
}
