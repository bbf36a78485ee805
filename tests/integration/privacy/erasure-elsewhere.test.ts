import { describe, expect, it } from 'vitest'
import { openReader, openStore } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import { filesWith } from '#tests/support/files-with.ts'
import {
  copyKey,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  slotsOf,
  sp,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const name = 'Žofie Uhlířová-Quibble'
const number = 'Q7788'
const other = 'Ferdinand Ypsilanti'
const actor = 'Pat Zwingli-Xenakis'
const examId = exam.id

/** The director's laptop and, as an exam day leaves it, a station's with marks of it. */
async function twoLaptops() {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  const { candidates } = putSmallExam(store)
  store.candidates.put({ ...candidates[0], name, number })
  store.candidates.put({ ...candidates[1], name: other })
  store.people.put({ ...sp, name: actor })
  store.close()
  const director = await laptop({ dataDir })
  await director.director('account.givePins', { examId, personIds: [sp.id] })
  const early = await packageOf(director)
  const station = await stationOf(director)
  const [first] = slotsOf(examiner)
  if (first) await examine(station.as(examiner), first.id, 4)
  await handOver(station, director)
  await director.director('exam.setStatus', { examId, status: 'closed' })
  return { director, station, early, candidateId: candidates[0].id }
}

async function packageOf(from: TestLaptop) {
  const { file, code } = await from.director('package.export', { examId })
  return { upload: from.upload(file), code }
}

const hashOf = ({ dataDir }: TestLaptop): string => {
  const reader = openReader(dataDir)
  try {
    return reader.accounts.credential(sp.id)?.hash ?? ''
  } finally {
    reader.close()
  }
}

const isSoundAt = ({ dataDir }: TestLaptop): boolean => {
  const reader = openReader(dataDir)
  try {
    return isSound(reader.verify())
  } finally {
    reader.close()
  }
}

const stands = (at: TestLaptop, text: string) => filesWith(at.dataDir, text)

describe('a candidate who was erased on the director’s laptop', () => {
  it('is erased on a station’s with the next package, and no earlier one brings them back', async () => {
    const { director, station, early, candidateId } = await twoLaptops()
    expect(stands(station, name)).not.toEqual([])
    await director.director('privacy.eraseCandidate', { candidateId })
    await station.director('package.import', await packageOf(director))
    for (const gone of [name, number]) expect(stands(station, gone)).toEqual([])
    expect(await station.director.refusal('package.import', early)).toBe('package-older')
    for (const gone of [name, number]) expect(stands(station, gone)).toEqual([])
    const { candidates } = await station.director('exam.get', { examId })
    expect(candidates.map((one) => one.name).toSorted()).toEqual([NAMELESS, 'Candidate 3', other].toSorted())
    const numberAt = async (at: TestLaptop) =>
      (await at.director('exam.get', { examId })).candidates.find(({ id }) => id === candidateId)?.number
    expect(await numberAt(station)).toBe(await numberAt(director))
    await station.services.shutdown()
    for (const gone of [name, number]) expect(stands(station, gone)).toEqual([])
    expect(isSoundAt(station)).toBe(true)
  })

  it('never comes to a new laptop, neither by name nor by number', async () => {
    const { director, early, candidateId } = await twoLaptops()
    await director.director('privacy.eraseCandidate', { candidateId })
    const fresh = await laptop()
    await fresh.director('package.import', await packageOf(director))
    expect(await fresh.director.refusal('package.import', early)).toBe('package-older')
    await fresh.director('exam.remove', { examId })
    await fresh.director('package.import', early)
    for (const gone of [name, number]) expect(stands(fresh, gone)).toEqual([])
    expect(stands(fresh, other)).not.toEqual([])
  })

  it('is erased where that is merged from a bundle, and figures stay', async () => {
    const { director, station, early, candidateId } = await twoLaptops()
    // A second laptop of the director's that collects the same exam.
    const second = await laptop()
    await second.director('package.import', early)
    await second.services.shutdown()
    copyKey(director, second)
    const collecting = await laptop({ dataDir: second.dataDir })
    await handOver(station, collecting)
    const before = await collecting.director('results.cohort', { examId })
    expect(stands(collecting, name)).not.toEqual([])
    await director.director('privacy.eraseCandidate', { candidateId })
    await handOver(director, collecting)
    for (const gone of [name, number]) expect(stands(collecting, gone)).toEqual([])
    expect(stands(collecting, other)).not.toEqual([])
    await handOver(station, collecting)
    const after = await collecting.director('results.cohort', { examId })
    expect(after.perStation).toEqual(before.perStation)
    expect(isSoundAt(collecting)).toBe(true)
    expect(stands(collecting, name)).toEqual([])
  })
})

describe('the names of an exam that were erased on the director’s laptop', () => {
  it('go from a station’s with its people’s PINs, and stay away', async () => {
    const { director, station, early } = await twoLaptops()
    const hash = hashOf(station)
    expect(stands(station, hash)).not.toEqual([])
    await director.director('privacy.eraseExam', { examId })
    await station.director('package.import', await packageOf(director))
    for (const gone of [name, number, other, actor, hash]) expect(stands(station, gone)).toEqual([])
    expect(await station.director.refusal('package.import', early)).toBe('package-older')
    for (const gone of [name, number, other, actor, hash]) expect(stands(station, gone)).toEqual([])
  })

  it('go where that is merged from a bundle', async () => {
    const { director, early } = await twoLaptops()
    const second = await laptop()
    await second.director('package.import', early)
    const hash = hashOf(second)
    await second.services.shutdown()
    copyKey(director, second)
    const collecting = await laptop({ dataDir: second.dataDir })
    await director.director('privacy.eraseExam', { examId })
    await handOver(director, collecting)
    for (const gone of [name, number, other, actor, hash]) expect(stands(collecting, gone)).toEqual([])
  })
})
