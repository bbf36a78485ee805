import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layTimeline, lineStart, SIGN_RADIUS } from '#renderer/features/results/charts/timeline-layout.ts'
import { markSchema, type Mark } from '#shared/domain/encounter.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'

const rubric = empathyRubric()
const mark = (over: Partial<Mark>): Mark =>
  markSchema.parse({
    id: 'mark-1',
    kind: 'moment',
    type: 'named',
    atMs: 0,
    cue: null,
    quote: '',
    review: null,
    ...over,
  })

test('signs on the timeline stand in their order, apart from each other and inside', () => {
  const times = fc.array(fc.integer({ min: 0, max: 480_000 }), { maxLength: 20 })
  fc.assert(
    fc.property(times, fc.integer({ min: 560, max: 1400 }), (all, width) => {
      const marks = all.map((atMs, index) => mark({ id: `mark-${index}` as Mark['id'], atMs }))
      const signs = layTimeline(marks, rubric, { lengthMs: 480_000, width })
      return signs.every(({ x, atMs }, index) => {
        const next = signs[index + 1]
        const inside = x >= SIGN_RADIUS - 1e-6 && x <= width - SIGN_RADIUS + 1e-6
        return inside && (next === undefined || (next.x > x && Number(next.atMs) >= Number(atMs)))
      })
    }),
  )
})

test('what was marked before the encounter stands in front of its line, not at 0:00', () => {
  const marks = [
    mark({ id: 'mark-2' as Mark['id'], atMs: 0 }),
    mark({ atMs: null }),
    mark({ id: 'mark-3' as Mark['id'], atMs: 480_000 }),
  ]
  const signs = layTimeline(marks, rubric, { lengthMs: 480_000, width: 800 })
  const start = lineStart(marks)
  expect(signs.map(({ atMs }) => atMs)).toEqual([null, 0, 480_000])
  expect(signs.map(({ x }) => x >= start)).toEqual([false, true, true])
  expect(signs[2]?.x).toBe(800 - SIGN_RADIUS)
  expect(lineStart(marks.slice(0, 1))).toBe(0)
})

test('labels in one row do not write over each other', () => {
  const marks = Array.from({ length: 9 }, (_, n) =>
    mark({ id: `mark-${n}` as Mark['id'], atMs: n * 4000, type: 'checked-back' }),
  )
  const signs = layTimeline(marks, rubric, { lengthMs: 480_000, width: 800 })
  expect(signs.filter(({ lane }) => lane !== null).length).toBeGreaterThan(2)
  expect(signs.some(({ lane }) => lane !== null && lane > 0)).toBe(true)
  for (const lane of [0, 1, 2]) {
    const row = signs.filter((sign) => sign.lane === lane)
    row.forEach((sign, index) => {
      const next = row[index + 1]
      if (next) expect(next.labelX - sign.labelX).toBeGreaterThan(60)
    })
  }
})

test('a missed cue is told from a met one, and red flags stay out of what a candidate is told', () => {
  const marks = [
    mark({ type: 'explored', atMs: 10 }),
    mark({ id: 'mark-2' as Mark['id'], type: 'missed', atMs: 20_000 }),
    mark({ id: 'mark-3' as Mark['id'], kind: 'look-alike', type: 'contagion', atMs: 40_000 }),
    mark({ id: 'mark-4' as Mark['id'], kind: 'red-flag', type: 'ridicule', atMs: 60_000 }),
  ]
  const signs = layTimeline(marks, rubric, { lengthMs: 480_000, width: 800 })
  expect(signs.map(({ letter, kind }) => `${letter} ${kind}`)).toEqual(['X met', '× unmet', 'C look-alike'])
})
