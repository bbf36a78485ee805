import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { RaschMark } from '#shared/measurement/rasch/marks.ts'
import { rasch } from '#shared/measurement/rasch/rasch.ts'
import { programOf, provide, system } from '#tests/faults/machine.ts'
import { simulatedThresholds, simulateMarks } from '#tests/support/simulated-marks.ts'
import { atLeast, atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'

/** How many times the bare exponentials of one pass a whole analysis may take for each iteration. */
const PASS_LIMIT = 20
/** How many times faster than VGAM it has to be. */
const VGAM_LIMIT = 20
const rounds = { warmUp: 2, counted: 7 }

/** The Rasch model on a large exam, for each mark and iteration; and beside R on the largest exam that R fits within a minute or two. */
export const measureRasch = async (scratch: string): Promise<Measure[]> => [
  await pace(),
  ...(await besideVgam(scratch)),
]

async function pace(): Promise<Measure> {
  const { marks } = simulateMarks({ candidates: 1000, stations: 24, examiners: 48, share: 1, seed: 1 })
  const { n, iterations } = rasch(marks)
  const theta = new Float64Array(marks.length).map((_, mark) => Math.sin(mark))
  let sum = 0
  const times = await byTurns(rounds, {
    rasch: () => timeOf(() => rasch(marks)),
    bare: () =>
      timeOf(() => {
        for (const place of theta) for (let k = 0; k <= simulatedThresholds.length; k++) sum += Math.exp(k * place)
      }),
  })
  if (!Number.isFinite(sum)) throw new Error('the bare exponentials overflowed')
  const perIteration = median(times.rasch) / iterations
  return atMost('rasch-pass', perIteration / median(times.bare), PASS_LIMIT, {
    marks: n,
    iterations,
    wholeMs: rounded(median(times.rasch)),
    microsecondsPerMarkAndIteration: rounded((perIteration * 1000) / n),
    bareMs: rounded(median(times.bare)),
  })
}

const vgamAnswer = z.object({ version: z.string(), seconds: z.number(), logLikelihood: z.number() })

/** Both fit the same marks; the times are the fit's alone, without R's start and its reading of the file. */
async function besideVgam(scratch: string): Promise<Measure[]> {
  const lack = lackOfVgam()
  if (lack !== null) {
    console.error(`The Rasch model was not measured beside R: ${lack}.`)
    return []
  }
  const all = simulateMarks({ candidates: 400, stations: 14, examiners: 14, share: 1, seed: 2 }).marks
  // R has no answer for extreme scores: they are left out for both.
  const extreme = new Set(rasch(all).extreme.map(({ id }) => id))
  const marks = all.filter(({ candidate }) => !extreme.has(candidate))
  const file = join(scratch, 'rasch-marks.csv')
  writeFileSync(file, ['candidate,station,examiner,category', ...marks.map(row), ''].join('\n'))
  const script = fileURLToPath(new URL('../fixtures/psychometrics/rasch-vgam.R', import.meta.url))
  const vgam = vgamAnswer.parse(JSON.parse(system('Rscript', script, file)))
  const found = rasch(marks)
  const difference = Math.abs((found.logLikelihood ?? NaN) / vgam.logLikelihood - 1)
  if (!(difference < 1e-6)) {
    throw new Error(`the log-likelihoods differ: ${found.logLikelihood ?? 'none'} here, ${vgam.logLikelihood} in R`)
  }
  const { here } = await byTurns(rounds, { here: () => timeOf(() => rasch(marks)) })
  return [
    atLeast('rasch-vgam', (vgam.seconds * 1000) / median(here), VGAM_LIMIT, {
      marks: marks.length,
      hereMs: rounded(median(here)),
      vgamMs: rounded(vgam.seconds * 1000),
      logLikelihoodDifference: difference,
      reference: vgam.version,
    }),
  ]
}

const row = ({ candidate, station, examiner, category }: RaschMark): string =>
  [candidate, station, examiner, category].join(',')

/** Why VGAM cannot be had on this machine; null where it can. */
function lackOfVgam(): string | null {
  if (!provide('r-base-core', () => programOf('Rscript') !== undefined)) return 'R (r-base-core) is not installed'
  const hasVgam = () => spawnSync('Rscript', ['-e', 'library(VGAM)'], { stdio: 'ignore' }).status === 0
  return provide('r-cran-vgam', hasVgam) ? null : "R's package VGAM (r-cran-vgam) is not installed"
}
