import App from '#renderer/App.vue'
import type { ExamSummary, RosterEntry } from '#shared/contract/parts/exams.ts'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import { type Person } from '#shared/domain/exam.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { fakeBridge, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { screenExam } from '#tests/support/screen-exam.ts'

const { exam } = screenExam()

export const storage = (state: StorageStatus['state'] = 'ok'): StorageStatus => ({
  state,
  events: 3412,
  lastWriteAt: '2026-11-14T10:31:00.000Z',
  reserve: 'kept',
  broken: null,
})

const info = (status = storage()) => ({ version: '0.1.0', host: 'web' as const, storage: status })

export const summary = (over: Partial<ExamSummary['exam']> = {}): ExamSummary => ({
  exam: { ...exam, ...over },
  putAway: false,
  stations: 3,
  candidates: 3,
  encounters: 6,
  submitted: 2,
  absent: 1,
})

export const entry = ({ id, role, name }: Person, pin: RosterEntry['pin'] = 'own'): RosterEntry => ({
  person: { id, role, name },
  stations: [3],
  pin,
})

export const session = (who: { role: 'examiner' | 'sp' | 'director'; person?: Person }) =>
  sessionSchema.parse({
    role: who.role,
    examId: who.person ? exam.id : null,
    personId: who.person?.id ?? 'director-1',
    handedOver: null,
  })

const accounts = {
  directors: [{ id: personIdSchema.parse('director-1'), name: 'Prof Dana Mustermann', samplePin: null }],
  recoverable: true,
}

export const open = (answers: Answers) => {
  const bridge = fakeBridge({
    'app.info': info(),
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': null,
    'exam.list': [],
    'exam.roster': [],
    'account.list': accounts,
    'encounter.schedule': [],
    'sp.schedule': [],
    'sp.parts': [],
    ...answers,
  })
  return { bridge, opened: openScreen(App, { bridge }) }
}

export async function signInDirector(screen: Screen): Promise<void> {
  await screen.fill('PIN', '135790')
  await screen.press('Sign in')
}
