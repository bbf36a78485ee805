import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import type { ChannelName } from '#shared/contract/channels.ts'
import { candidateIdSchema, examIdSchema } from '#shared/domain/ids.ts'
import { fillExam } from '#tests/bench/filled-exam.ts'
import { codeOf, dataOf, examDay, itemAt, newEvent } from '#tests/support/exam-day.ts'
import { testServices } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { callerOf, reportWorker } from '#tests/support/whole-app.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'

/** An exam day with its marks, and an examiner in front of an encounter of its last round. */
async function lastRound() {
  const dataDir = tempDir()
  const { examId, untouched } = await fillExam(dataDir, { candidates: 24, stations: 6, exceptLastRound: true })
  const [slot] = untouched
  if (!slot) throw new Error('no encounter is left')
  const services = await testServices({ dataDir })
  const director = callerOf(services, 'director')
  await sitAsDirector(director)
  const { people } = await director('exam.get', { examId })
  const person = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  if (!person) throw new Error('nobody examines at the station')
  const examiner = callerOf(services, 'examiner')
  await sitAs(examiner, person)
  const write = () => ({ encounterId: slot.id, eventId: newEvent() })
  await examiner('encounter.confirmIdentity', write())
  await examiner('clock.command', { ...write(), command: { kind: 'start' } })
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const rate = (behaviour: number) =>
    examiner('rating.record', { ...write(), itemId: itemAt(rubric, behaviour), value: 3 })
  return {
    dataDir,
    services,
    examId,
    director,
    candidateId: slot.candidateId,
    router: (channel: ChannelName, input: unknown) => services.router('director', channel, input),
    rate: () => rate(0),
    rateNext: () => rate(1),
    /** Behaviours without a mark in the examiner's encounter, as the director sees it. */
    openItems: async () => {
      const { cells } = await director('results.cohort', { examId })
      return cells.find(({ encounterId }) => encounterId === slot.id)?.openItems ?? NaN
    },
  }
}

describe('while results are read', () => {
  it('a mark does not wait', async () => {
    const { director, examId, candidateId, rate, openItems } = await lastRound()
    await openItems()
    const answered: string[] = []
    const slow = [
      ...(['results.cohort', 'export.ratings', 'export.results'] as const),
      ...(['analysis.examiners', 'analysis.overview'] as const),
    ]
    const asked = slow.map((channel) => director(channel, { examId }).then(() => answered.push(channel)))
    asked.push(director('results.candidate', { examId, candidateId }).then(() => answered.push('results.candidate')))
    await setImmediate()
    await rate().then(() => answered.push('rating.record'))
    await Promise.all(asked)
    expect(answered).toHaveLength(slow.length + 2)
    expect(answered[0]).toBe('rating.record')
  })

  it('a mark that was saved before is in them', async () => {
    const { openItems, rate, rateNext } = await lastRound()
    const before = await openItems()
    await rate()
    expect(await openItems()).toBe(before - 1)
    await rateNext()
    expect(await openItems()).toBe(before - 2)
  })

  it('the app ends, and leaves nothing of the reading behind', async () => {
    const { services, dataDir, examId, router, openItems } = await lastRound()
    await openItems()
    const asked = (['results.cohort', 'export.ratings'] as const).map((channel) => router(channel, { examId }))
    await setImmediate()
    await services.shutdown()
    expect((await Promise.all(asked)).map(codeOf)).toEqual(['cancelled', 'cancelled'])
    expect(codeOf(await router('results.cohort', { examId }))).toBe('cancelled')
    expect(readdirSync(dataDir).filter((name) => /-(wal|shm)$|^shelf$/.test(name))).toEqual([])
  })
})

describe('the thread that reads', () => {
  it('is replaced when it dies', async () => {
    const marker = pathToFileURL(join(tempDir(), 'died'))
    const code = `
      import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      const marker = new URL(${JSON.stringify(marker)})
      if (existsSync(marker)) await import(${JSON.stringify(reportWorker)})
      else parentPort.once('message', () => {
        writeFileSync(marker, '')
        process.exit(1)
      })`
    const day = await examDay({ reportWorker: new URL(`data:text/javascript,${encodeURIComponent(code)}`) })
    const { id: examId } = day.small.exam
    expect(codeOf(await day.director('results.cohort', { examId }))).toBe('internal')
    expect(dataOf(await day.director('results.cohort', { examId })).exam.id).toBe(examId)
  })

  it('refuses with the code of the refusal', async () => {
    const { director, small } = await examDay()
    const unknown = examIdSchema.parse('no-such-exam')
    const candidateId = candidateIdSchema.parse('nobody')
    expect(codeOf(await director('results.cohort', { examId: unknown }))).toBe('unknown-exam')
    expect(codeOf(await director('export.ratings', { examId: unknown }))).toBe('unknown-exam')
    expect(codeOf(await director('results.candidate', { examId: small.exam.id, candidateId }))).toBe(
      'unknown-candidate',
    )
  })

  it('reads workbooks', async () => {
    const { director, small } = await examDay()
    const preview = (bytes: Uint8Array) =>
      director('import.preview', {
        examId: small.exam.id,
        kind: 'candidates',
        source: { kind: 'file', upload: { name: 'list.xlsx', base64: Buffer.from(bytes).toString('base64') } },
      })
    const rows = [
      ['Number', 'Name'],
      ['2001', 'Zoë Beispiel'],
    ].map((row) => row.map((value) => ({ value })))
    expect(dataOf(await preview(await writeWorkbook(rows).toBuffer()))).toMatchObject({ good: 1, bad: 0 })
    expect(codeOf(await preview(Buffer.from('PK and no more')))).toBe('file-not-a-workbook')
  })
})
