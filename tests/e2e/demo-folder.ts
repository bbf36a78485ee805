import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runWebHost } from '#tests/support/web-host.ts'

const variable = 'ATTUNE_TEST_DEMO_FOLDER'

/** Makes the data folder that journeys with `data: 'demo'` start from a copy of; answers how to remove it. */
export async function makeDemoFolder(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-demo-'))
  const host = await runWebHost(folder, { demo: true })
  await host.stop()
  // The workers inherit it.
  process.env[variable] = folder
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The folder that `makeDemoFolder` made before the journeys. */
export function demoFolder(): string {
  const folder = process.env[variable]
  if (folder === undefined) throw new Error('The folder with the simulated exam day was not made.')
  return folder
}
