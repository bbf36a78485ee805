import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countVitest } from '#tests/support/test-report.ts'
import type { Experiment } from './experiment.ts'

const HISTORIES = 1000
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Histories of three laptops, cut into bundles in any way: the properties that `npm test` draws fewer of. */
export const mergeHistories: Experiment = {
  name: 'merge-histories',
  needs: [],
  run: async () => {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '-c', 'tests/vitest.config.ts']
    const folder = mkdtempSync(join(tmpdir(), 'attune-histories-'))
    const report = join(folder, 'report.json')
    const child = spawn(
      process.execPath,
      [
        ...vitest,
        ...['tests/integration/store/histories.test.ts', 'tests/integration/store/submitted.test.ts'],
        'tests/integration/laptops/bundle-histories.test.ts',
        ...['--reporter=json', `--outputFile.json=${report}`],
      ],
      { cwd: root, stdio: 'ignore', env: { ...process.env, ATTUNE_HISTORIES: String(HISTORIES) } },
    )
    const [code] = (await once(child, 'close')) as [number | null]
    // A run in which every test was skipped passes as well.
    const isRun = existsSync(report) && countVitest(JSON.parse(readFileSync(report, 'utf8'))).skipped === 0
    rmSync(folder, { recursive: true, force: true })
    return [
      {
        what: 'bundles of three laptops in any order, with repeats',
        ok: code === 0 && isRun,
        times: `${HISTORIES} histories`,
        note:
          code !== 0
            ? 'they differ: run the test by itself to see where'
            : isRun
              ? 'the same ledger, marks, reports and tables each time; what was submitted stands or is contradicted'
              : 'tests that draw them were skipped',
      },
    ]
  },
}
