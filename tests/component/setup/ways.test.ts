import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { refused } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import { setupHost } from './setup-host.ts'

test('the menu of the set-up leads to the analysis of this exam', async () => {
  const { bridge, data } = setupHost(undefined, { 'analysis.overview': refused('internal') })
  const screen = await openScreen(App, { bridge, at: `/exams/${data.exam.id}/setup/plan` })
  screen.find('More about this exam').focus()
  await screen.key('Enter')
  await screen.press('Analysis')
  // The screen's code is fetched first.
  await vi.dynamicImportSettled()
  await vi.waitFor(() => {
    expect(screen.router.currentRoute.value).toMatchObject({
      name: 'exam-analysis',
      params: { examId: data.exam.id },
    })
  }, 15_000)
  await screen.settle()
  expect(bridge.inputsOf('analysis.overview')).toEqual([{ examId: data.exam.id }])
})
