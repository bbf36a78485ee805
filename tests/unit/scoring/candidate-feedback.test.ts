import { describe, expect, it } from 'vitest'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { allRated, recordedExam, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'
import { onPoints } from '#tests/support/small-exam.ts'
import { NONE, all, exam, submitted } from './recorded-table.ts'

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
