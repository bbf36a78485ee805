import { vi } from 'vitest'
import App from '#renderer/App.vue'
import type { Output } from '#shared/contract/contract.ts'
import type { RubricEntry } from '#shared/contract/parts/exams.ts'
import type { Readiness } from '#shared/domain/readiness.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { fakeBridge, type Answers, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { empathyRubric, smallExam } from '#tests/support/small-exam.ts'

export type Data = Output<'exam.get'>

export const rubric = empathyRubric()

/** A small exam in preparation, as the host has it. */
export function draftExam(over: Partial<Data> = {}): Data {
  const { exam, stations, candidates, examiner, otherExaminer, sp } = smallExam()
  return {
    exam: { ...exam, status: 'draft' },
    stations: [...stations],
    candidates: [...candidates],
    people: [examiner, otherExaminer, sp],
    hasMarks: false,
    packageOut: null,
    ...over,
  }
}

export const entryOf = (over: Partial<RubricEntry> = {}): RubricEntry => ({
  ref: { id: rubric.id, version: rubric.version },
  title: rubric.title,
  shipped: true,
  inUse: false,
  items: rubricItems(rubric).length,
  domains: rubric.domains.map(({ id, title }) => ({ id, title })),
  ...over,
})

export const finding = (over: Partial<Readiness>): Readiness => ({
  code: 'no-rotation',
  level: 'blocking',
  leadsTo: 'rotation',
  params: {},
  ...over,
})

export type SetupHost = { bridge: FakeBridge; data: Data }

/** A host that keeps one exam and changes it as it is told, for a director. `data` is what is stored. */
export function setupHost(data: Data = draftExam(), answers: Answers = {}): SetupHost {
  const host = { data }
  const summary = () => ({
    exam: host.data.exam,
    putAway: false,
    stations: host.data.stations.length,
    candidates: host.data.candidates.length,
    encounters: 0,
    submitted: 0,
    absent: 0,
  })
  const bridge = fakeBridge({
    'app.info': {
      version: '0.1.0',
      host: 'web',
      storage: { state: 'ok', events: 0, lastWriteAt: null, reserve: 'kept', broken: null },
    },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': sessionSchema.parse({ role: 'director', examId: null, personId: null, handedOver: null }),
    'exam.list': () => [summary()],
    'exam.roster': [],
    'exam.get': () => host.data,
    'exam.readiness': [],
    'rubric.list': [entryOf()],
    'exam.update': ({ fields }) => {
      host.data = { ...host.data, exam: merged(host.data.exam, fields) }
      return host.data.exam
    },
    'station.update': ({ stationId, fields }) => {
      const stations = host.data.stations.map((one) => (one.id === stationId ? merged(one, fields) : one))
      host.data = { ...host.data, stations }
      return found(stations, stationId)
    },
    'candidate.update': ({ candidateId, fields }) => {
      const all = host.data.candidates.map((one) => (one.id === candidateId ? merged(one, fields) : one))
      host.data = { ...host.data, candidates: all }
      return found(all, candidateId)
    },
    'person.update': ({ personId, fields }) => {
      const people = host.data.people.map((one) => (one.id === personId ? merged(one, fields) : one))
      host.data = { ...host.data, people }
      return found(people, personId)
    },
    ...answers,
  })
  return {
    bridge,
    get data() {
      return host.data
    },
    set data(next) {
      host.data = next
    },
  }
}

/** Opens a part of the set-up. Time stands still until `rest` lets it pass. */
export async function openSetup({ bridge }: SetupHost, at = 'plan'): Promise<Screen> {
  const screen = await openScreen(App, { bridge, at: `/exams/exam-1/setup/${at}` })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  return screen
}

/** The hands rest long enough for what was changed to be saved. */
export async function rest(screen: Screen): Promise<void> {
  vi.advanceTimersByTime(500)
  await screen.settle()
}

/** Tabs open by the press of the mouse, not its release. */
export async function openTab(screen: Screen, name: string | RegExp): Promise<void> {
  screen.find(name).dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))
  await screen.settle()
}

export const valueOf = (screen: Screen, name: string | RegExp): string => {
  const field = screen.find(name)
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : ''
}

function merged<T extends object>(one: T, fields: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...one, ...Object.fromEntries(given) }
}

function found<T extends { id: string }>(list: readonly T[], id: string): T {
  const one = list.find((entry) => entry.id === id)
  if (one === undefined) throw new Error(`there is no ${id}`)
  return one
}
