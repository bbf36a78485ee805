import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { DATABASE_FILE, openReader, openStore } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import { candidateIdSchema, type PersonId } from '#shared/domain/ids.ts'
import {
  codeOf,
  dataOf,
  encounterAt,
  itemAt,
  newEvent,
  newMark,
  reopened,
  examDayWith,
} from '#tests/support/exam-day.ts'
import { filesWith } from '#tests/support/files-with.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { PIN } from '#tests/support/sign-in.ts'

const name = 'Žofie Uhlířová-Quibble'
const number = 'Q7788'
const people = ['Prof Examiner Ypsilon', 'Dr Other Xenakis', 'Pat Zwingli']

/** A closed exam with marks, in which the first candidate and the people have names that stand nowhere else. */
async function closedExam({ close = true } = {}) {
  const day = await examDayWith((store, { candidates, examiner, otherExaminer, sp }) => {
    store.candidates.put({ ...candidates[0], name, number })
    for (const [at, person] of [examiner, otherExaminer, sp].entries())
      store.people.put({ ...person, name: people[at] ?? '' })
  })
  const { small } = day
  for (const candidate of [1, 2]) {
    const write = () => ({ encounterId: encounterAt(small, 1, candidate), eventId: newEvent() })
    dataOf(await day.examiner('encounter.confirmIdentity', write()))
    for (let item = 0; item < 12; item += 1)
      dataOf(await day.examiner('rating.record', { ...write(), itemId: itemAt(small.rubric, item), value: 4 }))
    const markId = newMark()
    const type = small.rubric.redFlags[0]?.id ?? ''
    dataOf(await day.examiner('mark.make', { ...write(), markId, kind: 'red-flag', type }))
    dataOf(await day.examiner('globalRating.record', { ...write(), value: 'good' }))
    const review = { decision: 'dismissed' as const, reason: 'Misheard', reviewerId: small.otherExaminer.id, pin: PIN }
    dataOf(await day.director('redFlag.review', { ...write(), markId, ...review }))
    dataOf(await day.examiner('encounter.submit', { ...write(), missing: [] }))
  }
  const examId = small.exam.id
  if (close) dataOf(await day.director('exam.setStatus', { examId, status: 'closed' }))
  return { day, examId, candidateId: small.candidates[0].id }
}

const hashOf = (dataDir: string, id: PersonId): string => {
  const reader = openReader(dataDir)
  try {
    return reader.accounts.credential(id)?.hash ?? ''
  } finally {
    reader.close()
  }
}

const isSoundAt = (dataDir: string): boolean => {
  const reader = openReader(dataDir)
  try {
    return isSound(reader.verify())
  } finally {
    reader.close()
  }
}

describe('an erased candidate', () => {
  it('is in no file of the data folder any more, neither name nor number', async () => {
    const { day, examId, candidateId } = await closedExam()
    dataOf(await day.director('report.candidate', { examId, candidateId }))
    dataOf(await day.director('export.results', { examId, names: true }))
    expect(filesWith(day.dataDir, name)).not.toEqual([])
    expect(filesWith(day.dataDir, number)).not.toEqual([])
    dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
    expect(filesWith(day.dataDir, name)).toEqual([])
    expect(filesWith(day.dataDir, number)).toEqual([])
    await day.services.shutdown()
    expect(filesWith(day.dataDir, name)).toEqual([])
    expect(filesWith(day.dataDir, number)).toEqual([])
  })

  it('leaves the figures of the cohort, a sound ledger, and an event that names ids alone', async () => {
    const { day, examId, candidateId } = await closedExam()
    const before = dataOf(await day.director('results.cohort', { examId }))
    dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
    const after = dataOf(await day.director('results.cohort', { examId }))
    expect(after.candidates.map(({ candidate }) => candidate.name)).toContain(NAMELESS)
    expect(after.perStation).toEqual(before.perStation)
    expect(after.outcomes).toEqual(before.outcomes)
    const figures = ({ candidates }: typeof before) =>
      new Map(candidates.map(({ candidate, score, outcome }) => [candidate.id, { score, outcome }]))
    expect(figures(after)).toEqual(figures(before))
    expect(isSoundAt(day.dataDir)).toBe(true)
    const reader = openReader(day.dataDir)
    expect(reader.candidates.get(candidateId)).toMatchObject({ name: NAMELESS, group: '' })
    reader.close()
  })

  it('has a report without a name', async () => {
    const { day, examId, candidateId } = await closedExam()
    dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
    const { id, name: file } = dataOf(await day.director('report.candidate', { examId, candidateId }))
    const text = (await readPdf(readFileSync(day.services.findFile(id)?.path ?? ''))).pages.join('\n')
    for (const gone of [name, number]) {
      expect(text).not.toContain(gone)
      expect(file).not.toContain(gone)
    }
  })

  it('is erased once, however often it is asked for', async () => {
    const { day, examId, candidateId } = await closedExam()
    dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
    const of = async () =>
      dataOf(await day.director('exam.get', { examId })).candidates.find(({ id }) => id === candidateId)
    const first = await of()
    dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
    expect(await of()).toEqual(first)
  })

  it('is refused while the exam runs, and for somebody who is not there', async () => {
    const { day, examId, candidateId } = await closedExam({ close: false })
    const nobody = candidateIdSchema.parse('nobody')
    expect(codeOf(await day.director('privacy.eraseCandidate', { candidateId: nobody }))).toBe('unknown-candidate')
    expect(codeOf(await day.director('privacy.eraseCandidate', { candidateId }))).toBe('names-in-use')
    expect(codeOf(await day.director('privacy.eraseExam', { examId }))).toBe('names-in-use')
    expect(filesWith(day.dataDir, name)).not.toEqual([])
  })
})

describe('the names of an exam', () => {
  it('all go at once: of candidates, of its people and of second persons', async () => {
    const { day, examId } = await closedExam()
    const encounterId = encounterAt(day.small, 1, 1)
    const reviewOf = async () => dataOf(await day.director('results.encounter', { encounterId })).marks[0]?.review
    const before = dataOf(await day.director('results.cohort', { examId }))
    expect(await reviewOf()).toMatchObject({ decision: 'dismissed', reviewer: people[1] })
    dataOf(await day.director('privacy.eraseExam', { examId }))
    expect(await reviewOf()).toMatchObject({ decision: 'dismissed', reviewer: null })
    for (const gone of [name, number, 'Candidate 2', ...people]) expect(filesWith(day.dataDir, gone)).toEqual([])
    const after = dataOf(await day.director('results.cohort', { examId }))
    expect(after.perStation).toEqual(before.perStation)
    expect(new Set(after.candidates.map(({ candidate }) => candidate.name))).toEqual(new Set([NAMELESS]))
    expect(isSoundAt(day.dataDir)).toBe(true)
  })

  it('go with those that reviewers typed before they signed with a PIN', async () => {
    const typed = 'Second Reader Wójcik'
    const { day, examId } = await closedExam()
    const encounterId = encounterAt(day.small, 1, 3)
    const [markId, eventId] = [newMark(), newEvent()]
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir })
    const event = { examId, encounterId, raterId: null, role: 'director', offsetMs: null } as const
    const markType = day.small.rubric.redFlags[0]?.id ?? ''
    const review = { decision: 'upheld', reason: 'heard', reviewerId: eventId } as const
    store.ledger.append({
      ...event,
      id: newEvent(),
      payload: { type: 'mark.made', markId, kind: 'red-flag', markType },
    })
    store.ledger.append({ ...event, id: eventId, payload: { type: 'red-flag.reviewed', markId, review } })
    store.close()
    const db = new Database(join(day.dataDir, DATABASE_FILE))
    db.prepare('INSERT INTO identity (id, name) VALUES (?, ?)').run(eventId, typed)
    db.close()
    const { director } = await reopened(day.dataDir, day.small)
    const reviewOf = async () => dataOf(await director('results.encounter', { encounterId })).marks[0]?.review
    expect(await reviewOf()).toMatchObject({ decision: 'upheld', reviewer: typed })
    const retained = dataOf(await director('privacy.retention', {})).find((entry) => entry.examId === examId)
    expect(retained).toMatchObject({ names: 7 })
    dataOf(await director('privacy.eraseExam', { examId }))
    expect(await reviewOf()).toMatchObject({ decision: 'upheld', reviewer: null })
    expect(filesWith(day.dataDir, typed)).toEqual([])
  })

  it('take the PINs of its people with them, and nobody gets a name or a PIN again', async () => {
    const { day, examId, candidateId } = await closedExam({ close: false })
    const personId = day.small.sp.id
    dataOf(await day.director('account.givePins', { examId, personIds: [personId] }))
    const hash = hashOf(day.dataDir, personId)
    expect(filesWith(day.dataDir, hash)).not.toEqual([])
    dataOf(await day.director('exam.setStatus', { examId, status: 'closed' }))
    dataOf(await day.director('privacy.eraseExam', { examId }))
    expect(filesWith(day.dataDir, hash)).toEqual([])
    expect(hashOf(day.dataDir, day.small.director.id)).toMatch(/^.scrypt/)
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir })
    store.exams.put(day.small.exam)
    store.close()
    const { director } = await reopened(day.dataDir, day.small)
    const fields = { name: 'Back Again' }
    expect(codeOf(await director('account.givePins', { examId, personIds: [personId] }))).toBe('name-erased')
    expect(codeOf(await director('person.update', { personId, fields }))).toBe('name-erased')
    expect(codeOf(await director('candidate.update', { candidateId, fields }))).toBe('name-erased')
    expect(codeOf(await director('candidate.update', { candidateId, fields: { group: 'B' } }))).toBe('accepted')
  })

  it('are out of the files at the next start, where the app ended before they could be', async () => {
    const { day, candidateId } = await closedExam()
    await day.services.shutdown()
    const store = openStore({ dataDir: day.dataDir })
    // A crash between the erasure and the wiping of the files.
    store.settings.set('wipe-due', 'yes')
    store.transaction(() => {
      store.erasure.eraseCandidate(candidateId, 'X-1')
    })
    store.close()
    await reopened(day.dataDir, day.small)
    expect(filesWith(day.dataDir, name)).toEqual([])
    const reader = openReader(day.dataDir)
    expect(reader.settings.get('wipe-due')).toBeNull()
    reader.close()
  })

  it('are asked about from the day on that was set, until they are gone', async () => {
    const { day, examId } = await closedExam()
    const kept = async () =>
      dataOf(await day.director('privacy.retention', {})).find((entry) => entry.examId === examId)
    expect(await kept()).toMatchObject({ eraseNamesOn: null, due: false })
    dataOf(await day.director('privacy.setRetention', { examId, eraseNamesOn: '2999-01-01' }))
    expect(await kept()).toMatchObject({ due: false })
    dataOf(await day.director('privacy.setRetention', { examId, eraseNamesOn: '2020-01-01' }))
    expect(await kept()).toMatchObject({ eraseNamesOn: '2020-01-01', due: true, names: 6 })
    dataOf(await day.director('privacy.eraseExam', { examId }))
    expect(await kept()).toMatchObject({ due: false, names: 0 })
  })
})
