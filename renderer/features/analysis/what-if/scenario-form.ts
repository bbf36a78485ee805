import type { Station } from '#shared/domain/exam.ts'
import { scenarioSchema, TRIED_FIRST, type Scenario } from '#shared/domain/scenario.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'
import { judgedOf, judgesOf, type JudgedGrid } from './judged-grid.ts'

/** The methods that can be tried. */
export const methods = ['borderline-regression', 'borderline-group', 'cohen', 'hofstee', 'angoff', 'declared'] as const
export type Method = (typeof methods)[number]

/** What a method asks for beside the rule; shares are typed in per cent. What judges gave (Angoff) has a table of its own. */
export const asked = {
  'borderline-regression': [],
  'borderline-group': [],
  cohen: ['share'],
  hofstee: ['lowestCut', 'highestCut', 'fewestFails', 'mostFails'],
  angoff: [],
  declared: [],
} as const satisfies Record<Method, readonly string[]>

/** What was typed. */
export type ScenarioForm = {
  method: Method
  share: number | string
  lowestCut: number | string
  highestCut: number | string
  fewestFails: number | string
  mostFails: number | string
  judges: number | string
  judged: JudgedGrid
  semMultiple: number | string
  minStationsPassed: number | string
  excluded: string[]
}

/** Borderline regression within the rule that is in force. */
export const firstForm = ({ semMultiple, minStationsPassed, excluded }: StandardInForce): ScenarioForm => ({
  ...{ method: 'borderline-regression', ...TRIED_FIRST.rectangle },
  share: 100 * TRIED_FIRST.share,
  fewestFails: 100 * TRIED_FIRST.rectangle.fewestFails,
  mostFails: 100 * TRIED_FIRST.rectangle.mostFails,
  ...{ judges: 5, judged: {} },
  ...{ semMultiple, minStationsPassed, excluded: [...excluded] },
})

/** The scenario that the form names; null where an entry is missing or out of its range. */
export function scenarioOf(form: ScenarioForm, stations: readonly Station[]): Scenario | null {
  const number = (entry: number | string) => (entry === '' ? null : Number(entry))
  const part = (entry: number | string) => (entry === '' ? null : Number(entry) / 100)
  const rectangle = {
    ...{ lowestCut: number(form.lowestCut), highestCut: number(form.highestCut) },
    ...{ fewestFails: part(form.fewestFails), mostFails: part(form.mostFails) },
  }
  const judges = judgesOf(form.judges)
  const counted = stations.filter(({ id }) => !form.excluded.includes(id))
  return (
    scenarioSchema.safeParse({
      method: form.method,
      ...(form.method === 'cohen' && { share: part(form.share) }),
      ...(form.method === 'hofstee' && { rectangle }),
      ...(form.method === 'angoff' && { judged: judges === null ? null : judgedOf(form.judged, counted, judges) }),
      semMultiple: number(form.semMultiple),
      minStationsPassed: number(form.minStationsPassed),
      excluded: form.excluded,
    }).data ?? null
  )
}
