import { describe, expect, it } from 'vitest'
import {
  administrativePayloadSchema,
  type AdministrativePayload,
  type EncounterPayload,
} from '#shared/domain/ledger-event.ts'
import { momentIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import { openStore } from '#electron/store/store.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  newEvent,
  otherExaminer,
  rubric,
  seatedAnew,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { PIN } from '#tests/support/sign-in.ts'

const [first] = slotsOf(examiner)
const [item] = rubricItems(rubric)
if (!first || !item) throw new Error('the small exam has other encounters')
const encounterId = first.id
/** A director's deed, about the encounter or the exam as a whole. */
const entryOf = (payload: EncounterPayload | AdministrativePayload): LedgerEntry => {
  const by = { id: newEvent(), examId: exam.id, raterId: null, role: 'director', offsetMs: null } as const
  const administrative = administrativePayloadSchema.safeParse(payload)
  return administrative.success
    ? { ...by, encounterId: null, payload: administrative.data }
    : { ...by, encounterId, payload: payload as EncounterPayload }
}

/** What a station's own program does not write any more; whoever has the station's key can. */
async function tampered(station: TestLaptop, entries: readonly LedgerEntry[]): Promise<TestLaptop> {
  await station.services.shutdown()
  const store = openStore({ dataDir: station.dataDir })
  store.ledger.appendAll(entries)
  store.close()
  return laptop({ dataDir: station.dataDir })
}

async function examined() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  await examine(station.as(examiner), encounterId, 2)
  return { director, station }
}

const record = ({ director }: TestLaptop) => director('results.encounter', { encounterId })

describe('the director’s laptop', () => {
  const deeds: [string, EncounterPayload | AdministrativePayload][] = [
    [
      'a correction',
      {
        type: 'mark.amended',
        cause: 'correction',
        says: { type: 'rating.recorded', itemId: item.id, value: 5 },
        saidBy: examiner.id,
        saidAtMs: null,
        reason: 'because',
        secondId: otherExaminer.id,
      },
    ],
    [
      'the review of a red flag',
      {
        type: 'red-flag.reviewed',
        markId: momentIdSchema.parse('00000000-0000-4000-8000-000000000001'),
        review: { decision: 'dismissed', reason: 'nothing', reviewer: 'Nobody' },
      },
    ],
    ['the erasing of a name', { type: 'candidate.erased', candidateId: first.candidateId }],
    ['the erasing of all names', { type: 'exam.names-erased' }],
    [
      'a decision on the standard',
      {
        type: 'standard.decided',
        standard: {
          ...{ method: 'declared', cut: 0, stations: [], excluded: [] },
          ...{ sem: null, semMultiple: 0, minStationsPassed: 0 },
        },
        reason: 'because',
      },
    ],
    ['the close of the exam', { type: 'exam.status-changed', status: 'closed' }],
    [
      'the exclusion of a candidate',
      { type: 'set-up.candidate', candidateId: first.candidateId, what: 'removed', was: null, is: null },
    ],
  ]
  it.each(deeds)('takes in nothing of a station’s bundle that holds %s, and says so', async (_what, payload) => {
    const { director, station } = await examined()
    const before = await director.director('exam.get', { examId: exam.id })
    const amending = await tampered(station, [entryOf(payload)])
    await expect(handOver(amending, director)).rejects.toMatchObject({ code: 'bundle-not-entitled' })
    expect(await director.director('exam.get', { examId: exam.id })).toEqual(before)
    expect((await record(director)).status).toBe('scheduled')
    const { laptops } = await director.director('laptop.list', { examId: exam.id })
    expect(laptops).toEqual([])
  })

  it('takes from its own chain of before a restoring what it had done there', async () => {
    const director = await directorsLaptop()
    await director.director('backup.create', {})
    const [chosen] = await director.director('backup.list', {})
    if (!chosen) throw new Error('no backup is listed')
    await director.director('exam.setStatus', { examId: exam.id, status: 'closed' })
    const { file } = await director.director('bundle.export', { examId: exam.id, since: 'start' })
    const upload = director.upload(file)
    await director.director('backup.restore', { place: chosen.place, name: chosen.name })
    const restored = seatedAnew(director)
    expect(await restored.director('bundle.import', { upload, trust: null })).toMatchObject({ new: 1, known: 0 })
    expect(await saidIn(restored.director, { examId: exam.id })).toContainEqual(
      expect.stringMatching(/closed the exam/),
    )
  })

  it('takes a bundle again of which it believed a correction before that was asked', async () => {
    const { director, station } = await examined()
    const [[, payload] = []] = deeds
    if (!payload) throw new Error('no deed')
    const amending = await tampered(station, [entryOf(payload)])
    await amending.services.shutdown()
    const there = openStore({ dataDir: station.dataDir })
    const device = there.installation.device()
    const rows = there.chains.rows(exam.id, device, 0)
    there.close()
    await director.services.shutdown()
    const store = openStore({ dataDir: director.dataDir })
    store.ledger.merge(rows)
    store.close()
    const [again, from] = [await laptop({ dataDir: director.dataDir }), await laptop({ dataDir: station.dataDir })]
    expect(await handOver(from, again)).toMatchObject({ new: 0, known: rows.length })
  })
})

describe('whoever comes first to a station’s laptop and makes themselves its director', () => {
  it('hands the exam over, and has no say in it', async () => {
    const { station } = await examined()
    const self = station.nobody
    await self('account.begin', { name: 'Just Me', pin: '135790' })
    const of = { examId: exam.id }
    const refusals = [
      await self.refusal('account.givePins', { ...of, personIds: [otherExaminer.id] }),
      await self.refusal('exam.setStatus', { ...of, status: 'closed' }),
      await self.refusal('privacy.eraseExam', of),
      await self.refusal('candidate.update', { candidateId: first.candidateId, fields: { number: '9999' } }),
      await self.refusal('results.encounter', { encounterId }),
      await self.refusal('redFlag.review', {
        ...{ encounterId, eventId: newEvent(), markId: momentIdSchema.parse('00000000-0000-4000-8000-000000000001') },
        ...{ decision: 'dismissed', reason: 'nothing', reviewerId: otherExaminer.id, pin: PIN },
      }),
    ]
    expect(new Set(refusals)).toEqual(new Set(['exam-from-elsewhere']))
    expect(await self.refusal('bundle.export', { ...of, since: 'start' })).toBe('taken')
    expect(await self.refusal('laptop.list', of)).toBe('taken')
  })

  it('changes no words of a rubric that the exam is rated with', async () => {
    const station = await stationOf(await directorsLaptop())
    const edited = { ...rubric, title: 'Mine' }
    expect(await station.director.refusal('rubric.save', { rubric: edited })).toBe('exam-from-elsewhere')
  })

  it('is director of an exam that they build there', async () => {
    const station = await stationOf(await directorsLaptop())
    const own = await station.director('exam.create', { title: 'Mine' })
    expect(await station.director.refusal('exam.update', { examId: own.id, fields: { title: 'Ours' } })).toBe('taken')
    expect(await station.director.refusal('results.cohort', { examId: own.id })).toBe('taken')
  })
})
