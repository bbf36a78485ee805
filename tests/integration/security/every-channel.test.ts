import fc from 'fast-check'
import { homedir, tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { contract } from '#shared/contract/contract.ts'
import { errorCodeSchema, type Result } from '#shared/contract/result.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { dataOf, examDay, type ExamDay, type Window } from '#tests/support/exam-day.ts'
import type { Trial } from '../contract/trials/trial.ts'
import { trials } from '../contract/trials.ts'
import { noInput, withImpossibleValue, withOtherValue, withStrangeField } from './hostile-input.ts'

/** The whole answer to a refused call, held against all that must not be in one. */
function refusalOf(day: ExamDay, answer: Result<unknown>): string {
  const text = JSON.stringify(answer)
  if (answer.ok) throw new Error('accepted')
  expect(Object.keys(answer).toSorted()).toEqual(['code', 'ok', 'params'])
  expect(errorCodeSchema.safeParse(answer.code).success).toBe(true)
  expect(answer.code).not.toBe('internal')
  expect(answer.code).not.toBe('bad-output')
  for (const place of [day.dataDir, process.cwd(), homedir(), tmpdir(), 'file:///', 'node_modules'])
    expect(text).not.toContain(place)
  expect(text).not.toMatch(/\bat [^"]+:\d+:\d+|\bSQLITE_|\bSELECT |\bINSERT /)
  // What was sent is not sent back by the megabyte.
  expect(text.length).toBeLessThan(1000)
  return answer.code
}

const everySeat = (day: ExamDay) =>
  ({
    director: day.director,
    examiner: day.examiner,
    sp: day.sp,
    nobody: day.window('somebody who never sat down'),
  }) satisfies Record<Trial<ChannelName>['by'], Window>

/** Whoever sits at a window now: a device that was handed over has changed hands. */
async function mayCall(channel: ChannelName, call: Window): Promise<boolean> {
  const { access } = contract[channel]
  const session = dataOf(await call('session.get', {}))
  return access === 'anyone' || access.includes(session?.role ?? 'nobody')
}

test.each(channels)(
  '%s refuses what is not its input and who may not call it, and has an answer to all else',
  async (channel) => {
    const day = await examDay()
    const rows = rowsOf(day.dataDir)
    const { good: goodInput, by } = trials[channel] as Trial<ChannelName>
    const good = await goodInput(day)
    const seats = everySeat(day)
    const before = rows()
    const notItsInput = [
      noInput,
      withStrangeField(good),
      ...(Object.keys(good).length > 0 ? [withImpossibleValue(good)] : []),
    ]
    await fc.assert(
      fc.asyncProperty(fc.oneof(...notItsInput), async (input) => {
        expect(refusalOf(day, await seats[by](channel, input as never))).toBe('bad-input')
      }),
      { numRuns: 40 },
    )
    expect(rows(), 'after what is not its input').toBe(before)

    for (const call of Object.values(seats)) {
      if (await mayCall(channel, call)) continue
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.constant<unknown>(good), noInput, withStrangeField(good)), async (input) => {
          expect(refusalOf(day, await call(channel, input as never))).toMatch(/^(forbidden|handed-over)$/)
        }),
        { numRuns: 10 },
      )
    }
    expect(rows(), 'after seats that may not call it').toBe(before)

    // Odd values may well be taken, so they come last. A refusal is never a fault of the app.
    if (Object.keys(good).length === 0) return
    await fc.assert(
      fc.asyncProperty(withOtherValue(good), async (input) => {
        const answer = await seats[by](channel, input as never)
        if (!answer.ok) refusalOf(day, answer)
      }),
      { numRuns: 30 },
    )
  },
)

test('what reaches for the prototype of an object leaves every other object as it was', async () => {
  const day = await examDay()
  const input: unknown = JSON.parse(
    '{"examId":"exam-1","__proto__":{"isAdmin":true},"constructor":{"prototype":{"x":1}}}',
  )
  await day.director('exam.get', input as never)
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})

test('a value that holds itself is refused', async () => {
  const day = await examDay()
  const loop: { examId: string; more?: unknown } = { examId: 'exam-1' }
  loop.more = loop
  expect(refusalOf(day, await day.director('exam.get', loop as never))).toBe('bad-input')
})
