import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3-multiple-ciphers'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { attune, startSoak } from './attune.ts'
import type { Experiment } from './experiment.ts'
import { makeTrialExam } from './trial-exam.ts'

/** What a folder that is synchronised, or somebody with a file manager, makes of an open database. */
export const liveCopy: Experiment = {
  name: 'live-copy',
  needs: [],
  run: async ({ scratch, cuts }) => {
    const dataDir = join(scratch, 'data')
    const examId = await makeTrialExam(dataDir)
    const soak = startSoak({ dataDir, examId, rate: 'max' })
    await soak.until(() => soak.acknowledged.length > 100)
    const found = { complete: 0, unreadable: 0, missing: 0 }
    const alone = { complete: 0, unreadable: 0, missing: 0 }
    for (let copy = 0; copy < cuts; copy += 1) {
      const folder = join(scratch, `copy-${copy}`)
      mkdirSync(folder)
      const before = [...soak.acknowledged]
      for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
        if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name))
        await wait(20)
      }
      found[lookAt(join(folder, DATABASE_FILE), before)] += 1
      const latest = [...soak.acknowledged]
      copyFileSync(join(dataDir, DATABASE_FILE), join(folder, 'alone.db'))
      alone[lookAt(join(folder, 'alone.db'), latest)] += 1
    }
    const due = [...soak.acknowledged]
    await attune(['backup', 'create', '--data', dataDir])
    const meanwhile = soak.acknowledged.length - due.length
    const backups = readdirSync(join(dataDir, 'backups')).filter((name) => name.endsWith('.db'))
    const isWhole = backups.length === 1 && lookAt(join(dataDir, 'backups', backups[0] ?? ''), due) === 'complete'
    soak.signal('SIGKILL')
    await soak.ended
    const { complete, unreadable, missing } = found
    return [
      {
        what: 'a backup made while marks are written',
        ok: isWhole && meanwhile > 0,
        times: `1 backup, ${meanwhile} marks meanwhile`,
        acknowledged: due.length,
        note: isWhole ? 'whole, with every mark acknowledged before' : 'marks are missing in it',
      },
      {
        what: 'control: an open database is copied file by file, which Attune never does',
        ok: alone.missing + alone.unreadable > 0,
        times: `${cuts} copies`,
        note:
          alone.complete < cuts
            ? `without its log ${alone.missing + alone.unreadable} lack marks or cannot be read, as they must; with it ${complete} are whole, ${unreadable} unreadable, and ${missing} lack marks while integrity_check says ok`
            : 'LACKS NOTHING: this test proves nothing here',
      },
    ]
  },
}

function lookAt(file: string, due: readonly string[]): 'complete' | 'unreadable' | 'missing' {
  let db: Database.Database | undefined
  try {
    db = new Database(file)
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return 'unreadable'
    const ids = new Set(db.prepare<[], string>('SELECT id FROM event').pluck().all())
    return due.every((id) => ids.has(id)) ? 'complete' : 'missing'
  } catch {
    return 'unreadable'
  } finally {
    db?.close()
  }
}
