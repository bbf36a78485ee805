import { describe, expect, it } from 'vitest'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { SpAnswerValue } from '#shared/domain/sp-form.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { allRated } from '#tests/support/recorded-exam.ts'
import { all, exam, sp, submitted } from './recorded-table.ts'

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
