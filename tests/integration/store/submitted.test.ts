import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EncounterId } from '#shared/domain/ids.ts'
import { laptopMaker, play, type Rules, type Step } from '#tests/support/histories.ts'
import { examDays, lawful, marksOf } from '#tests/support/lawful.ts'

const make = laptopMaker()

/** A thousand of them are drawn by `npm run test:faults`. */
const RUNS = Number(process.env['ATTUNE_HISTORIES'] ?? 150)

type Marks = ReadonlyMap<string, string>
type Submitted = { encounterId: EncounterId; part: 'examiner' | 'sp'; marks: Marks }

const partOf = (subject: string): Submitted['part'] => (subject.startsWith('sp-') ? 'sp' : 'examiner')

/** Plays a history by the rules of one laptop each, and keeps what stood on each when somebody submitted there. */
function playLawfully(steps: readonly Step[]) {
  const submitted: Submitted[] = []
  const rules: Rules = (here, encounterId, step) => {
    const payload = lawful(here, encounterId, step)
    if (payload?.type === 'encounter.submitted' || payload?.type === 'sp-form.submitted') {
      const part = payload.type === 'encounter.submitted' ? 'examiner' : 'sp'
      submitted.push({ encounterId, part, marks: marksOf(here, encounterId) })
    }
    return payload
  }
  return { rows: play(make, steps, rules).rows, submitted }
}

describe('what was submitted on one laptop', () => {
  it('stands as it was submitted, or is said to be contradicted, whatever others recorded of it', () => {
    let contradicted = 0
    fc.assert(
      fc.property(examDays, (steps) => {
        const { rows, submitted } = playLawfully(steps)
        const director = make('director')
        director.ledger.merge(rows)
        for (const { encounterId, part, marks } of submitted) {
          const status = director.db
            .prepare(`SELECT ${part === 'sp' ? 'sp_status' : 'status'} FROM encounter_state WHERE encounter_id = ?`)
            .pluck()
            .get(encounterId)
          expect(status).toBe('submitted')
          const conflicts = director.db
            .prepare<[string], string>('SELECT subject FROM conflict WHERE encounter_id = ?')
            .pluck()
            .all(encounterId)
          const now = marksOf(director, encounterId)
          const another = [...new Set([...marks.keys(), ...now.keys()])].filter(
            (subject) => partOf(subject) === part && marks.get(subject) !== now.get(subject),
          )
          expect(conflicts).toEqual(expect.arrayContaining(another))
          contradicted += another.length
        }
        director.db.close()
      }),
      { numRuns: RUNS },
    )
    // The histories are drawn so that it happens.
    expect(contradicted).toBeGreaterThan(RUNS / 10)
  }, 240_000)

  it('is contradicted by nobody who had heard of everything', () => {
    fc.assert(
      fc.property(examDays, (steps) => {
        const informed = steps.flatMap((step): Step[] => [
          ...[0, 1, 2].map((from) => ({ kind: 'hear' as const, laptop: step.laptop, from })),
          step,
        ])
        const director = make('director')
        director.ledger.merge(playLawfully(informed).rows)
        expect(director.db.prepare('SELECT * FROM conflict').all()).toEqual([])
        director.db.close()
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    )
  }, 240_000)
})
