import { scenarioSchema, type Scenario } from '#shared/domain/scenario.ts'
import type { StandardInForce } from '#shared/domain/standard.ts'

/** The methods that can be tried on the screen; what judges gave (Angoff) is for the command line. */
export const methods = ['borderline-regression', 'borderline-group', 'cohen', 'hofstee', 'declared'] as const
export type Method = (typeof methods)[number]

/** What a method asks for; shares are typed in per cent. */
export const asked = {
  'borderline-regression': [],
  'borderline-group': [],
  cohen: ['share'],
  hofstee: ['lowestCut', 'highestCut', 'fewestFails', 'mostFails'],
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
  semMultiple: number | string
  minStationsPassed: number | string
  excluded: string[]
}

/** Borderline regression within the rule that is in force. */
export const firstForm = ({ semMultiple, minStationsPassed, excluded }: StandardInForce): ScenarioForm => ({
  ...{ method: 'borderline-regression', share: 65, lowestCut: 50, highestCut: 65, fewestFails: 0, mostFails: 20 },
  ...{ semMultiple, minStationsPassed, excluded: [...excluded] },
})

/** The scenario that the form names; null where an entry is missing or out of its range. */
export function scenarioOf(form: ScenarioForm): Scenario | null {
  const number = (entry: number | string) => (entry === '' ? null : Number(entry))
  const part = (entry: number | string) => (entry === '' ? null : Number(entry) / 100)
  const rectangle = {
    ...{ lowestCut: number(form.lowestCut), highestCut: number(form.highestCut) },
    ...{ fewestFails: part(form.fewestFails), mostFails: part(form.mostFails) },
  }
  return (
    scenarioSchema.safeParse({
      method: form.method,
      ...(form.method === 'cohen' && { share: part(form.share) }),
      ...(form.method === 'hofstee' && { rectangle }),
      semMultiple: number(form.semMultiple),
      minStationsPassed: number(form.minStationsPassed),
      excluded: form.excluded,
    }).data ?? null
  )
}
