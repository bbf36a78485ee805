import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { encodeBundle } from '#electron/files/bundle-codec.ts'
import { sealTo } from '#electron/files/sealed.ts'
import { CHAIN_START, chained } from '#electron/store/chain.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { headerOf } from '#tests/support/forged-bundle.ts'
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
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const [first, second] = slotsOf(examiner)
const [elsewhere] = slotsOf(otherExaminer)
if (!first || !second || !elsewhere) throw new Error('the small exam has other encounters')

const recordOf = (at: TestLaptop, encounterId = first.id) => at.director('results.encounter', { encounterId })
const valuesOf = async (at: TestLaptop, encounterId = first.id) =>
  new Set((await recordOf(at, encounterId)).ratings.map(({ value }) => value))
const verified = ({ dataDir }: TestLaptop) => {
  const reader = openReader(dataDir)
  try {
    return isSound(reader.verify())
  } finally {
    reader.close()
  }
}

/** The same event with something else in it. */
const like = (event: LedgerEvent, other: object): LedgerEvent => ({
  ...event,
  id: newEvent(),
  ...other,
})

type Forge = (sound: ChainedRow[], last: LedgerEvent, directorsDevice: string, device: string) => ChainedRow[]

/** A bundle with a station's own signature over events that no station writes, and the director who gets it. */
async function forged(forge: Forge) {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  const [{ id: encounterId } = { id: null }] = slotsOf(examiner)
  if (encounterId === null) throw new Error('the small exam has other encounters')
  await examine(station.as(examiner), encounterId, 4)
  await handOver(station, director)
  await station.services.shutdown()
  const store = openStore({ dataDir: station.dataDir })
  const device = store.installation.device()
  const [item] = rubricItems(rubric)
  if (!item) throw new Error('the rubric is empty')
  const rated = (): LedgerEntry => ({
    ...{ id: newEvent(), examId: exam.id, encounterId, raterId: examiner.id, role: 'examiner', offsetMs: 1 },
    payload: { type: 'rating.recorded', itemId: item.id, value: 2 },
  })
  // More than are written at once.
  store.ledger.appendAll(Array.from({ length: 900 }, rated))
  const sound = store.chains.rows(exam.id, device, 0)
  const last = sound.at(-1)
  if (!last) throw new Error('nothing was written')
  const reader = openReader(director.dataDir)
  const rows = forge(sound, eventFromRow(last), reader.installation.device(), device)
  reader.close()
  const header = headerOf(store.installation.publicKey(), rows)
  const content = encodeBundle({ header, rows }, (digest) => store.installation.sign(digest))
  const sealed = await sealTo(store.keys.examKey(exam.id)?.recipient ?? '', content)
  store.close()
  return { director, upload: { name: 'b.attune-bundle', base64: Buffer.from(sealed).toString('base64') } }
}

describe('a laptop of a station', () => {
  it('has the exam from its package: encounters, briefs, people', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const there = await station.director('exam.get', { examId: exam.id })
    const here = await director.director('exam.get', { examId: exam.id })
    expect(there).toEqual({ ...here, packageOut: null })
    expect(await station.director('rotation.get', { examId: exam.id })).toEqual(
      await director.director('rotation.get', { examId: exam.id }),
    )
  })

  it('is not made with another code, nor on the laptop where the exam was built', async () => {
    const director = await directorsLaptop()
    const { file, code } = await director.director('package.export', { examId: exam.id })
    const upload = director.upload(file)
    const station = await laptop()
    const wrong = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`
    expect(await station.director.refusal('package.import', { upload, code: wrong })).toBe('seal-refused')
    expect(
      await station.director.refusal('package.import', { upload, code: code.toLowerCase().replaceAll('-', ' ') }),
    ).toBe('taken')
    expect(await director.director.refusal('package.import', { upload, code })).toBe('package-own')
  })

  it('is brought up to date by a later package: who came late is there, what was begun stays', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    const late = { number: '1999', name: 'Late Comer', group: '', extraTimePercent: 0 }
    const bring = async () => {
      const { file, code } = await director.director('package.export', { examId: exam.id })
      await station.director('package.import', { upload: director.upload(file), code })
    }
    await director.director('candidate.add', { examId: exam.id, fields: late })
    const { id: candidateId } = await director.director('candidate.add', {
      examId: exam.id,
      fields: { ...late, number: '2999', name: 'By Mistake' },
    })
    await bring()
    await director.director('candidate.remove', { candidateId })
    await bring()
    const { candidates } = await station.director('exam.get', { examId: exam.id })
    expect(candidates.map(({ number }) => number)).toContain('1999')
    expect(candidates).toHaveLength(4)
    const { record } = await station.as(examiner)('encounter.open', { encounterId: first.id })
    expect(new Set(record.ratings.map(({ value }) => value))).toEqual(new Set([4]))
  })
})

describe('bundles', () => {
  it('make one result out of what several laptops recorded, in any order and however often they are imported', async () => {
    const director = await directorsLaptop()
    const [one, two] = [await stationOf(director), await stationOf(director)]
    await examine(one.as(examiner), first.id, 4)
    await examine(two.as(otherExaminer), elsewhere.id, 2)
    const fromTwo = await handOver(two, director)
    const fromOne = await handOver(one, director)
    expect(fromTwo).toMatchObject({ known: 0, conflicting: 0, aheadMs: 0 })
    expect(fromTwo.new).toBeGreaterThan(14)
    expect(await handOver(one, director)).toMatchObject({ new: 0, known: fromOne.new })
    // The letters that stand on that station's paper.
    const { code } = await one.director('ledger.proof', { examId: exam.id })
    expect([fromOne.ledgerCode, fromOne.ledgerCode === fromTwo.ledgerCode]).toEqual([code, false])
    expect(await valuesOf(director)).toEqual(new Set([4]))
    expect(await valuesOf(director, elsewhere.id)).toEqual(new Set([2]))
    const { laptops, coverage } = await director.director('laptop.list', { examId: exam.id })
    expect(laptops.map(({ name, own }) => [name?.startsWith('Laptop '), own])).toEqual([
      [true, false],
      [true, false],
    ])
    expect(coverage.filter(({ state }) => state === 'complete')).toHaveLength(2)
    expect(verified(director)).toBe(true)
  })

  it('carry what came since the last time alone, where that is asked for', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    const all = await handOver(station, director, 'last')
    expect(await handOver(station, director, 'last')).toMatchObject({ new: 0, known: 0 })
    await examine(station.as(examiner), second.id, 3)
    expect(await handOver(station, director, 'last')).toMatchObject({ new: all.new, known: 0 })
    expect(verified(director)).toBe(true)
  })

  it('of which an earlier one was lost leave the round unfinished, and say how much is missing', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    const lost = await station.director('bundle.export', { examId: exam.id, since: 'last' })
    await station.director('bundle.saved', { fileId: lost.file.id })
    await examine(station.as(examiner), second.id, 4)
    const told = await handOver(station, director, 'last')
    expect(told).toMatchObject({ missing: lost.events })
    const cellOf = async () => {
      const { cells, attention } = await director.director('results.cohort', { examId: exam.id })
      const kinds = attention.filter(({ encounterId }) => encounterId === second.id).map(({ kind }) => kind)
      return { score: cells.find(({ encounterId }) => encounterId === second.id)?.score, kinds }
    }
    expect(await cellOf()).toMatchObject({ score: { value: null, reason: 'partial' }, kinds: ['partial'] })
    const state = async () => {
      const { laptops, coverage } = await director.director('laptop.list', { examId: exam.id })
      return { missing: laptops.map((one) => one.missing), rounds: coverage.map((cell) => cell.state) }
    }
    expect((await state()).missing).toEqual([lost.events])
    expect((await state()).rounds).not.toContain('complete')
    expect(await handOver(station, director)).toMatchObject({ missing: 0, new: lost.events })
    expect((await state()).missing).toEqual([0])
    expect((await state()).rounds.filter((round) => round === 'complete')).toHaveLength(2)
    expect(await cellOf()).toMatchObject({ score: { value: 80, reason: null }, kinds: [] })
  })

  it('of a laptop that nobody named are refused with its code, and taken once the codes were compared', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    const { file } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
    const upload = station.upload(file)
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-stranger')
    const wrong = { code: 'AAAA-AAAA', name: 'Station 1' }
    expect(await director.director.refusal('bundle.import', { upload, trust: wrong })).toBe('bundle-stranger')
    expect(await recordOf(director)).toMatchObject({ status: 'scheduled' })
    const { code } = await station.director('laptop.own', {})
    const answer = await director.director('bundle.import', { upload, trust: { code, name: 'Station 1' } })
    expect(answer.laptop).toBe('Station 1')
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('taken')
  })

  it('that say different things leave both standing, counted and shown, until somebody decides', async () => {
    const director = await directorsLaptop()
    const [one, two] = [await stationOf(director), await stationOf(director)]
    await examine(one.as(examiner), first.id, 4)
    await examine(two.as(examiner), first.id, 2)
    await handOver(one, director)
    expect(await handOver(two, director)).toMatchObject({ conflicting: 12 })
    const { coverage } = await director.director('laptop.list', { examId: exam.id })
    expect(coverage.filter(({ state }) => state === 'conflicting')).toEqual([
      { stationNumber: 1, round: first.round, state: 'conflicting' },
    ])
  })

  it('leave a clock that runs elsewhere alone', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const call = station.as(examiner)
    await call('encounter.confirmIdentity', { encounterId: first.id, eventId: newEvent() })
    await call('clock.command', { encounterId: first.id, eventId: newEvent(), command: { kind: 'start' } })
    await handOver(station, director)
    await director.services.shutdown()
    const again = await laptop({ dataDir: director.dataDir })
    expect(again.services.clockRuns()).toBe(false)
  })

  it('hold no name and no mark that somebody who finds them can read', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const call = station.as(examiner)
    await examine(call, first.id, 4)
    const { file } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
    const bytes = readFileSync(station.services.findFile(file.id)?.path ?? '').toString('latin1')
    for (const word of ['rating.recorded', first.id, 'examiner-1', 'Candidate']) expect(bytes).not.toContain(word)
    const made = await director.director('package.export', { examId: exam.id })
    const sealed = readFileSync(director.services.findFile(made.file.id)?.path ?? '').toString('latin1')
    for (const word of ['Candidate 1', 'examiner-1', 'Small exam']) expect(sealed).not.toContain(word)
  })

  it('come in whole or not at all, however late the event that is refused', async () => {
    const { director, upload } = await forged((sound, last) => [
      ...sound,
      // Of no encounter of the exam: whoever has the station's key can sign that.
      chained(
        like(last, { seq: last.seq + 1, encounterId: encounterIdSchema.parse('encounter-elsewhere') }),
        sound.at(-1)?.hash ?? '',
      ),
    ])
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-elsewhere')
    expect(await valuesOf(director)).toEqual(new Set([4]))
    expect(verified(director)).toBe(true)
  })

  it('are believed only in the name of the laptop that signs them', async () => {
    const another = await forged((_, last) => {
      const device = 'anotherlaptop000'
      return [chained(like(last, { device, seq: 1, hlc: last.hlc.replace(/[^-]*$/, device) }), CHAIN_START)]
    })
    await another.director.director('bundle.import', { upload: another.upload, trust: null })
    // The first that writes under a name keeps it: the director's own is taken from the start.
    const { director, upload } = await forged((_, last, device) => {
      return [chained(like(last, { device, seq: 1, hlc: last.hlc.replace(/[^-]*$/, device) }), CHAIN_START)]
    })
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-forked')
    await examine(director.as(examiner), second.id, 3)
    expect(verified(director)).toBe(true)
  })

  it('with a stamp of another century are refused, so that the order of what comes later holds', async () => {
    const { director, upload } = await forged((sound, last, _, device) => [
      ...sound,
      chained(like(last, { seq: last.seq + 1, hlc: `9999999999999-ffff-${device}` }), sound.at(-1)?.hash ?? ''),
    ])
    expect(await director.director.refusal('bundle.import', { upload, trust: null })).toBe('bundle-invalid')
    await examine(director.as(examiner), second.id, 3)
    expect(verified(director)).toBe(true)
  })
})
