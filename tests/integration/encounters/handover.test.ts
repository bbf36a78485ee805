import { describe, expect, it, vi } from 'vitest'
import { personSchema } from '#shared/domain/exam.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { createLoans } from '#electron/services/session/loans.ts'
import { createSessions } from '#electron/services/session/sessions.ts'
import { openStore } from '#electron/store/store.ts'
import { codeOf, dataOf, encounterAt, examDay, newEvent, reopened, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN, QUICK, sitAs } from '#tests/support/sign-in.ts'
import { smallExam } from '#tests/support/small-exam.ts'

const RETURN_CODE = '2468'

/** The examiner's window is with the SP. */
async function lent() {
  const day = await examDay()
  const encounterId = encounterAt(day.small, 1, 1)
  const clientId = 'window-1'
  const examiner = day.window(clientId)
  await sitAs(examiner, day.small.examiner)
  dataOf(await examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  const spId = day.small.sp.id
  dataOf(await examiner('handover.begin', { encounterId, returnCode: RETURN_CODE, spId }))
  return { day: { ...day, examiner }, encounterId, clientId }
}

async function afterRestart({ day, encounterId }: Awaited<ReturnType<typeof lent>>, takeBack = false) {
  await day.services.shutdown()
  const again = await reopened(day.dataDir, day.small, { simulated: day.time, takeBack })
  return { again, encounterId, window: again.window('a window of the new start') }
}

const signIn = ({ id }: { id: PersonId }) => ({ personId: id, pin: PIN })

const choices = ({ small }: Pick<ExamDay, 'small'>) => [signIn(small.director), signIn(small.examiner)]

describe('handing the device over', () => {
  it('leaves nothing within reach but this encounter’s form, until the return code is given', async () => {
    const { day, encounterId } = await lent()
    const reached = [
      await day.examiner('encounter.open', { encounterId }),
      await day.examiner('session.signIn', signIn(day.small.director)),
      await day.examiner('session.leave', {}),
      await day.examiner('sp.open', { encounterId: encounterAt(day.small, 1, 2) }),
      await day.examiner('exam.list', {}),
      await day.examiner('handover.end', { returnCode: '1357' }),
    ]
    expect(reached.map(codeOf)).toEqual([
      'handed-over',
      'handed-over',
      'handed-over',
      'not-assigned',
      'handed-over',
      'wrong-return-code',
    ])
    expect(dataOf(await day.examiner('sp.open', { encounterId })).status).toBe('open')
    expect(dataOf(await day.examiner('handover.end', { returnCode: RETURN_CODE })).role).toBe('examiner')
    expect(codeOf(await day.examiner('encounter.open', { encounterId }))).toBe('accepted')
  })

  it('lets the clock of that encounter be heard there, and at the windows of its station alone', async () => {
    const { day, encounterId, clientId } = await lent()
    const { examiner, otherExaminer, sp } = day.small
    const heard: string[] = []
    const listen = async (name: string, who?: { id: PersonId }) => {
      if (who) await sitAs(day.window(name), who)
      day.services.events.subscribe(name, (event) => {
        if (event.name === 'clock.signalled' && event.payload.kind === 'phase-ended') heard.push(name)
      })
    }
    await listen(clientId)
    await listen('nobody is here')
    await listen('director', day.small.director)
    await listen('examiner', examiner)
    await listen('sp', sp)
    await listen('other', otherExaminer)
    const start = { encounterId, eventId: newEvent(), command: { kind: 'start' as const } }
    dataOf(await day.window('examiner')('clock.command', start))
    day.pass(61)
    expect(heard.sort()).toEqual(['examiner', 'sp', clientId])
    expect(dataOf(await day.examiner('clock.get', { encounterId })).phase).toBe('encounter')
    const next = encounterAt(day.small, 1, 2)
    expect(codeOf(await day.examiner('clock.get', { encounterId: next }))).toBe('not-assigned')
  })

  it('binds its own window alone: others open windows of their own and rate beside it', async () => {
    const { day, encounterId } = await lent()
    for (const who of [...choices(day), signIn(day.small.sp)]) {
      const fresh = day.window(`a window for ${who.personId}`)
      expect(dataOf(await fresh('session.get', {}))).toBeNull()
      expect(dataOf(await fresh('session.signIn', who))).toMatchObject({ personId: who.personId, handedOver: null })
    }
    expect(codeOf(await day.director('exam.get', { examId: day.small.exam.id }))).toBe('accepted')
    expect(codeOf(await day.sp('sp.open', { encounterId }))).toBe('accepted')
    expect(dataOf(await day.examiner('session.get', {}))).toMatchObject({ handedOver: encounterId })
  })

  it('binds a window that is opened anew once the lent one was closed, and none at which somebody sits', async () => {
    const { day, encounterId, clientId } = await lent()
    const heard: string[] = []
    day.services.events.subscribe('a waiting start screen', ({ name }) => heard.push(name))
    day.services.forgetClient(clientId)
    expect(heard).toContain('session.changed')
    const fresh = day.window('a fresh session of the browser')
    expect(dataOf(await fresh('session.get', {}))).toMatchObject({ role: 'sp', handedOver: encounterId })
    for (const who of choices(day)) expect(codeOf(await fresh('session.signIn', who))).toBe('handed-over')
    expect(codeOf(await day.director('exam.get', { examId: day.small.exam.id }))).toBe('accepted')
    dataOf(await day.director('session.leave', {}))
    expect(codeOf(await day.director('session.signIn', signIn(day.small.director)))).toBe('accepted')
    expect(dataOf(await fresh('handover.end', { returnCode: RETURN_CODE })).role).toBe('examiner')
    expect(dataOf(await day.window('another')('session.get', {}))).toBeNull()
  })

  it('of several windows that are gone binds a new one to the latest', async () => {
    const { day, encounterId, clientId } = await lent()
    const second = encounterAt(day.small, 1, 2)
    const elsewhere = day.window('window-2')
    await sitAs(elsewhere, day.small.examiner)
    dataOf(await elsewhere('encounter.confirmIdentity', { encounterId: second, eventId: newEvent() }))
    const spId = day.small.sp.id
    dataOf(await elsewhere('handover.begin', { encounterId: second, returnCode: RETURN_CODE, spId }))
    day.services.forgetClient(clientId)
    const fresh = day.window('a fresh window')
    expect(dataOf(await fresh('session.get', {}))).toMatchObject({ handedOver: encounterId })
    day.services.forgetClient('window-2')
    expect(dataOf(await fresh('session.get', {}))).toMatchObject({ handedOver: second })
    expect(dataOf(await elsewhere('session.get', {}))).toMatchObject({ handedOver: second })
    expect(dataOf(await fresh('session.get', {}))).toMatchObject({ handedOver: encounterId })
  })

  it('is refused while the exam is closed: the SP’s answers would be', async () => {
    const day = await examDay()
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
    const loan = { encounterId, returnCode: RETURN_CODE, spId: day.small.sp.id }
    expect(codeOf(await day.examiner('handover.begin', loan))).toBe('exam-closed')
  })

  it('makes guessing slow: after three wrong codes even the right one has to wait', async () => {
    const { day } = await lent()
    for (const returnCode of ['0000', '1111', '2222', '3333']) await day.examiner('handover.end', { returnCode })
    expect(codeOf(await day.examiner('handover.end', { returnCode: RETURN_CODE }))).toBe('wrong-return-code')
    day.pass(61)
    expect(codeOf(await day.examiner('handover.end', { returnCode: RETURN_CODE }))).toBe('accepted')
  })
})

describe('a device that was handed over, after the app was killed and started again', () => {
  it('is still with the SP: every new window reaches that form and nothing else', async () => {
    const before = await lent()
    const { day } = before
    const { again, encounterId, window } = await afterRestart(before)
    expect(dataOf(await window('session.get', {}))).toMatchObject({ role: 'sp', handedOver: encounterId })
    const reached = [
      ...(await Promise.all(choices(day).map((who) => window('session.signIn', who)))),
      await window('encounter.open', { encounterId }),
      await window('exam.roster', { examId: 'exam-1' as never }),
      await again.examiner('encounter.open', { encounterId }),
    ]
    expect(reached.map(codeOf)).toEqual(reached.map(() => 'handed-over'))
    expect(codeOf(await window('sp.open', { encounterId }))).toBe('accepted')
  })

  it('is its own window alone once that is back: whoever waited elsewhere is free, and told so', async () => {
    const { again, encounterId, window } = await afterRestart(await lent())
    expect(dataOf(await window('session.get', {}))).toMatchObject({ handedOver: encounterId })
    const heard: string[] = []
    again.services.events.subscribe('a window of the new start', ({ name }) => heard.push(name))
    expect(dataOf(await again.window('window-1')('session.get', {}))).toMatchObject({ handedOver: encounterId })
    expect(heard).toEqual(['session.changed'])
    expect(codeOf(await window('session.signIn', signIn(smallExam().director)))).toBe('accepted')
    expect(codeOf(await again.window('window-1')('session.signIn', signIn(smallExam().director)))).toBe('handed-over')
  })

  it('is not there because somebody asks who sits at it: it is once it calls or listens itself', async () => {
    const kept = new Map<string, string>()
    const settings = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string) => kept.set(key, value),
      remove: (key: string) => kept.delete(key),
    }
    const small = smallExam()
    const encounterId = encounterAt(small, 1, 1)
    const sessionsWith = (onPresence: () => void) => {
      const now = () => 0
      const loans = createLoans(settings, now, QUICK)
      return createSessions({
        loans,
        onPresence,
        onChange: () => undefined,
        onLock: () => undefined,
        now,
        idleMs: () => Infinity,
      })
    }
    const before = sessionsWith(() => undefined)
    before.sit('lent', { role: 'director', examId: null, personId: null })
    await before.handOver('lent', encounterId, RETURN_CODE, small.sp.id)

    const told = vi.fn()
    const sessions = sessionsWith(told)
    expect(sessions.of('lent')).toMatchObject({ handedOver: encounterId })
    expect(sessions.of('another')).toMatchObject({ handedOver: encounterId })
    expect(told).not.toHaveBeenCalled()
    sessions.heardOf('lent')
    expect(sessions.of('another')).toBeNull()
    expect(told).toHaveBeenCalledOnce()
  })

  it('goes back to its examiner with the return code, and is free from then on', async () => {
    const { again, encounterId, window } = await afterRestart(await lent())
    expect(codeOf(await window('handover.end', { returnCode: '1357' }))).toBe('wrong-return-code')
    const session = dataOf(await window('handover.end', { returnCode: RETURN_CODE }))
    expect(session).toMatchObject({ role: 'examiner', personId: 'examiner-1', handedOver: null })
    expect(codeOf(await window('encounter.open', { encounterId }))).toBe('accepted')
    expect(dataOf(await again.window('another')('session.get', {}))).toBeNull()
    await again.services.shutdown()
    const store = openStore({ dataDir: again.dataDir })
    expect(store.settings.get('loans')).toBe('[]')
    store.close()
  })

  it('goes on counting wrong codes: a restart does not make guessing quick', async () => {
    const before = await lent()
    for (const returnCode of ['0000', '1111', '3333']) await before.day.examiner('handover.end', { returnCode })
    const { again, window } = await afterRestart(before)
    expect(await window('handover.end', { returnCode: RETURN_CODE })).toMatchObject({ params: { waitSeconds: 2 } })
    again.pass(2)
    expect(await window('handover.end', { returnCode: '4444' })).toMatchObject({ params: { waitSeconds: 4 } })
    expect(codeOf(await window('handover.end', { returnCode: RETURN_CODE }))).toBe('wrong-return-code')
  })

  it('is free where the app was started to take it back, because the code was forgotten', async () => {
    const { again, encounterId, window } = await afterRestart(await lent(), true)
    expect(dataOf(await window('session.get', {}))).toBeNull()
    expect(codeOf(await again.examiner('encounter.open', { encounterId }))).toBe('accepted')
  })

  it('keeps no code that could be read from the disk', async () => {
    const { day } = await lent()
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir })
    const kept = store.settings.get('loans') ?? ''
    store.close()
    expect(kept).toContain('examiner-1')
    expect(kept).not.toContain(RETURN_CODE)
  })
})

describe('a station with two SPs', () => {
  async function withTwo() {
    const day = await examDay()
    const { id: examId } = day.small.exam
    const fields = { role: 'sp' as const, name: 'Second Player', stationIds: [day.small.stations[0].id] }
    const second = personSchema.parse(dataOf(await day.director('person.add', { examId, fields })))
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    const begin = (spId: typeof second.id | null) =>
      day.examiner('handover.begin', { encounterId, returnCode: RETURN_CODE, spId })
    return { day, encounterId, second, begin }
  }

  it('names both to the examiner, and is handed over to one of them alone', async () => {
    const { day, encounterId, second, begin } = await withTwo()
    const { sps } = dataOf(await day.examiner('encounter.open', { encounterId }))
    expect(sps.map(({ name }) => name).toSorted()).toEqual(['Second Player', 'sp-1'])
    expect(codeOf(await begin(null))).toBe('bad-input')
    expect(codeOf(await begin(day.small.otherExaminer.id))).toBe('not-found')
    expect(dataOf(await begin(second.id))).toMatchObject({ role: 'sp', personId: second.id })
  })

  it('records the form as that person’s', async () => {
    const { day, encounterId, second, begin } = await withTwo()
    dataOf(await begin(second.id))
    const answer = { encounterId, statement: 'listened' as const, value: 4 }
    const eventId = newEvent()
    dataOf(await day.examiner('sp.answer', { ...answer, eventId }))
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir })
    expect(store.ledger.find(eventId)).toMatchObject({ raterId: second.id, role: 'sp' })
    store.close()
  })
})
