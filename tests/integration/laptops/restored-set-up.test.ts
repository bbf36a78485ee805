import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import { diagnose, isHealthy } from '#electron/hosts/doctor.ts'
import { filesWith } from '#tests/support/files-with.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  rubric,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { backup, changed, restored, soundAt, undone } from '#tests/support/restoring.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { done } from '../cli/call.ts'

const examId = exam.id
const late = { number: '9999', name: 'Late Comer', group: '', extraTimePercent: 0 }
const [first] = slotsOf(examiner)
if (!first) throw new Error('the small exam has other encounters')

const randomId = () => encounterIdSchema.parse(randomUUID())

const planAt = ({ director }: TestLaptop) => director('rotation.get', { examId })
const setUpAt = ({ director }: TestLaptop) => director('exam.get', { examId })
const statusAt = async ({ director }: TestLaptop, encounterId: typeof first.id) =>
  (await director('results.encounter', { encounterId })).status

/** The first encounter of the plan at the examiner's station, of a candidate if one is given. */
async function encounterAt(at: TestLaptop, candidateId: string | null = null) {
  const { slots } = await planAt(at)
  const found = slots.find(
    (slot) =>
      examiner.stationIds.includes(slot.stationId) && (candidateId === null || slot.candidateId === candidateId),
  )
  if (!found) throw new Error('nobody comes to the station')
  return found.id
}

/** A backup from before a candidate came late, whom a station has examined since. */
async function cameLate() {
  const director = await directorsLaptop()
  await director.director('rotation.generate', { examId })
  await stationOf(director)
  const chosen = await backup(director)
  const { id } = await director.director('candidate.add', { examId, fields: late })
  await director.director('rotation.generate', { examId })
  return { director, chosen, candidateId: id, encounterId: await encounterAt(director, id) }
}

describe('after restoring a backup, what a station marked comes in', () => {
  it('of a candidate who came late, whom the backup did not know', async () => {
    const { director, chosen, encounterId } = await cameLate()
    const [plan, setUp] = [await planAt(director), await setUpAt(director)]
    const station = await stationOf(director)
    await examine(station.as(examiner), encounterId, 4)

    const now = await restored(director, chosen)
    expect(await planAt(now)).toEqual(plan)
    expect((await setUpAt(now)).candidates).toEqual(setUp.candidates)
    expect(await handOver(station, now)).toMatchObject({ new: 15, missing: 0 })
    expect(await statusAt(now, encounterId)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
    expect((await now.director('backup.overview', {})).restored).toMatchObject({ goneOn: 1 })

    const back = await undone(now)
    expect([await planAt(back), await setUpAt(back)]).toEqual([plan, setUp])
    expect(await handOver(station, back)).toMatchObject({ new: 15, missing: 0 })
    expect(soundAt(back)).toBe(true)
  })

  it('of every encounter, where the backup is of before the rotation', async () => {
    const before = await changed(await directorsLaptop(), (store) => {
      store.encounters.replaceAll(examId, [])
    })
    await before.director('exam.setStatus', { examId, status: 'draft' })
    const chosen = await backup(before)
    const plan = await before.director('rotation.generate', { examId })
    await before.director('exam.setStatus', { examId, status: 'running' })
    const station = await stationOf(before)
    const encounterId = await encounterAt(before)
    await examine(station.as(examiner), encounterId, 4)

    const now = await restored(before, chosen)
    expect(await planAt(now)).toEqual(plan)
    expect((await setUpAt(now)).exam.status).toBe('draft')
    await handOver(station, now)
    expect(await statusAt(now, encounterId)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('of candidates who have each other’s number since, or that of one who was removed', async () => {
    const before = await changed(await directorsLaptop(), (store) => {
      store.encounters.replaceAll(examId, [])
    })
    const chosen = await backup(before)
    const [one, two, three] = (await setUpAt(before)).candidates
    if (!one || !two || !three) throw new Error('the small exam has other candidates')
    const renumber = (candidateId: typeof one.id, number: string) =>
      before.director('candidate.update', { candidateId, fields: { number } })
    await before.director('candidate.remove', { candidateId: three.id })
    await renumber(one.id, '9000')
    await renumber(two.id, one.number)
    await renumber(one.id, two.number)
    await before.director('candidate.add', { examId, fields: { ...late, number: three.number } })
    await before.director('rotation.generate', { examId })
    const { candidates } = await setUpAt(before)
    const station = await stationOf(before)
    const encounterId = await encounterAt(before, one.id)
    await examine(station.as(examiner), encounterId, 4)

    const now = await restored(before, chosen)
    expect((await setUpAt(now)).candidates).toEqual(candidates)
    await handOver(station, now)
    expect(await statusAt(now, encounterId)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('of an exam that was closed when the backup was made, and its closing statement holds', async () => {
    const before = await directorsLaptop()
    await before.director('rotation.generate', { examId })
    await before.director('exam.setStatus', { examId, status: 'closed' })
    const chosen = await backup(before)
    await before.director('exam.setStatus', { examId, status: 'running' })
    const { id } = await before.director('candidate.add', { examId, fields: late })
    await before.director('rotation.generate', { examId })
    const station = await stationOf(before)
    const encounterId = await encounterAt(before, id)
    await examine(station.as(examiner), encounterId, 4)

    const now = await restored(before, chosen)
    expect((await setUpAt(now)).exam.status).toBe('closed')
    expect(soundAt(now)).toBe(true)
    await handOver(station, now)
    expect(await statusAt(now, encounterId)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('in the rotation of the package, where that was made anew since; nothing of the earlier one is left', async () => {
    const before = await directorsLaptop()
    const chosen = await backup(before)
    const after = await changed(before, (store) => {
      const anew = store.encounters.ofExam(examId).map((slot) => ({ ...slot, id: randomId() }))
      store.encounters.replaceAll(examId, anew)
    })
    const plan = await planAt(after)
    const station = await stationOf(after)
    const encounterId = await encounterAt(after)
    await examine(station.as(examiner), encounterId, 4)

    const now = await restored(after, chosen)
    expect(await planAt(now)).toEqual(plan)
    await handOver(station, now)
    expect(await statusAt(now, encounterId)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('of an exam that was made after the backup', async () => {
    const before = await laptop()
    const chosen = await backup(before)
    const director = await changed(before, putSmallExam)
    const setUp = await setUpAt(director)
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)

    const now = await restored(director, chosen)
    expect(await setUpAt(now)).toMatchObject({
      candidates: setUp.candidates,
      people: setUp.people,
      stations: setUp.stations,
    })
    expect(await handOver(station, now)).toMatchObject({ missing: 0 })
    expect(await statusAt(now, first.id)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })

  it('with the rubric of the package, where a station had another when the backup was made', async () => {
    const before = await directorsLaptop()
    const chosen = await backup(before)
    const own = await before.director('rubric.duplicate', {
      ref: { id: rubric.id, version: rubric.version },
      title: 'Own',
    })
    const fields = { rubric: { id: own.id, version: own.version } }
    await before.director('station.update', { stationId: first.stationId, fields })
    const station = await stationOf(before)
    await examine(station.as(examiner), first.id, 4)

    const now = await restored(before, chosen)
    expect(await handOver(station, now)).toMatchObject({ missing: 0 })
    expect(await statusAt(now, first.id)).toBe('submitted')
    expect(soundAt(now)).toBe(true)
  })
})

describe('what was marked before the backup was made', () => {
  it('stays in its encounter, though the rotation of the package has another for the same two', async () => {
    const begun = await directorsLaptop()
    const unmarked = await backup(begun)
    await examine(begun.as(examiner), first.id, 4)
    const marked = await backup(begun)
    const again = await changed(await restored(begun, unmarked), (store) => {
      const anew = store.encounters.ofExam(examId).map((slot) => ({ ...slot, id: randomId() }))
      store.encounters.replaceAll(examId, anew)
    })
    const station = await stationOf(again)
    const { slots } = await planAt(again)
    const second = slots.find((slot) => slot.stationId === first.stationId && slot.candidateId !== first.candidateId)
    if (!second) throw new Error('one candidate alone comes to the station')
    await examine(station.as(examiner), second.id, 3)

    const now = await restored(again, marked)
    const isFirst = ({ stationId, candidateId }: typeof first) =>
      stationId === first.stationId && candidateId === first.candidateId
    expect((await planAt(now)).slots).toEqual(slots.map((slot) => (isFirst(slot) ? { ...slot, id: first.id } : slot)))
    await handOver(station, now)
    expect([await statusAt(now, first.id), await statusAt(now, second.id)]).toEqual(['submitted', 'submitted'])
    expect(soundAt(now)).toBe(true)
  })
})

describe('an exam of which no package is out', () => {
  it('is as it was when the backup was made', async () => {
    const before = await directorsLaptop()
    await before.director('rotation.generate', { examId })
    const chosen = await backup(before)
    const plan = await planAt(before)
    await before.director('candidate.add', { examId, fields: late })
    await before.director('rotation.generate', { examId })
    const now = await restored(before, chosen)
    expect(await planAt(now)).toEqual(plan)
    expect((await now.director('backup.overview', {})).restored).toMatchObject({ goneOn: 0 })
  })
})

describe('an exam whose package is out', () => {
  it('has the texts of the backup where that has a place for every bundle', async () => {
    const director = await directorsLaptop()
    await director.director('rotation.generate', { examId })
    await stationOf(director)
    const chosen = await backup(director)
    await director.director('exam.update', { examId, fields: { title: 'By mistake' } })
    const now = await restored(director, chosen)
    expect((await setUpAt(now)).exam.title).toBe(exam.title)
  })

  it('is sound and well before the app is opened with it, and told of at the terminal', async () => {
    const { director, chosen } = await cameLate()
    await director.services.shutdown()
    const said = await done('backup', 'restore', '--data', director.dataDir, '--backup', chosen.name)
    expect(said.join(' ')).toContain('Exams that go on with their later set-up')
    expect(soundAt(director)).toBe(true)
    expect(isHealthy(diagnose(director.dataDir))).toBe(true)
  })

  it('is seen to be changed where somebody changes it in the file after the restoring', async () => {
    const { director, chosen } = await cameLate()
    const now = await changed(await restored(director, chosen), (store) => {
      for (const one of store.candidates.ofExam(examId)) store.candidates.put({ ...one, extraTimePercent: 50 })
    })
    expect(soundAt(now)).toBe(false)
  })

  it('names nobody whose name was erased since', async () => {
    const { director, chosen, candidateId } = await cameLate()
    await director.director('exam.setStatus', { examId, status: 'closed' })
    await director.director('privacy.eraseCandidate', { candidateId })
    const now = await restored(director, chosen)
    const { candidates } = await setUpAt(now)
    expect(candidates.find(({ id }) => id === candidateId)?.name).toBe('—')
    const inUse = filesWith(now.dataDir, late.name).filter(
      (file) => !/backups|kept-aside/.test(dirname(file).slice(now.dataDir.length)),
    )
    expect(inUse).toEqual([])
    expect(soundAt(now)).toBe(true)
  })
})
