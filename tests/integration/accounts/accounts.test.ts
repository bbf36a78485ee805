import { describe, expect, it } from 'vitest'
import { codeOf, dataOf, encounterAt, examDay, newEvent, reopened, type ExamDay } from '#tests/support/exam-day.ts'
import { createMonotonicClock } from '#electron/services/encounter/monotonic-clock.ts'
import { PIN } from '#tests/support/sign-in.ts'

const WRONG = '000000'

const signIn = (day: Pick<ExamDay, 'window'>, personId: ExamDay['small']['examiner']['id'], pin: string) =>
  day.window('a window of somebody')('session.signIn', { personId, pin })

async function fiveWrong(day: ExamDay) {
  const { id } = day.small.examiner
  for (let i = 0; i < 4; i++) expect(await signIn(day, id, WRONG)).toMatchObject({ params: { waitSeconds: 0 } })
  expect(await signIn(day, id, WRONG)).toMatchObject({ code: 'wrong-pin', params: { waitSeconds: 30, left: 0 } })
  return id
}

describe('a PIN', () => {
  it('lets its person in, and a wrong one says how many tries are left', async () => {
    const day = await examDay()
    const { id } = day.small.examiner
    expect(await signIn(day, id, WRONG)).toMatchObject({ code: 'wrong-pin', params: { left: 4 } })
    expect(dataOf(await signIn(day, id, PIN))).toMatchObject({ role: 'examiner', personId: id, locked: false })
    expect(await signIn(day, id, WRONG)).toMatchObject({ params: { left: 4 } })
  })

  it('has to be waited for after five wrong ones, twice as long each time and a quarter of an hour at most', async () => {
    const day = await examDay()
    const id = await fiveWrong(day)
    expect(codeOf(await signIn(day, id, PIN))).toBe('wrong-pin')
    const waits: unknown[] = []
    let wait = 30
    for (let i = 0; i < 7; i++) {
      day.pass(wait)
      const answer = await signIn(day, id, WRONG)
      wait = answer.ok ? 0 : Number(answer.params['waitSeconds'])
      waits.push(wait)
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900])
    day.pass(900)
    expect(codeOf(await signIn(day, id, PIN))).toBe('accepted')
  })

  it('of somebody else needs no wait', async () => {
    const day = await examDay()
    await fiveWrong(day)
    expect(codeOf(await signIn(day, day.small.sp.id, PIN))).toBe('accepted')
  })

  it('is waited for anew after a restart, however far the clock on the wall was set forward', async () => {
    const day = await examDay()
    const id = await fiveWrong(day)
    await day.services.shutdown()
    const again = await reopened(day.dataDir, day.small)
    expect(await signIn(again, id, PIN)).toMatchObject({ code: 'wrong-pin', params: { waitSeconds: 30 } })
    again.pass(30)
    expect(await signIn(again, id, WRONG)).toMatchObject({ params: { waitSeconds: 60 } })
  })

  it('is waited for by the time that passes, though the clock on the wall is set forward while the app runs', async () => {
    const machine = { steadyMs: 0, wallMs: Date.parse('2026-11-14T09:00:00Z') }
    const clock = createMonotonicClock({
      steadyMs: () => machine.steadyMs,
      uptimeMs: () => machine.steadyMs,
      wallMs: () => machine.wallMs,
      bootId: () => 'this boot',
    })
    const day = await examDay({ time: { clock, wallClock: () => machine.wallMs } })
    const id = await fiveWrong(day)
    const passes = (seconds: number) => {
      machine.steadyMs += seconds * 1000
      machine.wallMs += seconds * 1000
    }
    passes(10)
    machine.wallMs += 7 * 86_400_000
    expect(await signIn(day, id, PIN)).toMatchObject({ code: 'wrong-pin', params: { waitSeconds: 20 } })
    machine.wallMs -= 30 * 86_400_000
    passes(19)
    expect(await signIn(day, id, PIN)).toMatchObject({ code: 'wrong-pin', params: { waitSeconds: 1 } })
    passes(1)
    expect(codeOf(await signIn(day, id, PIN))).toBe('accepted')
  })

  it('is counted before it is looked at: tries at once are no more tries', async () => {
    const day = await examDay()
    const { id } = day.small.examiner
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(day, id, WRONG)))
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'wrong-pin'))
    day.pass(29)
    expect(codeOf(await signIn(day, id, PIN))).toBe('wrong-pin')
    day.pass(1)
    expect(codeOf(await signIn(day, id, PIN))).toBe('accepted')
  })
})

describe('a window that nobody touches', () => {
  it('locks after ten minutes, reaches its clock and no mark, and goes on with the PIN', async () => {
    const day = await examDay({ idleLock: true })
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    day.pass(300)
    dataOf(await day.examiner('session.touched', {}))
    day.pass(599)
    expect(codeOf(await day.examiner('encounter.open', { encounterId }))).toBe('accepted')
    day.pass(1)
    expect(codeOf(await day.examiner('encounter.open', { encounterId }))).toBe('locked')
    expect(codeOf(await day.examiner('session.touched', {}))).toBe('locked')
    expect(codeOf(await day.examiner('encounter.schedule', { examId: day.small.exam.id }))).toBe('locked')
    expect(codeOf(await day.examiner('clock.get', { encounterId }))).toBe('accepted')
    expect(dataOf(await day.examiner('session.get', {}))).toMatchObject({ locked: true, role: 'examiner' })
    dataOf(await day.examiner('session.signIn', { personId: day.small.examiner.id, pin: PIN }))
    expect(codeOf(await day.examiner('encounter.open', { encounterId }))).toBe('accepted')
  })

  it('stays with its SP while it is lent', async () => {
    const day = await examDay({ idleLock: true })
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    dataOf(await day.examiner('handover.begin', { encounterId, returnCode: '4711', spId: day.small.sp.id }))
    day.pass(3600)
    expect(codeOf(await day.examiner('sp.open', { encounterId }))).toBe('accepted')
    expect(dataOf(await day.examiner('handover.end', { returnCode: '4711' }))).toMatchObject({ locked: false })
  })

  it('is set by a director alone', async () => {
    const day = await examDay()
    expect(codeOf(await day.examiner('settings.set', { idleLockMinutes: 60 }))).toBe('forbidden')
    expect(dataOf(await day.director('settings.set', { idleLockMinutes: 2 }))).toMatchObject({ idleLockMinutes: 2 })
  })
})

describe('a director', () => {
  it('whose PIN is lost gets a new one with the recovery key, which is used up', async () => {
    const day = await examDay()
    const { id: directorId } = day.small.director
    const { recoveryKey } = dataOf(await day.director('account.newKey', { pin: PIN }))
    const recover = (key: string) =>
      day.window('start')('account.recover', { directorId, recoveryKey: key, pin: '975310' })
    expect(codeOf(await recover('22222-22222-22222-22222-22222'))).toBe('wrong-recovery-key')
    const next = dataOf(await recover(recoveryKey.toLowerCase().replaceAll('-', ' ')))
    expect(next.session).toMatchObject({ role: 'director', personId: directorId })
    expect(codeOf(await recover(recoveryKey))).toBe('wrong-recovery-key')
    expect(codeOf(await signIn(day, directorId, PIN))).toBe('wrong-pin')
    expect(codeOf(await signIn(day, directorId, '975310'))).toBe('accepted')
    // Whoever sat at another window with the old PIN is asked for the new one.
    expect(dataOf(await day.director('session.get', {}))).toMatchObject({ locked: true })
  })

  it('is never the last to be removed, and makes nobody a second first one', async () => {
    const day = await examDay()
    const { id: directorId } = day.small.director
    expect(codeOf(await day.director('account.removeDirector', { directorId }))).toBe('last-director')
    const again = await day.window('start')('account.begin', { name: 'Somebody', pin: '135790' })
    expect(codeOf(again)).toBe('director-exists')
  })

  it('gives PINs that work at once, in place of those before', async () => {
    const day = await examDay()
    const { id } = day.small.sp
    const [slip] = dataOf(await day.director('account.givePins', { examId: day.small.exam.id, personIds: [id] }))
    expect(slip?.pin).toMatch(/^\d{6}$/)
    expect(codeOf(await signIn(day, id, slip?.pin ?? ''))).toBe('accepted')
  })
})
