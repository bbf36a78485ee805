import { z } from 'zod'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const count = z.int().nonnegative()

const vitestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
})

const journey = z.object({
  projectName: z.string(),
  status: z.string(),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
})
const suite = z.object({
  specs: z.array(z.object({ tests: z.array(journey) })),
  get suites(): z.ZodOptional<z.ZodArray<typeof suite>> {
    return z.array(suite).optional()
  },
})
const playwrightReport = z.object({
  stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
  suites: z.array(suite),
})

/** Counts of the report that vitest's JSON reporter wrote. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = vitestReport.parse(report)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** Counts of the report that Playwright's JSON reporter wrote. A journey that passed only when repeated has failed. */
export function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = playwrightReport.parse(report).stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

const journeysOf = ({ specs, suites = [] }: z.infer<typeof suite>): z.infer<typeof journey>[] => [
  ...specs.flatMap((spec) => spec.tests),
  ...suites.flatMap(journeysOf),
]

/** One sentence for each reason why journeys of Playwright's report were not run in Electron. */
export function electronSkips(report: unknown): string[] {
  const reasons = playwrightReport
    .parse(report)
    .suites.flatMap(journeysOf)
    .filter(({ projectName, status }) => projectName === 'electron' && status === 'skipped')
    .map(({ annotations }) => annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason was given')
  return [...Map.groupBy(reasons, (reason) => reason)].map(
    ([reason, { length }]) =>
      `${length} ${length === 1 ? 'journey was' : 'journeys were'} not run in Electron: ${reason}.`,
  )
}

export const addCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

export const countsLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
