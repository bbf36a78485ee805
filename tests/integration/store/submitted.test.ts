import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import { subjectOf } from '#shared/domain/sayings.ts'
import { laptopMaker, play, rating, say, type Rules, type Step } from '#tests/support/histories.ts'
import { examDays, lawful, marksOf } from '#tests/support/lawful.ts'

const make = laptopMaker()

/** A thousand of them are drawn by `npm run test:faults`. */
const RUNS = Number(process.env['ATTUNE_HISTORIES'] ?? 150)

type Marks = ReadonlyMap<string, string>
type Submitted = { id: EventId; encounterId: EncounterId; part: 'examiner' | 'sp'; marks: Marks }
/** What was corrected, and which submissions whoever did that had heard of. */
type Amended = { encounterId: EncounterId; subject: string; after: ReadonlySet<unknown> }

const partOf = (subject: string): Submitted['part'] => (subject.startsWith('sp-') ? 'sp' : 'examiner')

/** Plays a history by the rules of one laptop each, and keeps what stood on each when somebody submitted there. */
function playLawfully(steps: readonly Step[]) {
  const submitted: Submitted[] = []
  const amended: Amended[] = []
  const rules: Rules = (here, encounterId, step, id) => {
    const payload = lawful(here, encounterId, step, id)
    if (payload?.type === 'mark.amended') {
      const after = here.db.prepare('SELECT id FROM event WHERE encounter_id = ?').pluck().all(encounterId)
      amended.push({ encounterId, subject: subjectOf(payload.says), after: new Set(after) })
    }
    if (payload?.type === 'encounter.submitted' || payload?.type === 'sp-form.submitted') {
      const part = payload.type === 'encounter.submitted' ? 'examiner' : 'sp'
      submitted.push({ id, encounterId, part, marks: marksOf(here, encounterId) })
    }
    return payload
  }
  return { rows: play(make, steps, rules).rows, submitted, amended }
}

describe('what was submitted on one laptop', () => {
  it('stands as it was submitted or corrected since, or is said to be contradicted, whatever others recorded of it', () => {
    let contradicted = 0
    fc.assert(
      fc.property(examDays, (steps) => {
        const { rows, submitted, amended } = playLawfully(steps)
        const director = make('director')
        director.ledger.merge(rows)
        for (const { id, encounterId, part, marks } of submitted) {
          const isAmended = (subject: string) =>
            amended.some((one) => one.encounterId === encounterId && one.subject === subject && one.after.has(id))
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
            (subject) => partOf(subject) === part && marks.get(subject) !== now.get(subject) && !isAmended(subject),
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
          ...[0, 1, 2].map((from) => ({ kind: 'hear' as const, laptop: step.laptop, from, after: 0 })),
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

  it('had not heard of what lay in a gap then, and is contradicted by it', () => {
    const says = (laptop: number, payload: object): Step =>
      ({ kind: 'say', laptop, encounter: 0, payload }) as unknown as Step
    const confirmed = { type: 'identity.confirmed' }
    const { rows } = playLawfully([
      says(1, confirmed),
      says(1, rating(1)),
      says(1, { type: 'global-rating.recorded', value: 'pass' }),
      { kind: 'hear', laptop: 0, from: 1, after: 2 },
      says(0, confirmed),
      says(0, { type: 'encounter.submitted', missing: [{ item: 'naming', reason: 'fell ill' }] }),
    ])
    const director = make('director')
    director.ledger.merge(rows)
    const found = director.db.prepare('SELECT subject FROM conflict').pluck().all()
    director.db.close()
    // What had come from behind the gap was in sight.
    expect(found).toEqual(['rating naming'])
  })

  it('is contradicted by a mark that the same laptop holds from after it, which no screen takes', () => {
    const submit: Step = {
      ...{ kind: 'say', laptop: 0, encounter: 0 },
      payload: { type: 'encounter.submitted', missing: [], heard: { upTo: [], beyond: [] } },
    }
    const conflicts = (...steps: Step[]) => {
      const director = make('director')
      director.ledger.merge(play(make, steps).rows)
      const found = director.db.prepare('SELECT subject FROM conflict').pluck().all()
      director.db.close()
      return found
    }
    expect(conflicts(say(0, 3), submit, say(0, 1))).toEqual(['rating naming'])
  })
})
