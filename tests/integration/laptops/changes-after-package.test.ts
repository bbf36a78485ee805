import { expect, it } from 'vitest'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  otherExaminer,
  slotsOf,
  stationOf,
  type Caller,
} from '#tests/support/laptops.ts'

const [first] = slotsOf(examiner)
if (!first) throw new Error('the examiner has no encounter')
const { id: encounterId, stationId, candidateId } = first
const examId = exam.id
const personId = examiner.id
const close = (director: Caller) => director('exam.setStatus', { examId, status: 'closed' })

/** What a director may change between a package and the first bundle. */
const changes: Record<string, (director: Caller) => Promise<unknown>> = {
  'the texts and weight of a station': (director) =>
    director('station.update', {
      stationId,
      fields: { title: 'T', candidateTask: 'T', examinerBrief: 'T', script: 'T', spBrief: 'T', heavy: true },
    }),
  'another order of cues': async (director) => {
    const cues = ['first', 'second'].map((text) => ({ text, lookFor: '' }))
    await director('station.update', { stationId, fields: { cues } })
    await director('station.update', { stationId, fields: { cues: cues.toReversed() } })
  },
  'the circuit of a station': (director) => director('station.update', { stationId, fields: { circuit: 2 } }),
  'the order of stations': (director) => director('station.move', { stationId, toNumber: 3 }),
  'one station more, and its rounds': async (director) => {
    await director('station.add', { examId, fields: {} })
    await director('rotation.generate', { examId })
  },
  'one station more, without rounds': (director) => director('station.add', { examId, fields: {} }),
  'the number, name and group of a candidate': (director) =>
    director('candidate.update', { candidateId, fields: { number: '7', name: 'Renamed', group: 'B' } }),
  'the time of a candidate': (director) =>
    director('candidate.update', { candidateId, fields: { extraTimePercent: 50 } }),
  'the name of a person': (director) => director('person.update', { personId, fields: { name: 'Renamed' } }),
  'the part of a person': (director) => director('person.update', { personId, fields: { role: 'sp' } }),
  'the stations of a person': (director) => director('person.update', { personId, fields: { stationIds: [] } }),
  'the stations of two people': async (director) => {
    await director('person.update', { personId, fields: { stationIds: otherExaminer.stationIds } })
    await director('person.update', { personId: otherExaminer.id, fields: { stationIds: examiner.stationIds } })
  },
  'the PIN of a person': (director) => director('account.givePins', { examId, personIds: [personId] }),
  'the title, day, place and paper': (director) =>
    director('exam.update', { examId, fields: { title: 'T', heldOn: '2027-01-01', site: 'S', paper: 'LETTER' } }),
  'the timing': (director) =>
    director('exam.update', { examId, fields: { timing: { ...exam.timing, encounterSeconds: 300 } } }),
  'the pass rule': (director) =>
    director('exam.update', { examId, fields: { passRule: { passMark: 90, minStationsPassed: 2 } } }),
  'the rotation, made again': (director) => director('rotation.generate', { examId }),
  'the exam, closed and put away': async (director) => {
    await close(director)
    await director('exam.putAway', { examId, away: true })
  },
  'the name of a candidate, erased': async (director) => {
    await close(director)
    await director('privacy.eraseCandidate', { candidateId })
  },
  'all names, erased': async (director) => {
    await close(director)
    await director('privacy.eraseExam', { examId })
  },
}

it.each(Object.entries(changes))(
  'a bundle comes in after %s, the exam goes on, and so does the station',
  async (_, change) => {
    const laptop = await directorsLaptop()
    const { director } = laptop
    await director('rotation.generate', { examId })
    const station = await stationOf(laptop)
    await examine(station.as(examiner), encounterId, 4)
    await change(director)
    expect(await handOver(station, laptop)).toMatchObject({ missing: 0 })
    expect((await director('results.encounter', { encounterId })).status).toBe('submitted')
    await director('exam.setStatus', { examId, status: 'closed' })
    expect(await director.refusal('exam.setStatus', { examId, status: 'running' })).toBe('taken')
    const { file, code, signerCode: signer } = await director('package.export', { examId })
    expect(await station.director.refusal('package.import', { upload: laptop.upload(file), code, signer })).toBe(
      'taken',
    )
  },
)
