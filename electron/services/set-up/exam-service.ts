import { readFileSync } from 'node:fs'
import { AttuneError } from '#shared/contract/result.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { examSchema, type Exam, type ExamFields, type Paper } from '#shared/domain/exam.ts'
import { examIdSchema, type ExamId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { examReadiness } from '#shared/domain/readiness.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { uploadedBytes } from '#electron/files/list-file.ts'
import { isFromElsewhere, isOut } from '#electron/services/laptops/exam-home.ts'
import { askNoMore, lettersToCompare } from '#electron/services/laptops/package-letters.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import type { Store } from '#electron/store/store.ts'
import { addExam, readExamFile, toExamFile, withoutNames } from './exam-file.ts'
import { examRoster } from './exam-roster.ts'
import { makeRotation } from './rotation-service.ts'
import {
  changeExam,
  checked,
  entryAbout,
  examOf,
  merged,
  noteNames,
  openExam,
  recordAbout,
  refuseMarked,
  refuseOut,
  rotationStateOf,
  toldSetUp,
  type SetUpParts,
} from './set-up.ts'

type Parts = SetUpParts & {
  /** Makes the backup that a mistaken import is gone back behind with. */
  beforeImport: () => Promise<void>
  shelf: FileShelf
  /** The day it is here, ISO "YYYY-MM-DD". */
  today: () => string
  /** The closing statement of an exam as it stands, by whom. */
  closing: (examId: ExamId, session: Session | null) => LedgerEntry
  /** The paper that reports are usually printed on. */
  paper: () => Paper
  /** Path of the sample exam's file. */
  sampleExam: string
}

/** Exams from the first draft to the closed one. */
export function createExamHandlers(parts: Parts): HandlersOf<'exam'> {
  const { store, events, shelf, ids } = parts
  const readinessOf = (exam: Exam) =>
    examReadiness({
      exam,
      stations: store.stations.ofExam(exam.id),
      candidates: store.candidates.ofExam(exam.id),
      people: store.people.ofExam(exam.id),
      pins: store.accounts.pinsOf(exam.id),
      hasMarks: store.exams.hasMarks(exam.id),
      rotation: rotationStateOf(store, exam),
    })
  const adding = (add: () => Exam): Exam => {
    const exam = store.transaction(add)
    events.publish('exam.changed', { examId: exam.id })
    return exam
  }
  return {
    'exam.list': () =>
      store.exams.list().map((exam) => {
        const letters = lettersToCompare(store, exam.id)
        return {
          exam,
          putAway: store.exams.isPutAway(exam.id),
          ...store.exams.counts(exam.id),
          ...(letters !== null && { letters }),
          ...(isFromElsewhere(store, exam.id) && { elsewhere: true as const }),
        }
      }),
    'exam.roster': ({ examId }) => examRoster(store, examOf(store, examId).id),
    'exam.get': ({ examId }) => ({
      exam: examOf(store, examId),
      stations: store.stations.ofExam(examId),
      candidates: store.candidates.ofExam(examId),
      people: store.people.ofExam(examId),
      hasMarks: store.exams.hasMarks(examId),
      packageOut: sentTo(store, examId),
    }),
    'exam.create': (fields) =>
      adding(() => {
        const usual = defaults(parts.today(), parts.paper())
        return put(store, {
          ...merged(usual, fields),
          id: examIdSchema.parse(ids()),
          status: 'draft',
          sample: false,
        })
      }),
    'exam.update': ({ examId, fields }, { session }) => {
      const before = openExam(store, examId)
      return changeExam(parts, { examId, session }, () => {
        const exam = merged(before, fields)
        if (declared(exam) !== declared(before)) refuseMarked(store, examId)
        return put(store, exam)
      })
    },
    'exam.remove': ({ examId }, { session }) => {
      store.ledger.appendWith((append) => {
        const { status } = examOf(store, examId)
        refuseMarked(store, examId)
        // Its key opens the bundles that are still to come.
        refuseOut(store, examId)
        store.exams.remove(examId)
        askNoMore(store, examId)
        if (status !== 'draft') append(entryAbout(ids, { examId: null, session }, { type: 'exam.removed', examId }))
      })
      events.publish('exam.changed', { examId })
      return {}
    },
    'exam.setStatus': ({ examId, status }, { session }) => {
      const exam = examOf(store, examId)
      if (exam.status === status) return exam
      if (status === 'draft') {
        refuseMarked(store, examId)
        refuseOut(store, examId)
      }
      if (status === 'running') mustBeReady(readinessOf(exam))
      // None is closed without its statement.
      const then = status === 'closed' ? () => parts.closing(examId, session) : undefined
      const payload = { type: 'exam.status-changed', status, ...toldSetUp(store, examId, status) } as const
      recordAbout(parts, { examId, session, payload, then }, () => {
        // One that goes on is for people to see.
        if (status !== 'closed') store.exams.setPutAway(examId, false)
        put(store, { ...exam, status })
      })
      return examOf(store, examId)
    },
    'exam.putAway': ({ examId, away }, { session }) =>
      changeExam(parts, { examId, session }, () => {
        const { status } = examOf(store, examId)
        if (away && status !== 'closed') throw new AttuneError('exam-not-closed')
        store.exams.setPutAway(examId, away)
        return {}
      }),
    'exam.readiness': ({ examId }) => readinessOf(examOf(store, examId)),
    'exam.importFile': async ({ upload }) => {
      const file = readExamFile(uploadedBytes(upload))
      await parts.beforeImport()
      return adding(() => addExam(parts, file))
    },
    'exam.exportFile': async ({ examId, names = false }, { session }) => {
      const exam = examOf(store, examId)
      const file = toExamFile(store, exam)
      const text = `${JSON.stringify(names ? file : withoutNames(store, exam, file), null, 2)}\n`
      const suffix = names ? '-with-names' : ''
      const name = `${exam.title}${suffix}.attune-exam.json`
      const made = await shelf.put({ name, mime: 'application/json', bytes: text })
      if (names) noteNames(parts, session, { examId, what: 'exam', form: 'json' })
      return made
    },
    'exam.loadSample': () => {
      const file = readExamFile(readFileSync(parts.sampleExam))
      return adding(() => {
        const sample = addExam(parts, { ...file, exam: { ...file.exam, heldOn: parts.today() } })
        // Ready to be played at once, by whoever looks at the app for the first time.
        makeRotation(parts, sample.id)
        return put(store, { ...sample, status: 'running' })
      })
    },
  }
}

function put(store: Store, raw: Exam): Exam {
  const exam = checked(examSchema, { ...raw, title: cleanLine(raw.title), site: cleanLine(raw.site) })
  store.exams.put(exam)
  return exam
}

/** To which stations a package sends whom; null before the first one. */
function sentTo(store: Store, examId: ExamId) {
  if (!isOut(store, examId)) return null
  const slots = store.encounters.ofExam(examId)
  return {
    stations: [...new Set(slots.map(({ stationId }) => stationId))],
    candidates: [...new Set(slots.map(({ candidateId }) => candidateId))],
  }
}

/** What is declared before the exam: every candidate has the same time and the same rule, and so it stays. */
const declared = ({ timing, passRule }: ExamFields): string => canonicalJson({ timing, passRule })

function mustBeReady(findings: ReturnType<typeof examReadiness>): void {
  const blocking = findings.filter(({ level }) => level === 'blocking')
  const [first] = blocking
  if (first) throw new AttuneError('exam-not-ready', { count: blocking.length, first: first.code })
}

/** An exam as many are: eight minutes a station, a minute each to read, to talk and to change over. */
function defaults(today: string, paper: Paper): ExamFields {
  return {
    title: `OSCE ${today}`,
    heldOn: today,
    site: '',
    paper,
    timing: {
      startsAt: '09:00',
      readingSeconds: 60,
      encounterSeconds: 480,
      feedbackSeconds: 60,
      changeoverSeconds: 60,
      warnings: [{ phase: 'encounter', remainingSeconds: 120 }],
      breakEveryRounds: 4,
      breakSeconds: 600,
      circuitBreakSeconds: 1800,
    },
    passRule: { passMark: 60, minStationsPassed: 0 },
  }
}
