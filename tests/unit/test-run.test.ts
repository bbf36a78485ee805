import { describe, expect, test, vi } from 'vitest'
import { nextSteps, runSteps, type Step, type StepResult } from '#tests/support/run-steps.ts'
import { addCounts, countPlaywright, countsLine, countVitest, electronSkips } from '#tests/support/test-report.ts'

const step = (name: string, more: Partial<Step> = {}): Step => ({ name, command: '', ...more })
const node = (name: string, program: string): Step => step(name, { command: `"${process.execPath}" -e "${program}"` })

describe('the steps of npm test', () => {
  const build = step('build')
  const lint = step('lint')
  const integration = step('integration', { after: ['build'] })
  const journeys = step('journeys', { after: ['build'], alone: true })

  test('run two beside each other', () => {
    expect(nextSteps([build, lint, step('types')], [], new Set(), 2)).toEqual([build, lint])
    expect(nextSteps([lint, step('types')], [build], new Set(), 2)).toEqual([lint])
    expect(nextSteps([step('types')], [build, lint], new Set(), 2)).toEqual([])
  })

  test('wait for what they need', () => {
    expect(nextSteps([integration], [build], new Set(), 2)).toEqual([])
    expect(nextSteps([integration], [lint], new Set(['build']), 2)).toEqual([integration])
  })

  test('run alone where they ask for it, after all others', () => {
    expect(nextSteps([journeys, lint], [], new Set(['build']), 2)).toEqual([lint])
    expect(nextSteps([journeys], [lint], new Set(['build']), 2)).toEqual([])
    expect(nextSteps([journeys], [], new Set(['build']), 2)).toEqual([journeys])
    expect(nextSteps([lint], [journeys], new Set(['build']), 2)).toEqual([])
  })

  test('all end well, and what they wrote is kept', async () => {
    const results: StepResult[] = []
    const steps = [node('first', "console.log('one')"), { ...node('second', "console.error('two')"), after: ['first'] }]
    expect(await runSteps(steps, (result) => results.push(result))).toBe(true)
    expect(results.map(({ step: { name }, ok, output }) => [name, ok, output.trim()])).toEqual([
      ['first', true, 'one'],
      ['second', true, 'two'],
    ])
  })

  test('end with the first that fails: the one beside it is stopped, the next is not started', async () => {
    const onEnd = vi.fn<(result: StepResult) => void>()
    const endless = node('endless', 'setInterval(() => undefined, 1000)')
    const failing = node('failing', "console.log('why'); process.exitCode = 3")
    expect(await runSteps([endless, failing, node('never', '')], onEnd)).toBe(false)
    expect(onEnd).toHaveBeenCalledOnce()
    expect(onEnd.mock.calls[0]?.[0]).toMatchObject({ step: failing, ok: false, output: 'why\n' })
  })
})

describe('what is said about the tests', () => {
  const journey = (projectName: string, status: string, description?: string) => ({
    tests: [{ projectName, status, annotations: description === undefined ? [] : [{ type: 'skip', description }] }],
  })
  const report = {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 3 },
    suites: [
      {
        specs: [journey('web', 'expected'), journey('electron', 'skipped', 'its program is not installed')],
        suites: [
          {
            specs: [
              journey('electron', 'skipped', 'its program is not installed'),
              journey('web', 'skipped', 'no printer'),
            ],
          },
        ],
      },
    ],
  }

  test('counts the tests of vitest, those not written yet as skipped', () => {
    expect(countVitest({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })).toEqual({
      passed: 5,
      failed: 1,
      skipped: 3,
    })
  })

  test('counts journeys, one that passed only when repeated as failed', () => {
    expect(countPlaywright(report)).toEqual({ passed: 4, failed: 2, skipped: 3 })
  })

  test('says how many journeys were not run in Electron and why', () => {
    expect(electronSkips(report)).toEqual(['2 journeys were not run in Electron: its program is not installed.'])
    expect(electronSkips({ ...report, suites: [] })).toEqual([])
  })

  test('sums up in one line', () => {
    const counts = [
      { passed: 100, failed: 0, skipped: 0 },
      { passed: 23, failed: 0, skipped: 9 },
    ]
    expect(countsLine(addCounts(counts))).toBe('123 passed, 0 failed, 9 skipped')
  })

  test('a report of another shape is refused, not counted as nothing', () => {
    expect(() => countVitest({})).toThrow()
    expect(() => countPlaywright({ stats: {} })).toThrow()
  })
})
