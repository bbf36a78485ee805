import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { jobSchema, fileRefSchema, type FileRef, type Job } from '#shared/contract/parts/common.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import { at, examId, played, resultsBridge, variedDay, type Played } from './played-exam.ts'

const job = (over: Partial<Job> = {}): Job =>
  jobSchema.parse({
    id: 'job-1',
    examId,
    kind: 'feedback-batch',
    status: 'running',
    done: 0,
    total: 3,
    file: null,
    failure: null,
    ...over,
  })
const zip = fileRefSchema.parse({ id: 'file-1', name: 'feedback.zip', mime: 'application/zip', bytes: 1_400_000 })
const csv = fileRefSchema.parse({ id: 'file-2', name: 'ratings.csv', mime: 'text/csv', bytes: 900 })
const progress = () => document.querySelector('progress')
const whole: Played = { status: 'submitted', points: 4, sp: 4 }
const fullDay = () => played([whole, whole], [whole, whole], [whole, whole])

test('before reports are made it is said what is still incomplete', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at('reports') })
  for (const sentence of [
    '2 encounters are not submitted.',
    'One encounter did not take place because the candidate was absent.',
    'One mark is missing in a submitted encounter.',
    '3 patient forms are not in.',
    'One red flag waits for a review.',
    '2 candidates’ reports will say “Incomplete”.',
  ]) {
    expect(screen.text()).toContain(sentence)
  }
})

test('a complete exam says so', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(fullDay()), at: at('reports') })
  expect(screen.text()).toContain('Everything is complete')
})

test('feedback for everybody shows how far it has come, then the file to save', async () => {
  const bridge = resultsBridge(fullDay(), { 'report.feedbackBatch': job() })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  await screen.press('Make the feedback reports')
  expect(bridge.inputsOf('report.feedbackBatch')).toEqual([{ examId }])
  bridge.emit('job.progressed', job({ done: 2 }))
  await screen.settle()
  expect(progress()?.value).toBe(2)
  expect(progress()?.max).toBe(3)
  expect(screen.text()).toContain('2 of 3')
  bridge.emit('job.progressed', job({ status: 'done', done: 3, file: zip }))
  await screen.settle()
  expect(progress()).toBeNull()
  expect(screen.text()).toContain('feedback.zip, 1.4 MB')
  await screen.press('Save the ZIP')
  expect(bridge.saved).toEqual([zip])
  expect(screen.text()).toContain('feedback.zip was saved.')
})

test('work that goes on can be cancelled', async () => {
  const bridge = resultsBridge(fullDay(), {
    'job.list': [job({ done: 1 })],
    'job.cancel': job({ status: 'cancelled', done: 1 }),
  })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  await screen.press('Cancel')
  expect(bridge.inputsOf('job.cancel')).toEqual([{ jobId: 'job-1' }])
  expect(screen.text()).toContain('Cancelled; nothing was kept.')
  expect(screen.has('Make the feedback reports')).toBe(true)
})

test('work goes on while another screen is open, and is told there when it is done', async () => {
  const bridge = resultsBridge(fullDay(), { 'job.list': [job({ done: 1 })] })
  const screen = await openScreen(App, { bridge, at: at('candidates') })
  expect(screen.find(/^Reports/).textContent).toContain('33%')
  bridge.emit('job.progressed', job({ status: 'done', done: 3, file: zip }))
  await screen.settle()
  expect(screen.text()).toContain('The feedback reports are ready.')
  await screen.press('Save the ZIP')
  expect(bridge.saved).toEqual([zip])
  await screen.router.push(at('reports'))
  await eventually(() => {
    expect(screen.text()).toContain('feedback.zip, 1.4 MB')
  })
})

test('work of another exam is not shown as this exam’s', async () => {
  const other = job({ examId: 'exam-2' as Job['examId'], status: 'done', done: 3, file: zip })
  const bridge = resultsBridge(fullDay(), { 'job.list': [other] })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  expect(screen.has('Save the ZIP')).toBe(false)
  expect(screen.has('Make the feedback reports')).toBe(true)
})

test('an answer that an event overtook does not turn the progress back', async () => {
  const bridge = resultsBridge(fullDay())
  bridge.answer({
    'report.feedbackBatch': () => {
      bridge.emit('job.progressed', job({ done: 2 }))
      return job()
    },
  })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  await screen.press('Make the feedback reports')
  expect(progress()?.value).toBe(2)
})

test('a report that failed says why and can be made again', async () => {
  const failure = { code: 'report-failed', params: {} }
  const bridge = resultsBridge(fullDay(), { 'job.list': [job({ status: 'failed', failure })] })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  expect(screen.text()).toContain('The report could not be made.')
  expect(screen.has('Make the feedback reports')).toBe(true)
})

test('a refused start says why', async () => {
  const bridge = resultsBridge(fullDay(), { 'report.cohort': refused('storage-full') })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  await screen.press('Make the cohort report')
  expect(screen.text()).toContain('The disk is full.')
})

test('ratings are saved as a table', async () => {
  const bridge = resultsBridge(fullDay(), { 'export.ratings': csv })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  await screen.press('Save ratings.csv')
  expect(bridge.saved).toEqual([csv])
})

test('a table that takes long shows that it is being written', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const held = Promise.withResolvers<FileRef>()
    const bridge = resultsBridge(fullDay(), { 'export.ratings': () => held.promise })
    const screen = await openScreen(App, { bridge, at: at('reports') })
    await screen.press('Save ratings.csv')
    expect(document.querySelector('progress')).toBeNull()
    await vi.advanceTimersByTimeAsync(500)
    expect(document.querySelector('progress')?.hasAttribute('value')).toBe(false)
    expect(screen.text()).toContain('Writing ratings.csv')
    held.resolve(csv)
    await screen.settle()
    expect(document.querySelector('progress')).toBeNull()
    expect(screen.text()).toContain('ratings.csv was saved.')
  } finally {
    vi.useRealTimers()
  }
})

test('that the documents under way cannot be read is said, and asked for again', async () => {
  const bridge = resultsBridge(fullDay(), { 'job.list': refused('internal') })
  const screen = await openScreen(App, { bridge, at: at('reports') })
  bridge.answer({ 'job.list': [job({ done: 2 })] })
  await screen.press('Try again')
  expect(screen.text()).toContain('2 of 3')
  expect(screen.has('Try again')).toBe(false)
})
