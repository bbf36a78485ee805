import { describe, expect, it } from 'vitest'
import { chained } from '#electron/store/chain.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { contentOf, eventsIn, laptopMaker, play, rating, say, type Step } from '#tests/support/histories.ts'

const make = laptopMaker()

const hear = (laptop: number, from: number): Step => ({ kind: 'hear', laptop, from, after: 0 })

/** What is contradictory after all that happened was merged, by subject with the values that stand against each other. */
function contradictionsAfter(...steps: Step[]) {
  const here = make('director')
  here.ledger.merge(play(make, steps).rows)
  const rows = here.db.prepare<[], { subject: string; heads: string }>('SELECT * FROM conflict').all()
  const found = rows.map(({ subject, heads }) => ({
    subject,
    values: (JSON.parse(heads) as string[])
      .map((id) => here.db.prepare('SELECT payload FROM event WHERE id = ?').pluck().get(id))
      .map((payload) => JSON.parse(String(payload)) as { type: string; value?: unknown })
      .map(({ type, value }) => value ?? type),
  }))
  here.db.close()
  return found
}

describe('two laptops that say different things', () => {
  it('contradict each other where neither knew of the other', () => {
    expect(contradictionsAfter(say(0, 3), say(1, 5))).toEqual([{ subject: 'rating naming', values: [3, 5] }])
  })

  it('do not where both say the same, or where the later one had heard of the earlier', () => {
    expect(contradictionsAfter(say(0, 3), say(1, 3))).toEqual([])
    expect(contradictionsAfter(say(0, 3), hear(1, 0), say(1, 5))).toEqual([])
  })

  it('do not where one alone changed its mind', () => {
    expect(contradictionsAfter(say(0, 1), say(0, 2), say(0, 3))).toEqual([])
  })

  it('stand against each other with what each said last', () => {
    expect(contradictionsAfter(say(0, 1), say(1, 2), say(0, 3), say(1, 4))).toEqual([
      { subject: 'rating naming', values: [3, 4] },
    ])
  })

  it('contradict each other on whether the candidate came, and not on how far the encounter is', () => {
    const came = (laptop: number, payload: object): Step =>
      ({ kind: 'say', laptop, encounter: 0, payload }) as unknown as Step
    const confirmed = came(0, { type: 'identity.confirmed' })
    const absent = came(1, { type: 'absence.declared', reason: 'did not come' })
    expect(contradictionsAfter(confirmed, absent)).toEqual([
      { subject: 'standing', values: ['identity.confirmed', 'absence.declared'] },
    ])
    expect(contradictionsAfter(confirmed, came(1, { type: 'encounter.submitted', missing: [] }))).toEqual([])
  })

  it('do not once somebody corrects what both agreed on', () => {
    const says = rating(5)
    const corrected = { type: 'mark.amended', cause: 'correction', says, reason: 'a slip' } as const
    const payload = { ...corrected, saidBy: null, saidAtMs: null, secondId: null } as unknown as typeof says
    const correction: Step = { kind: 'say', laptop: 0, encounter: 0, payload }
    expect(contradictionsAfter(say(0, 3), say(1, 3), hear(0, 1), correction)).toEqual([])
  })

  it('are settled by somebody who decides, wherever that is heard of', () => {
    const { rows } = play(make, [say(0, 3), say(1, 5)])
    const director = make('director')
    director.ledger.merge(rows)
    const [first] = rows
    if (!first) throw new Error('no event')
    const { device: _d, seq: _s, hlc: _h, supersedes: _x, ...said } = eventFromRow({ ...first, id: 'decided' })
    const decided = director.ledger.append({
      ...said,
      role: 'director',
      payload: {
        type: 'mark.amended',
        cause: 'conflict',
        says: rating(3),
        saidBy: said.raterId,
        saidAtMs: 4,
        reason: 'the second laptop was used for practice',
        secondId: null,
      },
    } as Parameters<typeof director.ledger.append>[0])
    expect(decided.supersedes.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    const standing = ({ db }: typeof director) => [
      db.prepare('SELECT count(*) FROM conflict').pluck().get(),
      db.prepare('SELECT points FROM rating').pluck().get(),
      db.prepare('SELECT rater_id FROM rating').pluck().get(),
    ]
    expect(standing(director)).toEqual([0, 3, 'examiner-1'])
    const other = make('other')
    other.ledger.merge(eventsIn(director).toReversed())
    expect(standing(other)).toEqual([0, 3, 'examiner-1'])
  })
})

it('a decision between more laptops than any exam has stations is read back', () => {
  const director = make('director')
  const [first] = play(make, [say(0, 1)]).rows
  if (!first) throw new Error('no event')
  const { device: _d, seq: _s, hlc: _h, supersedes: _x, ...said } = eventFromRow(first)
  const entry = said
  for (let station = 0; station < 40; station++) {
    const { ledger, db } = make(`station${station}`, () => 1_763_110_800_000 + station)
    ledger.append({ ...entry, id: `rated-${station}` as never, payload: rating((station % 5) + 1) } as typeof entry)
    director.ledger.merge(eventsIn({ ledger, db }))
    db.close()
  }
  const decision = { type: 'mark.amended', cause: 'conflict', says: rating(3), saidBy: null, saidAtMs: null } as const
  const payload = { ...decision, reason: 'seen on film', secondId: null }
  const { supersedes } = director.ledger.append({ ...entry, id: 'decided' as never, payload } as typeof entry)
  expect(supersedes).toHaveLength(40)
  expect(director.ledger.find('decided' as never)).toMatchObject({ supersedes })
  director.db.close()
})

describe('what is not a laptop’s history', () => {
  const refusal = (rows: readonly ChainedRow[], before: readonly ChainedRow[] = []) => {
    const here = make('director')
    here.ledger.merge(before)
    const content = contentOf(here)
    try {
      here.ledger.merge(rows)
      return 'taken'
    } catch (error) {
      expect(contentOf(here)).toBe(content)
      return error instanceof AttuneError ? error.code : String(error)
    } finally {
      here.db.close()
    }
  }
  const told = play(make, [say(0, 1), say(0, 2), say(0, 3)]).rows
  const [first, second, third] = told as [ChainedRow, ChainedRow, ChainedRow]

  it('is refused whole and leaves nothing: an altered mark, a broken link, a second history, another exam', () => {
    expect(refusal(told)).toBe('taken')
    expect(refusal([first, { ...second, payload: second.payload.replace('2', '4') }, third])).toBe('bundle-altered')
    const again = chained(eventFromRow(second), 'f'.repeat(64))
    expect(refusal([first, again])).toBe('bundle-altered')
    expect(refusal([again], [third])).toBe('bundle-altered')
    const forked = chained({ ...eventFromRow(second), id: 'other' as never }, first.hash)
    expect(refusal([forked], [first, second])).toBe('bundle-forked')
    expect(refusal([chained({ ...eventFromRow(second), offsetMs: 7 }, first.hash)], told)).toBe('bundle-forked')
    const elsewhere = chained({ ...eventFromRow(first), examId: 'exam-2' as never }, first.prev)
    expect(refusal([elsewhere])).toBe('bundle-elsewhere')
  })
})
