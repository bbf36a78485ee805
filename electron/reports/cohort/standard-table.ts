import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass, type StandardInForce } from '#shared/domain/standard.ts'
import { basisWords } from '#shared/measurement/analysis/basis-words.ts'
import { countedStations } from '#shared/scoring/exam-data.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { dense } from '../kit/theme.ts'
import { errorOf, valueOf } from '../measures/figure-words.ts'
import { count, mark } from '../words.ts'
import type { Reported } from './reported.ts'

export const methodWord: Readonly<Record<StandardInForce['method'], { name: string; by: string }>> = {
  declared: { name: 'Declared by hand', by: 'a mark declared by hand' },
  'borderline-regression': { name: 'Borderline regression', by: 'borderline regression' },
  'borderline-group': { name: 'Borderline group', by: 'the borderline group' },
  cohen: { name: 'Cohen’s method', by: 'Cohen’s method' },
  hofstee: { name: 'Hofstee’s method', by: 'Hofstee’s method' },
  angoff: { name: 'Angoff’s method', by: 'Angoff’s method' },
}

/** The whole rule as a sentence, and from where its mark comes. */
export function ruleInWords({ standard, stations }: Pick<CohortResult, 'standard' | 'stations'>): string {
  const { cut, sem, semMultiple, minStationsPassed, excluded } = standard
  const counted = countedStations({ standard, stations }).length
  const marked =
    semMultiple > 0 && sem !== null
      ? `${mark(markToPass(standard))} (the cut ${mark(cut)} and ${mark(semMultiple)} × the SEM of ${mark(sem)})`
      : mark(cut)
  const own = standard.stations.length > 0 ? 'each at its own cut' : `each at ${mark(cut)}`
  const passed =
    minStationsPassed > 0 ? `, at least ${count(minStationsPassed, 'station is', 'stations are')} passed, ${own},` : ''
  const left = stations.filter(({ id }) => excluded.includes(id)).map(({ number }) => String(number))
  const without =
    left.length === 0
      ? ''
      : ` ${left.length === 1 ? `Station ${left.join('')} counts` : `Stations ${left.join(', ')} count`} for nobody.`
  return `A candidate passes when the mean over ${count(counted, 'station', 'stations')} is at least ${marked}${passed} and no red flag is upheld. Whoever lacks a station is incomplete, whatever the other scores. Figures are compared unrounded.${without}`
}

/** Each part of the standard in force with its figure; who decided on it stands above. */
export function standardTable({ cohort, cutNow, reliability }: Reported): Block {
  const { standard, stations } = cohort
  const { method, cut, sem, semMultiple, minStationsPassed, basis } = standard
  const counted = countedStations({ standard, stations })
  const ownCuts = counted.map(({ id, number }) => {
    const own = standard.stations.find(({ stationId }) => stationId === id)
    return `${number}: ${mark(own?.cut ?? cut)}`
  })
  return table(
    [
      { header: 'Standard in force', width: 112, namesRow: true },
      { header: '', share: 1 },
    ],
    [
      ['Method', `${methodWord[method].name}${basis ? `. ${basisWords(basis)}` : ''}`],
      ['Cut of the exam', `${mark(cut)}. ${errorOfCut(standard, cutNow)}`],
      [
        'Measurement error',
        semMultiple === 0
          ? `Not added to the cut: the mark is the cut itself, ${mark(cut)}.`
          : `${mark(semMultiple)} × the SEM${sem === null ? '' : ` of ${mark(sem)}`} is added: the mark is ${mark(markToPass(standard))}.${semNow(standard, reliability.sem)}`,
      ],
      [
        'Stations',
        minStationsPassed === 0
          ? 'No number of them has to be passed.'
          : `At least ${minStationsPassed} of ${counted.length} to be passed, ${standard.stations.length === 0 ? `each at ${mark(cut)}` : `each at its own cut (station: cut): ${ownCuts.join('; ')}`}.`,
      ],
      [
        'Red flags',
        'One that was upheld by a second person does not pass, whatever the scores; one that waits for review leaves no outcome.',
      ],
    ],
    dense,
  )
}

/** The error belongs to the marks as they are now; the cut stays what was decided. */
function errorOfCut({ method, cut }: StandardInForce, now: Reported['cutNow']): string {
  if (now === null)
    return method === 'declared'
      ? 'It was declared, not computed, and has no standard error.'
      : 'This method gives no standard error here.'
  if (now.value === null) return 'From the marks as they are now it cannot be computed any more.'
  const moved =
    mark(cut) === mark(now.value) ? '' : ` From the marks as they are now it would be ${valueOf(now, 'points')}.`
  return `Standard error ${errorOf(now, 'points')}.${moved}`
}

function semNow({ sem }: StandardInForce, now: Reported['reliability']['sem']): string {
  if (sem === null || now.value === null || mark(sem) === mark(now.value)) return ''
  return ` From the marks as they are now the SEM would be ${valueOf(now, 'points')}.`
}
