import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { z } from 'zod'
import { inQuickFolder } from './support/quick-folder.ts'
import { runSteps, type Step, type StepResult } from './support/run-steps.ts'
import {
  addCounts,
  countPlaywright,
  countsLine,
  countVitest,
  electronSkips,
  type Counts,
} from './support/test-report.ts'

const root = join(import.meta.dirname, '..')
const reportFolder = join(root, 'node_modules', '.cache', 'attune-tests')
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

interface TestStep extends Step {
  /** What a step with tests writes about them. */
  readonly report?: { readonly path: string; readonly count: (report: unknown) => Counts }
}

const script = (name: string): string => {
  const command = scripts[name]
  if (command === undefined) throw new Error(`package.json has no script "${name}".`)
  return command
}

const vitest = (name: string, project: string, options = ''): TestStep => {
  const path = join(reportFolder, `${name.replaceAll(/\W+/g, '-')}.json`)
  return {
    name,
    command: `${script(`test:${project}`)} ${options} --reporter=default --reporter=json --outputFile.json="${path}"`,
    report: { path, count: countVitest },
  }
}

/** In two halves, one for each of the two that run beside each other: they are longer than all the rest. */
const integration = ['1/2', '2/2'].map((half) => ({
  ...vitest(`integration ${half}`, 'integration', `--shard=${half}`),
  after: ['build'],
}))

const journeys: TestStep = {
  name: 'end-to-end',
  command: script('test:e2e'),
  after: ['build'],
  alone: true,
  report: { path: join(reportFolder, 'e2e.json'), count: countPlaywright },
}

/** The longest come first, so that the two that run beside each other end at about the same time. */
const steps: readonly TestStep[] = [
  { name: 'build', command: script('build') },
  { name: 'lint', command: script('lint') },
  { name: 'types', command: script('types') },
  ...integration,
  vitest('unit', 'unit'),
  vitest('component', 'component'),
  vitest('migration', 'migrations'),
  { name: 'format', command: script('format:check') },
  { name: 'dead code', command: script('deadcode') },
  journeys,
]

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

function countTests({ step: { report }, ok }: StepResult<TestStep>): Counts {
  const written = report && readReport(report.path)
  const counts = report && written ? report.count(written) : { passed: 0, failed: 0, skipped: 0 }
  // A step can fail without a failed test, for instance where a test file does not load.
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

process.chdir(root)
process.env['PATH'] = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
if (process.stdout.isTTY) process.env['FORCE_COLOR'] = '1'
rmSync(reportFolder, { recursive: true, force: true })
mkdirSync(reportFolder, { recursive: true })

const counts: Counts[] = []
const tell = (result: StepResult<TestStep>) => {
  const { step, seconds, output } = result
  const ofStep = countTests(result)
  counts.push(ofStep)
  console.log(`\n── ${step.name}: ${result.ok ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`)
  if (step.report) console.log(`   ${countsLine(ofStep)}`)
  if (!result.ok) console.log(output)
}
// Kept from run to run: what Node makes of a source file is made once.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'node')
const ok = await inQuickFolder((folder) => {
  process.env['TMPDIR'] = folder
  return runSteps(steps, tell)
})
const written = journeys.report && readReport(journeys.report.path)
console.log(['', ...(written ? electronSkips(written) : []), countsLine(addCounts(counts))].join('\n'))
if (!ok) process.exitCode = 1
