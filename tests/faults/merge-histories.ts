import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Experiment } from './experiment.ts'

const HISTORIES = 1000
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Histories of three laptops, cut into bundles in any way: the property that `npm test` draws fewer of. */
export const mergeHistories: Experiment = {
  name: 'merge-histories',
  needs: [],
  run: async () => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'tests/vitest.config.ts']
    const child = spawn(
      process.execPath,
      [
        ...vitest,
        'tests/integration/store/merge.test.ts',
        ...['-t', 'however it is cut, ordered and repeated|to the byte', '--reporter=json'],
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, ATTUNE_HISTORIES: String(HISTORIES) },
      },
    )
    let told = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text))
    const [code] = (await once(child, 'close')) as [number | null]
    // A run in which no test has these names passes as well.
    const isRun = told.includes('"numPassedTests":2')
    return [
      {
        what: 'bundles of three laptops in any order, with repeats',
        ok: code === 0 && isRun,
        times: `${HISTORIES} histories`,
        note:
          code === 0
            ? 'the same ledger and marks each time, and the same reports of every thirtieth'
            : 'they differ: run the test by itself to see where',
      },
    ]
  },
}
