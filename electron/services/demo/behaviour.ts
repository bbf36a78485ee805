import type { RatingValue } from '#shared/domain/encounter.ts'
import { rubricItems, type Rubric, type RubricItem } from '#shared/domain/rubric.ts'
import type { SpAnswerValue } from '#shared/domain/sp-form.ts'
import type { Random } from './random.ts'

/** What a simulated candidate is like: general ability, and a strength or weakness in each domain. */
export type SimulatedCandidate = { ability: number; domains: ReadonlyMap<string, number> }

/** What an encounter of the simulated day comes to; points follow a graded model with normal noise. */
export type Performance = {
  /** How this candidate was with this patient, on the scale of the points. */
  level: number
  ratings: ReadonlyMap<RubricItem['id'], RatingValue>
  /** Position among the rubric's five judgements. */
  globalRating: number
}

const MIDDLE = 3.7

export function simulateCandidate(random: Random, rubrics: readonly Rubric[]): SimulatedCandidate {
  const ids = new Set(rubrics.flatMap(({ domains }) => domains.map(({ id }) => id)))
  return { ability: random.normal() * 0.5, domains: new Map([...ids].map((id) => [id, random.normal() * 0.3])) }
}

/** `difficulty` of the station and `stringency` of the examiner lower the points. */
export function simulatePerformance(
  random: Random,
  rubric: Rubric,
  candidate: SimulatedCandidate,
  { difficulty, stringency }: { difficulty: number; stringency: number },
): Performance {
  const day = MIDDLE + candidate.ability - difficulty + random.normal() * 0.4
  const top = rubric.points.length
  const onScale = (value: number) => Math.min(top, Math.max(1, Math.round(value * (top / 5))))
  const ratings = new Map<RubricItem['id'], RatingValue>()
  for (const domain of rubric.domains) {
    const level = day + (candidate.domains.get(domain.id) ?? 0) - stringency
    for (const item of domain.items) {
      const unseen = item.id === rubricItems(rubric).at(-4)?.id ? 0.15 : 0.015
      ratings.set(item.id, random.chance(unseen) ? 'no-opportunity' : onScale(level + random.normal() * 0.55))
    }
  }
  const judged = Math.round(day - stringency * 0.6 + random.normal() * 0.35) - 1
  return { level: day, ratings, globalRating: Math.min(4, Math.max(0, judged)) }
}

/** An SP sees the same encounter from inside: a little kinder, and now and then a statement does not apply. */
export function simulateSpAnswer(random: Random, level: number): SpAnswerValue {
  if (random.chance(0.03)) return 'not-applicable'
  return Math.min(5, Math.max(1, Math.round(level + 0.35 + random.normal() * 0.7)))
}

/** Which of the three levels of the sample's voices belongs to a point. */
export function voiceLevel(value: number): 'low' | 'mid' | 'high' {
  if (value <= 2) return 'low'
  return value === 3 ? 'mid' : 'high'
}
