import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { useSignals } from '#renderer/ui/use-signals.ts'
import { useToasts } from '#renderer/ui/use-toasts.ts'
import { fakeBridge, refused, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { h } from 'vue'

const { exam, sp, slot } = screenExam()

const open = async (more: { openWindow?: () => void } = {}): Promise<{ bridge: FakeBridge; screen: Screen }> => {
  const bridge = fakeBridge({
    'app.info': {
      version: '0.1.0',
      host: 'web',
      storage: { state: 'ok', events: 0, lastWriteAt: null, reserve: 'kept', broken: null },
    },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': null,
    'exam.list': [],
  })
  const screen = await openScreen(App, { bridge: Object.assign(bridge, more) })
  screen.router.addRoute({
    path: '/elsewhere',
    component: { render: () => [h('button', 'before'), h('h1', 'Elsewhere')] },
    meta: { title: 'app.settings' },
  })
  return { bridge, screen }
}

test('a screen that opens takes the focus to its heading and names the window', async () => {
  const { screen } = await open()
  await screen.router.push('/elsewhere')
  await screen.settle()
  expect(document.activeElement?.textContent).toBe('Elsewhere')
  expect(document.title).toBe('Settings · Attune')
})

test('the first screen takes no focus, so that the keyboard begins at the top', async () => {
  await open()
  expect(document.activeElement).toBe(document.body)
})

test('one key leads past the bar to the main part', async () => {
  const { screen } = await open()
  await screen.press('Skip to the main part')
  expect(document.activeElement?.tagName).toBe('H1')
  expect(screen.router.currentRoute.value.path).toBe('/')
})

test('an unknown address leads to the start', async () => {
  const { screen } = await open()
  await screen.router.push('/no/such/screen')
  expect(screen.router.currentRoute.value.name).toBe('start')
})

test('the desktop’s menu leads to the start and opens the sheet of keys', async () => {
  const { bridge, screen } = await open()
  await screen.router.push('/elsewhere')
  bridge.emit('menu.chosen', { item: 'home' })
  await screen.settle()
  expect(screen.router.currentRoute.value.name).toBe('start')
  bridge.emit('menu.chosen', { item: 'help' })
  await screen.settle()
  expect(screen.text()).toContain('Keys and help')
})

test('a window that was not opened with the whole address says which address to open', async () => {
  const { bridge, screen } = await open()
  bridge.answer({ 'app.info': refused('no-token') })
  bridge.connection(false)
  await screen.settle()
  expect(screen.text()).toContain('Open the address that Attune printed when it started.')
})

test('another window is offered where the host can open one', async () => {
  const openWindow = vi.fn()
  const { screen } = await open({ openWindow })
  await screen.press('Open another window')
  expect(openWindow).toHaveBeenCalledOnce()
})

test('the sample’s sign stands over every screen of that exam, and over no other', async () => {
  const { bridge, screen } = await open()
  const summary = { putAway: false, stations: 8, candidates: 24, encounters: 192, submitted: 0, absent: 0 }
  bridge.answer({
    'exam.list': [{ exam: { ...exam, sample: true }, ...summary }],
    'exam.roster': [],
  })
  bridge.emit('exam.changed', { examId: exam.id })
  await screen.settle()
  expect(screen.text()).toContain('every person here is invented')
  await screen.router.push('/elsewhere')
  await screen.settle()
  expect(screen.text()).not.toContain('every person here is invented')
})

test('a device that comes back after its page was loaded anew shows the exams again', async () => {
  const { bridge, screen } = await open()
  const lent = { role: 'sp' as const, examId: exam.id, personId: sp.id, handedOver: slot.id }
  bridge.answer({ 'session.get': lent, 'exam.list': refused('handed-over'), 'exam.roster': refused('handed-over') })
  bridge.emit('exam.changed', { examId: exam.id })
  bridge.emit('session.changed', {})
  await screen.settle()
  bridge.answer({ 'session.get': { ...lent, role: 'examiner', handedOver: null }, 'exam.list': [] })
  bridge.emit('session.changed', {})
  await screen.settle()
  await screen.router.push('/')
  await screen.settle()
  expect(screen.text()).toContain('Welcome to Attune')
})

test('a signal is seen for two seconds, even where it makes no sound', async () => {
  const { screen } = await open()
  vi.useFakeTimers()
  try {
    useSignals().give('warning', 'One minute left', 0)
    await vi.advanceTimersByTimeAsync(1999)
    expect(screen.text()).toContain('One minute left')
    await vi.advanceTimersByTimeAsync(1)
    expect(screen.text()).not.toContain('One minute left')
  } finally {
    vi.useRealTimers()
  }
})

test('a notice goes by itself, and one that tells of a failure, or is to be read in any case, stays until it is dismissed', async () => {
  const { screen } = await open()
  vi.useFakeTimers()
  try {
    const { show } = useToasts()
    show({ kind: 'done', text: 'Station 3 was moved.' })
    show({ kind: 'failed', text: 'The disk is full.' })
    show({ kind: 'note', stays: true, text: 'The clock runs already.' })
    await vi.advanceTimersByTimeAsync(60_000)
  } finally {
    vi.useRealTimers()
  }
  expect(screen.text()).not.toContain('Station 3 was moved.')
  expect(document.querySelector('[role="alert"].text')?.textContent).toBe('The disk is full.')
  expect(screen.text()).toContain('The clock runs already.')
  await screen.press('Dismiss')
  expect(screen.text()).not.toContain('The disk is full.')
  await screen.press('Dismiss')
  expect(screen.text()).not.toContain('The clock runs already.')
})

test('what a notice offers to do is done once, and the notice goes', async () => {
  const { screen } = await open()
  const undo = vi.fn()
  useToasts().show({ kind: 'note', text: 'Candidate removed.', action: { label: 'Undo', run: undo } })
  await screen.settle()
  await screen.press('Undo')
  expect(undo).toHaveBeenCalledOnce()
  expect(screen.text()).not.toContain('Candidate removed.')
})
