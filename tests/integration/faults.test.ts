import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type ExpectStatic } from 'vitest'
import { createRandom } from '#electron/services/demo/random.ts'
import { bitFlips } from '#tests/faults/bit-flips.ts'
import { clockSetBack } from '#tests/faults/clock-faults.ts'
import type { Experiment } from '#tests/faults/experiment.ts'
import { fsyncErrors } from '#tests/faults/fsync-errors.ts'
import { killedMigration } from '#tests/faults/killed-migration.ts'
import { programOf } from '#tests/faults/machine.ts'
import { stoppedHost } from '#tests/faults/stopped-host.ts'

const hasCompiler = process.platform === 'linux' && programOf('gcc') !== undefined

/** Those of `npm run test:faults` that need no root and no minutes. */
const cheap: [string, Experiment][] = [
  ['a bit that turns over alters no mark unseen', bitFlips],
  ['a migration that is killed leaves a whole version, with its snapshot', killedMigration],
]
const ofClocks: [string, Experiment][] = [
  ['a wall clock that is set back changes neither the order of marks nor a countdown', clockSetBack],
  ['a host that stood still counts on from where it would be, and says how late it is', stoppedHost],
]

describe('no fault loses a mark that was called saved:', () => {
  it.for(cheap)('%s', { timeout: 120_000 }, ([, experiment], { expect }) => holds(experiment, expect))
  // These wait for a clock, and do so beside each other.
  it.concurrent.for(ofClocks)('%s', { timeout: 120_000 }, ([, experiment], { expect }) => holds(experiment, expect))

  it.skipIf(!hasCompiler)(
    'an fsync that fails means unknown, and the mark is there once in the end',
    { timeout: 120_000 },
    ({ expect }) => holds(fsyncErrors, expect),
  )
})

async function holds({ run }: Experiment, expect: ExpectStatic): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'attune-test-'))
  try {
    const findings = await run({ scratch, cuts: 2, random: createRandom(1).uniform })
    expect(findings.filter(({ ok }) => !ok)).toEqual([])
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
}
