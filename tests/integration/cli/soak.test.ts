import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, it } from 'vitest'
import { openReader, openStore } from '#electron/store/store.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { fromRoot } from '#tests/support/services.ts'
import { putSmallExam, type SmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done, folderOfFile } from './call.ts'

const data = folderOfFile()
let small: SmallExam
beforeAll(() => {
  const store = openStore({ dataDir: data })
  small = putSmallExam(store)
  store.close()
})

const soak = (dataDir: string, ...more: string[]) =>
  done('soak', '--data', dataDir, '--exam', 'exam-1', '--seconds', '1', ...more)

const idsOf = (acks: readonly string[]) => acks.map((line) => line.replace(/^ack /, ''))
const ledgerOf = async (dataDir: string) =>
  JSON.parse((await done('ledger', 'list', '--data', dataDir, '--json')).join('')) as Record<string, unknown>[]

describe('soak', () => {
  it('marks as the examiners of the stations do, at its pace, and names each mark that is on disk', async () => {
    const acks = await soak(data)
    expect(acks).toHaveLength(10)
    for (const line of acks) expect(line).toMatch(/^ack [\w-]+$/)
    const events = await ledgerOf(data)
    const ratings = events.filter(({ type }) => type === 'rating.recorded')
    expect(ratings.map(({ id }) => id)).toEqual(idsOf(acks))
    expect(new Set(ratings.map(({ role }) => role))).toEqual(new Set(['examiner']))
    const confirmed = events.filter(({ type }) => type === 'identity.confirmed').map(({ encounterId }) => encounterId)
    for (const { encounterId } of ratings) expect(confirmed).toContain(encounterId)
  })

  it('goes as fast as the disk takes marks where it is asked to', async () => {
    for (const rate of ['0', 'max']) expect((await soak(data, '--rate', rate)).length).toBeGreaterThan(50)
  })

  it('gives the same marks for the same seed', async () => {
    const marksOf = async (seed: string) => {
      const dataDir = dataFolder()
      const store = openStore({ dataDir })
      putSmallExam(store)
      store.close()
      await soak(dataDir, '--seed', seed)
      const reader = openReader(dataDir)
      const ratings = small.slots.map(({ id }) => reader.encounters.record(id).ratings)
      reader.close()
      return ratings.map((all) => all.map(({ itemId, value }) => ({ itemId, value })))
    }
    const marks = await marksOf('7')
    expect(await marksOf('7')).toEqual(marks)
    expect(await marksOf('8')).not.toEqual(marks)
  })

  it('lets somebody come late where everything is submitted, and leaves what was submitted as it was', async () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    const { exam, slots, rubric } = putSmallExam(store)
    for (const { id } of slots) {
      const event = { examId: exam.id, encounterId: id, raterId: null, role: 'examiner', offsetMs: null } as const
      store.ledger.appendAll([
        { ...event, id: `${id}-c` as never, payload: { type: 'identity.confirmed' } },
        { ...event, id: `${id}-s` as never, payload: { type: 'encounter.submitted', missing: [] } },
      ])
    }
    store.close()
    expect(await soak(dataDir)).toHaveLength(10)
    const reader = openReader(dataDir)
    for (const { id } of slots) expect(reader.encounters.record(id)).toMatchObject({ status: 'submitted', ratings: [] })
    const late = reader.encounters.ofExam(small.exam.id).slice(slots.length)
    const marked = late.flatMap(({ id }) => reader.encounters.record(id).ratings.map(({ itemId }) => itemId))
    expect(rubricItems(rubric).map(({ id }) => id)).toEqual(expect.arrayContaining(marked))
    expect(marked.length).toBeGreaterThan(0)
    reader.close()
  })

  it('is refused where the folder, the exam or a number is not there', async () => {
    expect((await cli('soak', '--data', data, '--exam', 'exam-9')).code).toBe(1)
    expect((await cli('soak', '--data', tempDir(), '--exam', 'exam-1')).code).toBe(1)
    for (const [option, value] of [
      ['--rate', '-1'],
      ['--rate', 'fast'],
      ['--seconds', '0'],
      ['--seed', 'x'],
    ] as const) {
      expect((await cli('soak', '--data', data, '--exam', 'exam-1', `${option}=${value}`)).code).toBe(2)
    }
    expect((await cli('soak', '--exam', 'exam-1')).code).toBe(2)
  })

  it('has said that a mark is on disk before it makes the next, so that who reads along has lost none', async () => {
    const words = ['soak', '--data', data, '--exam', 'exam-1', '--rate', 'max']
    const child = spawn(process.execPath, [fromRoot('electron/cli/main.ts'), ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const acks: string[] = []
    for await (const line of createInterface(child.stdout)) {
      acks.push(line)
      if (acks.length === 30) child.kill('SIGKILL')
    }
    if (child.signalCode === null) await once(child, 'exit')
    const events = (await ledgerOf(data)).map(({ id }) => id)
    expect(events).toEqual(expect.arrayContaining(idsOf(acks)))
    // At most the one whose line was not yet written when it died.
    expect(events.slice(-2)).toContain(idsOf(acks).at(-1))
  })
})

describe('ledger list', () => {
  it('names every event in order, one a line, beside whoever writes', async () => {
    const store = openStore({ dataDir: data })
    const written = (await ledgerOf(data)).map(({ id }) => id)
    expect(await done('ledger', 'list', '--data', data)).toEqual(written)
    expect(written).toHaveLength(store.ledger.count())
    store.close()
  })

  it('says nothing of what was marked, nor of whom', async () => {
    for (const event of await ledgerOf(data)) {
      expect(Object.keys(event).join(' ')).toBe('id device seq hlc examId encounterId role type')
    }
  })
})
