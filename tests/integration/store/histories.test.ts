import { hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ratingsCsv, resultsCsv } from '#electron/reports/export-tables.ts'
import { openFontLibrary } from '#electron/reports/text/shaping.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import { isSound, verifyLedger } from '#electron/store/verify-ledger.ts'
import { runReportTask } from '#electron/threads/run-task.ts'
import type { ReportTask } from '#electron/threads/task.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { contentOf, histories, laptopMaker, play, say, type Laptop } from '#tests/support/histories.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const make = laptopMaker()
const library = openFontLibrary()
const examId = examIdSchema.parse('exam-1')

/** A thousand of them are drawn, and printed, by `npm run test:faults`. */
const asked = process.env['ATTUNE_HISTORIES']
const RUNS = Number(asked ?? 150)
/** Reports take longer than marks. */
const PRINTED = Number(asked ?? 15)

/** A history cut into bundles in any way, handed over in any order, some of them more than once. */
const partition = (rows: readonly ChainedRow[]): fc.Arbitrary<ChainedRow[][]> =>
  fc
    .array(fc.nat({ max: 4 }), { minLength: rows.length, maxLength: rows.length })
    .chain((bundleOf) => {
      const bundles = [...Map.groupBy(rows, (_, index) => bundleOf[index])].map(([, bundle]) => bundle)
      return fc.tuple(
        fc.shuffledSubarray(bundles, { minLength: bundles.length }),
        fc.array(fc.constantFrom(...bundles), { maxLength: 3 }),
      )
    })
    .map(([once, again]) => [...once, ...again])

describe('merging what several laptops recorded', () => {
  it('gives the same ledger, marks, reports and tables to the byte, however it is cut, ordered and repeated', async () => {
    const drawn = histories.chain((steps) => {
      const { rows, lived } = play(make, steps)
      const bundles = rows.length === 0 ? fc.constant([]) : partition(rows)
      return fc.record({ rows: fc.constant(rows), lived: fc.constant(lived), bundles })
    })
    let compared = 0
    await fc.assert(
      fc.asyncProperty(drawn, async ({ rows, lived, bundles }) => {
        const atOnce = make('one')
        atOnce.ledger.merge(rows)
        expect(contentOf(atOnce)).toBe(lived)
        const bitByBit = make('other')
        for (const bundle of bundles) bitByBit.ledger.merge(bundle)
        expect(contentOf(bitByBit)).toBe(contentOf(atOnce))
        expect(bitByBit.ledger.count()).toBe(rows.length)
        if ((compared += 1) <= PRINTED) expect(await printed(bitByBit)).toEqual(await printed(atOnce))
        bitByBit.ledger.rebuildProjections()
        expect(contentOf(bitByBit)).toBe(contentOf(atOnce))
        expect(isSound(verifyLedger(bitByBit.db))).toBe(true)
        atOnce.db.close()
        bitByBit.db.close()
      }),
      { numRuns: RUNS },
    )
  }, 900_000)

  it('makes everything that is written afterwards later than what was heard of', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { rows } = play(make, steps)
        const here = make('late', () => 0)
        here.ledger.merge(rows)
        const [first] = play(make, [say(0, 5)]).rows
        if (!first) throw new Error('no event')
        const { device: _d, seq: _s, hlc: _h, supersedes: _x, ...entry } = eventFromRow({ ...first, id: 'afterwards' })
        const written = here.ledger.append(entry)
        for (const { hlc } of rows) expect(written.hlc > hlc).toBe(true)
        here.db.close()
      }),
      { numRuns: 50 },
    )
  })
})

/** The SHA-256 of everything that is printed and exported of what a laptop holds. */
async function printed({ db }: Laptop): Promise<Record<string, string>> {
  const dataDir = tempDir()
  writeFileSync(join(dataDir, DATABASE_FILE), db.serialize())
  const store = openReader(dataDir)
  try {
    const file = join(dataDir, 'printed.pdf')
    const print = async (work: ReportTask['work']) => {
      const task = { dataDir, key: null, examId, fontDir: null, version: '0.0.0-test', work }
      await runReportTask(store, task, () => undefined, library)
      return hash('sha256', readFileSync(file), 'hex')
    }
    const [candidate] = store.candidates.ofExam(examId)
    if (!candidate) throw new Error('the small exam has no candidate')
    return {
      cohort: await print({ kind: 'cohort', file, names: true }),
      feedback: await print({ kind: 'candidate', file, candidateId: candidate.id }),
      ratings: hash('sha256', ratingsCsv(store, examId, { names: true }), 'hex'),
      results: hash('sha256', resultsCsv(readExamData(store, examId), { names: true }), 'hex'),
    }
  } finally {
    store.close()
  }
}
