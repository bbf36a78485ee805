import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { parseRubricFile, rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { addRubric, createRubricHandlers, installShippedRubrics } from '#electron/services/set-up/rubric-service.ts'
import { silentLog } from '#electron/base/log.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { confirmIdentity, failureOf, openSetUp, readyExam, resourcesDir } from './open-set-up.ts'

const shippedFile = join(resourcesDir, 'rubrics', 'empathy-1.json')
const shipped = parseRubricFile(readFileSync(shippedFile, 'utf8'))
const shippedRef = { id: shipped.id, version: shipped.version }
const unknownRef = { id: rubricIdSchema.parse('elsewhere'), version: 1 }

/** An installation with a director's own copy of the shipped rubric. */
async function ownRubric() {
  const setUp = openSetUp()
  const own = await setUp.call('rubric.duplicate', { ref: shippedRef, title: 'Café empathy' })
  return { ...setUp, own, ref: { id: own.id, version: own.version } }
}

/** A copy with its first behaviour changed. */
function edited(rubric: Rubric, change: (item: Rubric['domains'][number]['items'][number]) => void): Rubric {
  const copy = structuredClone(rubric)
  const item = copy.domains[0]?.items[0]
  if (!item) throw new Error('the rubric has no behaviour')
  change(item)
  return copy
}

describe('the rubrics of an installation', () => {
  it('are those that came with it', async () => {
    const { call } = openSetUp()
    const domains = shipped.domains.map(({ id, title }) => ({ id, title }))
    const entry = { ref: shippedRef, title: 'Clinical empathy', shipped: true, inUse: false, items: 12, domains }
    expect(await call('rubric.list', {})).toEqual([entry])
    expect(await call('rubric.get', shippedRef)).toEqual({ rubric: shipped, entry })
  })

  it('are unknown where they are not', async () => {
    const { refuses } = openSetUp()
    const params = { rubric: 'elsewhere', version: 1 }
    await refuses('rubric.get', unknownRef, 'unknown-rubric', params)
    await refuses('rubric.remove', unknownRef, 'unknown-rubric', params)
    await refuses('rubric.duplicate', { ref: unknownRef, title: 'Copy' }, 'unknown-rubric', params)
    await refuses('rubric.save', { rubric: { ...shipped, id: unknownRef.id } }, 'unknown-rubric', params)
  })

  it('that came with it are neither changed nor removed', async () => {
    const { refuses } = openSetUp()
    await refuses('rubric.save', { rubric: shipped }, 'rubric-in-use', { title: shipped.title, reason: 'shipped' })
    await refuses('rubric.remove', shippedRef, 'rubric-in-use')
  })
})

describe('one’s own rubric', () => {
  it('begins as a copy under a name and a number of its own', async () => {
    const { call, own, ref } = await ownRubric()
    expect(own).toMatchObject({ title: 'Café empathy', version: 1, domains: shipped.domains })
    expect(own.id).toMatch(/^cafe-empathy-[0-9a-z]{6}$/)
    expect(own.checksum).toBe(rubricChecksum(own))
    expect(own.checksum).not.toBe(shipped.checksum)
    expect((await call('rubric.get', ref)).entry).toMatchObject({ shipped: false, inUse: false })
  })

  it('has an id whatever script its title is in', async () => {
    const { call } = openSetUp()
    const own = await call('rubric.duplicate', { ref: shippedRef, title: '共感' })
    expect(own).toMatchObject({ title: '共感', id: expect.stringMatching(/^rubric-/) as string })
  })

  it('is never written over another', () => {
    const { store } = openSetUp()
    const ids = ['a-000001', 'b-000001', 'c-000002'].values()
    const handlers = createRubricHandlers({
      store,
      events: { publish: () => undefined },
      ids: () => ids.next().value ?? '',
    })
    const copy = () =>
      handlers['rubric.duplicate']({ ref: shippedRef, title: 'Own' }, { clientId: 'window', session: null })
    expect([copy(), copy()]).toMatchObject([{ id: 'own-000001' }, { id: 'own-000002' }])
  })

  it('is changed and sealed anew, whatever checksum came with it, and told to the exams it is used in', async () => {
    const { call, own, ref, published } = await ownRubric()
    const { id: examId } = await call('exam.create', {})
    await call('station.add', { examId, fields: { rubric: ref } })
    await call('exam.create', { title: 'An exam without it' })
    const told = published.length
    const rubric = edited(own, (item) => {
      item.weight = 2
      item.title = 'Asks first'
    })
    const saved = await call('rubric.save', { rubric: { ...rubric, checksum: 'f'.repeat(64) } })
    expect(saved).toEqual({ ...rubric, checksum: rubricChecksum(rubric) })
    expect((await call('rubric.get', ref)).rubric).toEqual(saved)
    expect(published.slice(told)).toEqual([examId])
  })

  it('is refused with a missing anchor, an empty one, or a weight of −1, and named so', async () => {
    const { store, own, dump } = await ownRubric()
    const handlers = createRubricHandlers({ store, events: { publish: () => undefined }, ids: () => 'unused' })
    const before = dump()
    const save = (change: Parameters<typeof edited>[1]) =>
      failureOf(() => handlers['rubric.save']({ rubric: edited(own, change) }, { clientId: 'window', session: null }))
    const title = own.domains[0]?.items[0]?.title ?? ''
    expect(await save((item) => item.anchors.pop())).toEqual({
      code: 'rubric-invalid',
      params: { field: 'domains.0.items.0.anchors', problem: `"${title}" describes 4 of 5 points` },
    })
    expect(await save((item) => (item.anchors[2] = ' '))).toEqual({
      code: 'rubric-invalid',
      params: { field: 'domains.0.items.0.anchors.2', problem: `point 3 of "${title}" has no description` },
    })
    expect(await save((item) => (item.weight = -1))).toEqual({
      code: 'rubric-invalid',
      params: { field: 'domains.0.items.0.weight', problem: `"weight" of "${title}" is -1; it must be more than 0` },
    })
    expect(dump()).toBe(before)
  })

  it('keeps its words once somebody was rated with it', async () => {
    const { call, refuses, store, own, ref, ...setUp } = await ownRubric()
    const exam = await readyExam({ call, refuses, store, ...setUp })
    for (const { id: stationId } of exam.stations) await call('station.update', { stationId, fields: { rubric: ref } })
    await call('rubric.save', { rubric: own })
    confirmIdentity(store, exam.rotation.slots[0]?.id)
    expect((await call('rubric.get', ref)).entry.inUse).toBe(true)
    await refuses('rubric.save', { rubric: own }, 'rubric-in-use', { title: own.title, reason: 'in-use' })
  })

  it('is removed only when no station uses it', async () => {
    const { call, refuses, own, ref } = await ownRubric()
    const { id: examId } = await call('exam.create', {})
    const { id: stationId } = await call('station.add', { examId, fields: { rubric: ref } })
    const used = { title: own.title, reason: 'stations', stations: 1 }
    await refuses('rubric.remove', ref, 'rubric-in-use', used)
    await call('station.update', { stationId, fields: { rubric: shippedRef } })
    await call('rubric.remove', ref)
    expect(await call('rubric.list', {})).toHaveLength(1)
  })
})

describe('the rubrics that come with the app', () => {
  function resourcesWith(name: string, text: string) {
    const dir = tempDir()
    mkdirSync(join(dir, 'rubrics'))
    copyFileSync(shippedFile, join(dir, 'rubrics', 'empathy-1.json'))
    writeFileSync(join(dir, 'rubrics', name), text)
    return dir
  }
  const sealed = (rubric: Rubric) => JSON.stringify({ ...rubric, checksum: rubricChecksum(rubric) })

  it('are put in once, and new ones beside them', () => {
    const { store } = openSetUp()
    const dir = resourcesWith('empathy-2.json', sealed({ ...shipped, version: 2 }))
    installShippedRubrics(store, dir, silentLog)
    installShippedRubrics(store, dir, silentLog)
    expect(store.rubrics.list().map(({ rubric, shipped }) => [rubric.version, shipped])).toEqual([
      [1, true],
      [2, true],
    ])
  })

  it('become the app’s own where one came before with an exam of a newer Attune', () => {
    const { store } = openSetUp()
    const next = { ...shipped, version: 2 }
    const rubric = { ...next, checksum: rubricChecksum(next) }
    addRubric(store, () => 'unused', rubric)
    expect(store.rubrics.get(rubric)?.shipped).toBe(false)
    installShippedRubrics(store, resourcesWith('empathy-2.json', sealed(rubric)), silentLog)
    expect(store.rubrics.get(rubric)?.shipped).toBe(true)
  })

  it('never replace the words that exams were built with; the log says so', () => {
    const { store, dump } = openSetUp()
    const before = dump()
    const logged: object[] = []
    const dir = resourcesWith('empathy-1.json', sealed({ ...shipped, title: 'Clinical kindness' }))
    const log = { ...silentLog, error: (_: string, details?: object) => logged.push(details ?? {}) }
    installShippedRubrics(store, dir, log)
    expect(dump()).toBe(before)
    expect(logged).toEqual([{ rubric: 'empathy', version: 1 }])
  })

  it('are refused by file and line where one is damaged', async () => {
    const { store, dump } = openSetUp()
    const before = dump()
    const dir = resourcesWith('broken-1.json', '{\n  "format": "attune-rubric",\n  oops\n}')
    const { code, params } = await failureOf(() => {
      installShippedRubrics(store, dir, silentLog)
    })
    expect([code, params['file'], params['line']]).toEqual(['rubric-invalid', 'broken-1.json', 3])
    expect(dump()).toBe(before)
  })
})
