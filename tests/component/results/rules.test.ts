import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { atMostOncePer } from '#renderer/ui/at-most-once.ts'
import { becauseOf } from '#renderer/features/results/candidate/outcome-words.ts'
import { layTimeline, lineStart, SIGN_RADIUS } from '#renderer/features/results/charts/timeline-layout.ts'
import { moveIn } from '#renderer/features/results/completeness/grid-moves.ts'
import { laterOf } from '#renderer/features/results/reports/job-state.ts'
import { jobSchema, type Job } from '#shared/contract/parts/common.ts'
import { markSchema, type Mark } from '#shared/domain/encounter.ts'
import { empathyRubric, smallExam } from '#tests/support/small-exam.ts'

const keys = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Mod+Home',
  'Mod+End',
  'X',
]

test('no key leads out of the grid', () => {
  const size = fc.record({ rows: fc.integer({ min: 1, max: 300 }), columns: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(size, fc.array(fc.constantFrom(...keys), { maxLength: 40 }), (within, pressed) => {
      let at = { row: 0, column: 0 }
      for (const key of pressed) at = moveIn(at, key, within)
      return at.row >= 0 && at.row < within.rows && at.column >= 0 && at.column < within.columns
    }),
  )
})

test('keys lead where their names say', () => {
  const size = { rows: 200, columns: 12 }
  const at = { row: 50, column: 5 }
  expect(moveIn(at, 'ArrowUp', size)).toEqual({ row: 49, column: 5 })
  expect(moveIn(at, 'PageDown', size)).toEqual({ row: 60, column: 5 })
  expect(moveIn(at, 'End', size)).toEqual({ row: 50, column: 11 })
  expect(moveIn(at, 'Mod+End', size)).toEqual({ row: 199, column: 11 })
  expect(moveIn({ row: 199, column: 0 }, '', { rows: 3, columns: 12 })).toEqual({ row: 2, column: 0 })
})

test('work is done once in each pause, whatever is asked, and never after its end', async () => {
  vi.useFakeTimers()
  try {
    const work = vi.fn(() => Promise.resolve())
    const { ask, end } = atMostOncePer(1000, work)
    for (let ms = 0; ms < 5000; ms += 50) {
      ask()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(work.mock.calls.length).toBeGreaterThanOrEqual(4)
    expect(work.mock.calls.length).toBeLessThanOrEqual(5)
    ask()
    end()
    const done = work.mock.calls.length
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).toHaveBeenCalledTimes(done)
  } finally {
    vi.useRealTimers()
  }
})

test('work that takes long is not started twice at once, and what was asked meanwhile follows', async () => {
  vi.useFakeTimers()
  try {
    let running = 0
    let most = 0
    const work = vi.fn(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 3000))
      running -= 1
    })
    const { ask, end } = atMostOncePer(1000, work)
    ask()
    await vi.advanceTimersByTimeAsync(2000)
    ask()
    ask()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(most).toBe(1)
    expect(work).toHaveBeenCalledTimes(2)
    end()
  } finally {
    vi.useRealTimers()
  }
})

const job = (over: Partial<Job>): Job =>
  jobSchema.parse({
    id: 'job-1',
    examId: 'exam-1',
    kind: 'feedback-batch',
    status: 'running',
    done: 0,
    total: 5,
    file: null,
    failure: null,
    ...over,
  })

test('progress never goes back, and a job that ended stays ended', () => {
  expect(laterOf(undefined, job({ done: 1 })).done).toBe(1)
  expect(laterOf(job({ done: 3 }), job({ done: 1 })).done).toBe(3)
  expect(laterOf(job({ done: 3 }), job({ done: 3, status: 'cancelled' })).status).toBe('cancelled')
  expect(laterOf(job({ status: 'done' }), job({ done: 4 })).status).toBe('done')
})

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

test.each([
  ['pass', [], 2, ['pass']],
  ['pass', [], 0, ['passMeanOnly']],
  ['fail', ['pass-mark'], 2, ['failMean']],
  ['fail', ['stations'], 2, ['failStations']],
  ['fail', ['pass-mark', 'stations'], 2, ['failBoth']],
  ['fail', ['red-flag'], 2, ['failFlag']],
  ['fail', ['stations', 'red-flag'], 2, ['failStations', 'failFlag']],
  ['incomplete', [], 2, ['incomplete']],
  ['review', [], 2, ['review']],
] as const)('%s with %j not met and %i stations needed is explained as %j', (outcome, unmet, needed, why) => {
  const { exam } = smallExam()
  const declared = { ...exam, passRule: { passMark: 60, minStationsPassed: needed } }
  expect(becauseOf({ outcome, unmet: [...unmet], exam: declared })).toEqual(why)
})
