import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '#electron/services/demo/random.ts'
import { stopSoaks } from './attune.ts'
import type { Experiment, Finding } from './experiment.ts'
import { lackOf, moveToOwnMounts } from './machine.ts'
import { bitFlips } from './bit-flips.ts'
import { clockSetBack } from './clock-faults.ts'
import { diskFull } from './disk-full.ts'
import { exportCut } from './export-cut.ts'
import { fsyncErrors } from './fsync-errors.ts'
import { killedMigration } from './killed-migration.ts'
import { liveCopy } from './live-copy.ts'
import { mergeHistories } from './merge-histories.ts'
import { powerCuts } from './power-cuts.ts'
import { readOnly } from './read-only.ts'
import { signingIn } from './signing-in.ts'
import { stoppedHost } from './stopped-host.ts'

const experiments: readonly Experiment[] = [
  powerCuts,
  exportCut,
  diskFull,
  fsyncErrors,
  readOnly,
  signingIn,
  bitFlips,
  liveCopy,
  killedMigration,
  clockSetBack,
  stoppedHost,
  mergeHistories,
]

const usage = `npm run test:faults -- [options]

  --cuts N      how often each fault is made, where that is counted (default 20; controls need fewer)
  --only NAME   one experiment: ${experiments.map(({ name }) => name).join(', ')}
  --seed N      where chance decides (default: another one each time, printed)

As root on Linux it does everything; elsewhere it says what it left out, and why. Ends with 1 when a mark was lost, and
when a control that must lose marks lost none.`

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '20' },
    only: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
})
const cuts = Number(values.cuts)
const chosen = experiments.filter(({ name }) => values.only === undefined || name === values.only)
if (values.help || chosen.length === 0 || !Number.isInteger(cuts) || cuts < 1) {
  console.log(usage)
  process.exit(values.help ? 0 : 2)
}
moveToOwnMounts()

const folder = mkdtempSync(join(tmpdir(), 'attune-faults-'))
const cleanUp = () => {
  stopSoaks()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(name, () => {
    cleanUp()
    process.exit(130)
  })
}

console.log(`Faults, chosen by --seed ${values.seed}`)
const random = createRandom(Number(values.seed))
const skipped: string[] = []
let failed = 0
for (const { name, needs, run } of chosen) {
  const lack = needs.map(lackOf).find((why) => why !== null)
  if (lack !== undefined) {
    skipped.push(`${name}: ${lack}`)
    continue
  }
  console.log(`\n${name}`)
  const scratch = join(folder, name)
  mkdirSync(scratch)
  const began = performance.now()
  try {
    const findings = await run({ scratch, cuts, random: random.uniform })
    for (const finding of findings) console.log(lineOf(finding))
    failed += findings.filter(({ ok }) => !ok).length
  } catch (error) {
    console.log(`  FAILED  ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    failed += 1
  }
  stopSoaks()
  console.log(`          ${Math.round((performance.now() - began) / 1000)} s`)
}
cleanUp()
console.log('')
for (const line of skipped) console.log(`left out  ${line}`)
const tried = chosen.length - skipped.length
const sound =
  tried === 0
    ? 'Nothing was tried, so this says nothing.'
    : `No acknowledged mark was lost${tried === experiments.length ? '' : ' in what was tried'}.`
console.log(failed === 0 ? sound : `${failed} FAILED`)
process.exitCode = failed === 0 ? 0 : 1

function lineOf({ what, ok, times, acknowledged, lost, note }: Finding): string {
  const counts = [
    times,
    ...(acknowledged === undefined ? [] : [`${acknowledged} acknowledged`]),
    ...(lost === undefined ? [] : [`${lost} lost`]),
    ...(note === undefined ? [] : [note]),
  ]
  return `  ${ok ? 'ok    ' : 'FAILED'}  ${what}: ${counts.join(', ')}`
}
