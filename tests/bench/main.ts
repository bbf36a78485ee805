import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureAnalysis } from './analysis.ts'
import { measureBackup } from './backup.ts'
import { measureCipher } from './cipher.ts'
import { measureFirstScreen } from './first-screen.ts'
import type { Measure } from './measure.ts'
import { measureImport, measureVerify } from './many-laptops.ts'
import { measureRasch } from './rasch.ts'
import { measureRating } from './rating.ts'
import { measureReportMemory, measureReportPace } from './reports.ts'
import { root } from '#tests/support/whole-app.ts'
import { measureStation } from './station.ts'
import { measureTouch } from './touch.ts'

/**
 * `npm run bench -- [--json] [--only NAME]`: how fast the app is beside the bare parts that it is made of. Both sides of
 * a ratio are taken by turns in this one run. Exit code 1 where a limit is missed.
 */
const parts = {
  rating: measureRating,
  touch: measureTouch,
  reports: measureReportPace,
  memory: measureReportMemory,
  backup: measureBackup,
  cipher: measureCipher,
  station: measureStation,
  import: measureImport,
  verify: measureVerify,
  'first-screen': measureFirstScreen,
  analysis: measureAnalysis,
  rasch: measureRasch,
} as const satisfies Record<string, (scratch: string) => Promise<Measure[]>>

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } })
const chosen = Object.entries(parts).filter(([name]) => values.only === undefined || values.only === name)
if (chosen.length === 0) {
  console.error(`There is no measure "${values.only ?? ''}"; there are ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}

// On the disk of the checkout: a system's temporary folder may lie in memory, where a commit waits for nothing.
const cache = join(root, 'node_modules', '.cache')
mkdirSync(cache, { recursive: true })
const scratch = mkdtempSync(join(cache, 'attune-bench-'))
const measures: Measure[] = []
try {
  for (const [name, measure] of chosen) {
    console.error(`Measuring ${name} …`)
    measures.push(...(await measure(scratch)))
  }
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}

for (const { name, value, limit, ok, details } of measures) {
  const { bound, ...rest } = details
  const more = Object.entries(rest).map(([key, detail]) => `${key} ${detail}`)
  console.log(
    `${ok ? 'ok    ' : 'MISSED'}  ${name.padEnd(14)} ${String(value).padStart(8)}  ${bound ?? ''} ${limit}  (${more.join(', ')})`,
  )
}
if (values.json) console.log(JSON.stringify({ measures }))
if (measures.some(({ ok }) => !ok)) process.exitCode = 1
