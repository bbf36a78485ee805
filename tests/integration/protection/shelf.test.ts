import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { dataOf } from '#tests/support/exam-day.ts'
import { eventually } from '#tests/support/eventually.ts'
import { filesWith, NAME, protectedDay, recordIn } from './protected.ts'

it('reports and tables that wait to be saved lie in an encrypted folder as nothing that can be read', async () => {
  const day = await protectedDay()
  await recordIn(day)
  const { examId, ids } = { examId: day.small.exam.id, ids: day.small.candidates.map(({ id }) => id) }
  const table = dataOf(await day.director('export.ratings', { examId, names: true }))
  const [candidateId] = ids
  if (candidateId === undefined) throw new Error('nobody is examined')
  const report = dataOf(await day.director('report.candidate', { examId, candidateId }))
  dataOf(await day.director('report.feedbackBatch', { examId }))
  const archive = await eventually(async () => {
    const [job] = dataOf(await day.director('job.list', {}))
    if (!job?.file) throw new Error('the archive is not made yet')
    return job.file
  })

  const shelf = join(day.dataDir, 'shelf')
  expect(readdirSync(shelf)).toHaveLength(3)
  expect(filesWith([NAME], day.dataDir)).toEqual([])
  for (const name of readdirSync(shelf)) {
    const bytes = readFileSync(join(shelf, name))
    for (const start of ['%PDF', 'PK\u0003\u0004']) expect(bytes.includes(start)).toBe(false)
  }
  const contentOf = async ({ id, bytes }: { id: string; bytes: number }) => {
    const file = day.services.findFile(id)
    if (!file) throw new Error('nothing lies there')
    const content = await buffer(file.read())
    expect(content.length).toBe(bytes)
    return content
  }
  expect((await contentOf(table)).includes(NAME)).toBe(true)
  expect((await contentOf(report)).subarray(0, 4).toString()).toBe('%PDF')
  expect((await contentOf(archive)).subarray(0, 2).toString()).toBe('PK')
})
