import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { candidateResultSchema, cohortResultSchema } from '#shared/domain/results.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { SpAnswerValue } from '#shared/domain/sp-form.ts'
import { cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { allRated, recordedExam, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { onPoints } from '#tests/support/small-exam.ts'

const NONE = 'no-opportunity'

/** As many plain candidates and stations as a table of what was recorded has rows and columns. */
const exam = (...table: (readonly (Recorded | undefined)[])[]) =>
  recordedExam({
    stations: (table[0] ?? []).map(() => ({})),
    candidates: table.map(() => ({})),
    record: (c, s) => table[c]?.[s],
  })
const submitted = (ratings: Recorded['ratings'], more: Partial<Recorded> = {}): Recorded => ({
  status: 'submitted',
  globalRating: 'pass',
  ...(ratings && { ratings }),
  ...more,
})
const all = (value: RatingValue, more: Partial<Recorded> = {}) => submitted(allRated(value), more)
const sp = (value: SpAnswerValue) => Array.from({ length: 7 }, () => value)

describe('what counts in results', () => {
  it('is only what was submitted: marks of an open encounter have no score yet', () => {
    const data = exam([all(4), { status: 'open', ratings: allRated(1) }])
    expect(resultOf(data).results.map(({ score }) => score)).toEqual([
      { value: 80, n: 12, reason: null },
      { value: null, n: 12, reason: 'not-submitted' },
    ])
    expect(resultOf(data)).toMatchObject({ outcome: 'incomplete', score: { value: 80, n: 1 } })
  })

  it('withholds the score of an absent candidate, with that reason', () => {
    const [result] = resultOf(exam([{ status: 'absent', absenceReason: 'Unwell' }])).results
    expect(result?.score).toEqual({ value: null, n: 0, reason: 'absent' })
    expect(result?.passed).toBeNull()
  })

  it('takes a mark that is missing for no mark: it lowers nothing and raises nothing', () => {
    const gap = [undefined, ...allRated(4).slice(1)]
    const data = exam([submitted(gap, { missing: [{ item: 0, reason: 'View blocked' }] })])
    expect(resultOf(data).results[0]?.score).toEqual({ value: 80, n: 11, reason: null })
  })

  it("keeps the patient's form apart: no answer of it changes the mark or the outcome", () => {
    const answers = fc.array(fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }), { maxLength: 7 })
    const { score, outcome, results } = resultOf(exam([all(3)]))
    fc.assert(
      fc.property(answers, (given) => {
        const other = resultOf(exam([all(3, { sp: given })]))
        expect([other.score, other.outcome]).toEqual([score, outcome])
        expect(other.results[0]?.domains).toEqual(results[0]?.domains)
      }),
      { numRuns: 30 },
    )
  })

  it("counts the patient's form once it was submitted with four answers", () => {
    const found = resultOf(exam([all(3, { sp: sp(4) }), all(3, { sp: [5, 5, 5] }), all(3)]))
    expect(found.results.map((result) => result.sp)).toEqual([
      { value: 80, n: 7, reason: null },
      { value: null, n: 3, reason: 'too-few-answers' },
      { value: null, n: 0, reason: 'not-submitted' },
    ])
    expect(found.sp).toEqual({ value: 80, n: 1, reason: null })
  })
})

describe('a domain over the stations', () => {
  it('is the mean of the stations in which it was rated', () => {
    // The first domain's three behaviours: 5, 5, 5 at one station; 2, 2, 2 at the next; no opportunity at the third.
    const first = (value: RatingValue) => [value, value, value, ...allRated(3).slice(3)]
    const { domains } = resultOf(exam([submitted(first(5)), submitted(first(2)), submitted(first(NONE))]))
    // (100 + 40) / 2
    expect(domains[0]?.score).toEqual({ value: 70, n: 2, reason: null })
    expect(domains[1]?.score).toEqual({ value: 60, n: 3, reason: null })
  })

  it('counts exactly: a mean of 60 made of thirds is 60', () => {
    // The first domain's three behaviours: (2 + 3 + 3) / 3, the same again, (3 + 4 + 4) / 3; of five: 60 in the mean.
    const first = (...values: RatingValue[]) => submitted([...values, ...allRated(3).slice(3)])
    const data = exam([first(2, 3, 3), first(2, 3, 3), first(3, 4, 4)])
    expect(resultOf(data).domains[0]?.score).toEqual({ value: 60, n: 3, reason: null })
    expect(cohortResult(data).domains[0]?.distribution.bins).toEqual([0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
  })

  it('is withheld where it never was', () => {
    const { domains } = resultOf(exam([submitted([NONE, NONE, NONE, ...allRated(3).slice(3)])]))
    expect(domains[0]?.score).toEqual({ value: null, n: 0, reason: 'too-few-rated' })
  })
})

describe("the cohort's middle half", () => {
  const year = (...rows: Recorded[]) => exam(...rows.map((row) => [row]))
  const rows = (n: number) => Array.from({ length: n }, (_, index) => all((index % 5) + 1))

  it('is kept from candidates below ten peers', () => {
    for (const { q1, median, q3, n } of cohortProfile(year(...rows(9))).values()) {
      expect([n, q1, median, q3]).toEqual([9, null, null, null])
    }
    // 20, 20, 40, 40, 60, 60, 80, 80, 100, 100
    for (const quartiles of cohortProfile(year(...rows(10))).values()) {
      expect(quartiles).toEqual({ n: 10, q1: 40, median: 60, q3: 80 })
    }
  })

  it('counts those who have a score, not those who are enrolled', () => {
    const absent: Recorded = { status: 'absent', absenceReason: 'Unwell' }
    for (const { n, median } of cohortProfile(year(...rows(9), absent, absent)).values()) {
      expect([n, median]).toEqual([9, null])
    }
  })
})

describe('completeness', () => {
  const data = exam(
    [all(4, { sp: sp(4) }), submitted([...allRated(3).slice(1), NONE])],
    [submitted(allRated(5).slice(2), { missing: [{ item: 10, reason: 'View blocked' }] }), { status: 'scheduled' }],
    [
      { status: 'absent', absenceReason: 'Unwell' },
      { status: 'open', ratings: [4, 4], sp: sp(3) },
    ],
  )
  const { completeness, cells } = cohortResult(data)

  it('counts encounters by where they stand', () => {
    expect(completeness).toMatchObject({ planned: 6, submitted: 3, open: 1, scheduled: 1, absent: 1, spForms: 2 })
  })

  it('counts what a submitted encounter is without, declared or not, but not "no opportunity" and not what is to come', () => {
    // Twelve behaviours and the global rating each: 0, 0, 2 (one of them declared), 13, none asked, 10 and the global.
    expect(cells.map(({ openItems }) => openItems)).toEqual([0, 0, 2, 13, 0, 11])
    expect(completeness).toMatchObject({ itemsMissing: 2, itemsPlanned: 3 * 13 })
  })

  it('counts a scored station at which a late candidate has no place', () => {
    const late = cohortResult(exam([all(4), all(4)], [undefined, undefined], [all(3), undefined]))
    expect(late.completeness).toMatchObject({ planned: 3, unplanned: 3, submitted: 3 })
    expect(late.candidates.map(({ outcome, score }) => [outcome, score.reason])).toEqual([
      ['pass', null],
      ['incomplete', 'not-in-rotation'],
      ['incomplete', null],
    ])
  })

  it('counts the global rating as a mark of its own', () => {
    const { globalRating, ...without } = all(4)
    expect(globalRating).toBe('pass')
    expect(cohortResult(exam([without])).completeness).toMatchObject({ itemsMissing: 1, itemsPlanned: 13 })
  })
})

describe('what needs a look', () => {
  it('holds everything that was written down or stands out, the gravest first', () => {
    const { attention } = cohortResult(
      exam(
        [
          all(5, {
            marks: [
              { kind: 'red-flag', type: 'blame' },
              { kind: 'look-alike', type: 'contagion' },
            ],
            incidents: [{ kind: 'lost-time', text: 'Fire alarm', atMs: null }],
            sp: sp(1),
            spComment: 'It felt rushed.',
          }),
        ],
        [
          submitted([1, 5, ...allRated(3).slice(3)], {
            notes: [
              { item: 0, text: 'Talked over her.' },
              { item: 1, text: 'Said it back well.' },
              { item: null, text: 'In general.' },
            ],
            missing: [{ item: 11, reason: 'View blocked' }],
          }),
        ],
        [{ status: 'absent', absenceReason: 'Unwell' }],
        [{ status: 'open', spComment: 'Not yet submitted.' }],
      ),
    )
    expect(attention.map(({ kind, candidateNumber, text }) => [kind, candidateNumber, text])).toEqual([
      ['red-flag', '1001', 'Blame'],
      ['incident', '1001', 'Fire alarm'],
      ['absence', '1003', 'Unwell'],
      ['missing', '1002', expect.stringMatching(/: View blocked$/)],
      ['disagreement', '1001', '100 / 20'],
      ['note-low', '1002', expect.stringMatching(/: Talked over her\.$/)],
      ['sp-comment', '1001', 'It felt rushed.'],
    ])
  })

  it('names the mark that was declared missing', () => {
    const missing = [
      { item: 11, reason: 'View blocked' },
      { item: 'global-rating' as const, reason: 'Called away' },
    ]
    const data = exam([submitted(allRated(3).slice(1), { missing })])
    const items = data.rubrics.flatMap(rubricItems)
    expect(cohortResult(data).attention.map(({ item, text }) => [item, text])).toEqual([
      [items[11]?.id, `${items[11]?.title ?? ''}: View blocked`],
      ['global-rating', 'Called away'],
    ])
  })

  it('holds the note on a whole encounter where that failed or was judged lower than a pass, and no other', () => {
    const noted = (value: RatingValue, globalRating: string) =>
      all(value, { globalRating, notes: [{ item: null, text: `Judged ${globalRating}.` }] })
    const { attention } = cohortResult(
      exam([noted(2, 'pass')], [noted(4, 'clear-fail')], [noted(4, 'borderline')], [noted(4, 'pass')]),
    )
    expect(attention.map(({ kind, candidateNumber, text }) => [kind, candidateNumber, text])).toEqual([
      ['note-encounter', '1001', 'Judged pass.'],
      ['note-encounter', '1002', 'Judged clear-fail.'],
      ['note-encounter', '1003', 'Judged borderline.'],
    ])
  })

  it('holds no note of an encounter that is still going on', () => {
    const notes = [
      { item: null, text: 'Half a sentence' },
      { item: 0, text: 'Half a word' },
    ]
    const open = { ...submitted(allRated(1), { globalRating: 'clear-fail', notes }), status: 'open' as const }
    expect(cohortResult(exam([open])).attention).toEqual([])
  })

  it('calls thirty points a disagreement, and twenty-nine none', () => {
    const kinds = (value: RatingValue, answers: SpAnswerValue[]) =>
      cohortResult(exam([all(value, { sp: answers })])).attention.map(({ kind }) => kind)
    // 100 against (4 × 3 + 3 × 4) / 7 × 20 = 68.6, and against (3 + 4) / 2 × 20 = 70
    expect(kinds(5, [3, 3, 3, 3, 4, 4, 4])).toEqual(['disagreement'])
    expect(kinds(5, [3, 4, 3, 4])).toEqual(['disagreement'])
    expect(kinds(5, [3, 4, 4, 4])).toEqual([])
  })

  it('calls exactly thirty points a disagreement, whatever fractions both scores are made of', () => {
    // Two of twelve behaviours at 1, the others at 2: 36.67 of 100; (4 × 3 + 2 × 4) / 6 × 20 = 66.67.
    const day = exam([submitted([1, 1, ...allRated(2).slice(2)], { sp: [3, 3, 3, 3, 4, 4] })])
    expect(cohortResult(day).attention.map(({ kind }) => kind)).toEqual(['disagreement'])
  })
})

describe("a candidate's feedback", () => {
  it('names the best behaviour to keep and the weakest to change, those with a note first', () => {
    const [result] = resultOf(
      exam([
        submitted([2, 4, 2, 5, 5, ...allRated(3).slice(5)], {
          notes: [
            { item: 2, text: 'Did not ask whether it fits.' },
            { item: 4, text: '“That sounds lonely.”' },
          ],
        }),
      ]),
    ).results
    expect(result?.strength).toMatchObject({ itemId: 'names-feeling', value: 5, nextAnchor: null })
    expect(result?.change).toMatchObject({ itemId: 'checks-picture', value: 2, note: 'Did not ask whether it fits.' })
    expect(result?.quote).toEqual({ text: '“That sounds lonely.”', title: result?.strength?.title })
  })

  it('tells no words of an encounter that is not submitted yet', () => {
    const words: Partial<Recorded> = {
      notes: [{ item: null, text: 'Not final.' }],
      marks: [{ kind: 'moment', type: 'named', quote: '“Not final.”' }],
    }
    const [open] = resultOf(exam([{ status: 'open', ratings: allRated(3), ...words }])).results
    expect(open).toMatchObject({ quote: null, generalNote: '' })
    const [closed] = resultOf(exam([all(3, words)])).results
    expect(closed).toMatchObject({ quote: { text: '“Not final.”', title: '' }, generalNote: 'Not final.' })
  })

  it('has nothing to change where all reached the top, and nothing at all where nothing was rated', () => {
    const { results, actionPlan } = resultOf(exam([all(5)]))
    expect(results[0]).toMatchObject({ change: null, strength: { value: 5 } })
    expect(actionPlan).toEqual([])
    expect(resultOf(exam([all(NONE)])).results[0]).toMatchObject({ change: null, strength: null })
  })

  it('plans the three weakest behaviours over the stations, each with the next level and where it showed', () => {
    const day = exam([
      submitted([1, 3, 3, 2, ...allRated(4).slice(4)]),
      submitted([2, 3, 3, 1, ...allRated(4).slice(4)]),
      submitted([2, 4, 3, NONE, ...allRated(4).slice(4)]),
    ])
    const { actionPlan, rubrics } = resultOf(day)
    const anchors = (index: number) => rubrics[0]?.domains.flatMap(({ items }) => items)[index]?.anchors ?? []
    expect(actionPlan).toMatchObject([
      // (2 + 1) / 2
      { itemId: 'notices-cue', mean: 1.5, n: 2, stationNumbers: [2], nextAnchor: anchors(3)[1] },
      // (1 + 2 + 2) / 3
      { itemId: 'asks-view', n: 3, stationNumbers: [1], nextAnchor: anchors(0)[1] },
      { itemId: 'checks-picture', mean: 3, n: 3, stationNumbers: [1, 2, 3], nextAnchor: anchors(2)[3] },
    ])
    expect(actionPlan[1]?.mean).toBeCloseTo(5 / 3, 8)
  })

  it('plans by the share of the scale where stations have scales of different lengths', () => {
    // A second station of three points beside the first of five.
    const { rubrics } = exam([all(3)])
    const long = rubrics.flatMap(rubricItems)
    const short = rubrics.map((rubric) => ({ ...onPoints(rubric, 3), id: rubricIdSchema.parse('three-points') }))
    const table = [submitted([3, 3, 5, 5, ...allRated(4).slice(4)]), submitted([3, 2, 1, 3, ...allRated(3).slice(4)])]
    const day = recordedExam({
      stations: [{}, ...short.map(({ id, version }) => ({ rubric: { id, version } }))],
      candidates: [{}],
      record: (_, s) => table[s],
    })
    const { actionPlan } = resultOf({ ...day, rubrics: [...rubrics, ...short] })
    expect(actionPlan).toMatchObject([
      // (3/5 + 2/3) / 2 of five; (5/5 + 1/3) / 2 of three; (3/5 + 3/3) / 2 of five. The fourth is at the top of both.
      { itemId: long[1]?.id, points: 5, stationNumbers: [1], nextAnchor: long[1]?.anchors[3] },
      { itemId: long[2]?.id, points: 3, mean: 2, stationNumbers: [2], nextAnchor: long[2]?.anchors[2] },
      { itemId: long[0]?.id, points: 5, mean: 4, stationNumbers: [1], nextAnchor: long[0]?.anchors[4] },
    ])
  })

  it('tells the strongest and the weakest encounter apart only where there are two', () => {
    expect(resultOf(exam([all(2), all(5), all(3)]))).toMatchObject({
      strongest: 'encounter-2-1001',
      weakest: 'encounter-1-1001',
    })
    expect(resultOf(exam([all(2)]))).toMatchObject({ strongest: 'encounter-1-1001', weakest: null })
    expect(resultOf(exam([{ status: 'open' }]))).toMatchObject({ strongest: null, weakest: null })
  })
})

const rating = fc.option(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant<RatingValue>(NONE)), { nil: undefined })
const answer = fc.option(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant<SpAnswerValue>('not-applicable')), {
  nil: undefined,
})
const anyEncounter = fc.record(
  {
    status: fc.constantFrom<Recorded['status']>('scheduled', 'open', 'submitted', 'submitted', 'submitted', 'absent'),
    ratings: fc.array(rating, { maxLength: 12 }),
    globalRating: fc.constantFrom('borderline', 'good'),
    sp: fc.array(answer, { maxLength: 7 }),
  },
  { requiredKeys: ['status', 'ratings'] },
)
const anyExam = fc
  .record({ candidates: fc.integer({ min: 1, max: 12 }), stations: fc.integer({ min: 1, max: 3 }) })
  .chain(({ candidates, stations }) => {
    const row = fc.array(anyEncounter, { minLength: stations, maxLength: stations })
    return fc.array(row, { minLength: candidates, maxLength: candidates })
  })
  .map((table) => exam(...table))

describe('any exam', () => {
  it('has results that the contract takes: scores within their range, or withheld with a reason', () => {
    fc.assert(
      fc.property(anyExam, (data) => {
        const cohort = cohortResult(data)
        expect(cohortResultSchema.parse(cohort)).toEqual(cohort)
        const candidate = resultOf(data)
        expect(candidateResultSchema.parse(candidate)).toEqual(candidate)
        for (const { score } of [...cohort.candidates, ...cohort.cells]) {
          expect(score.value === null).toBe(score.reason !== null)
          expect(score.value).not.toBe(0)
        }
        const { pass, fail, incomplete, review } = cohort.outcomes
        expect(pass + fail + incomplete + review).toBe(data.candidates.length)
      }),
      { numRuns: 40 },
    )
  })

  it('has the same results in whatever order its encounters were recorded', () => {
    const shuffled = anyExam.chain((data) =>
      fc.record({
        data: fc.constant(data),
        encounters: fc.shuffledSubarray(data.encounters, { minLength: data.encounters.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ data, encounters }) => {
        const one = cohortResult(data)
        const other = cohortResult({ ...data, encounters })
        expect(other.candidates).toEqual(one.candidates)
        expect(other.completeness).toEqual(one.completeness)
        expect(other.outcomes).toEqual(one.outcomes)
        expect(other.scores).toEqual(one.scores)
        expect(other.attention).toEqual(one.attention)
      }),
      { numRuns: 40 },
    )
  })

  it('tells each candidate the same as it tells the director', () => {
    fc.assert(
      fc.property(anyExam, (data) => {
        cohortResult(data).candidates.forEach(({ candidate, outcome, score, stationsPassed, sp: patients }, index) => {
          expect(resultOf(data, index)).toMatchObject({ candidate, outcome, score, stationsPassed, sp: patients })
        })
      }),
      { numRuns: 15 },
    )
  })
})

describe('examiner and patient side by side', () => {
  it('compares their means over the encounters that have both, and no others', () => {
    const [station] = cohortResult(exam([all(4, { sp: sp(3) })], [all(2, { sp: sp(3) })], [all(5)])).perStation
    // 80 and 40 against 60 and 60; the 100 without a form counts for the station, not for the pairs.
    expect(station).toMatchObject({ pairs: 2, pairedMeans: { examiner: 60, sp: 60 } })
    expect(station?.score.mean).toBeCloseTo(220 / 3, 10)
    expect(cohortResult(exam([all(4)])).perStation[0]).toMatchObject({ pairs: 0, pairedMeans: null })
  })
})
