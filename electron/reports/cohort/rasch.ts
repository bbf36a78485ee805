import { wrightWords } from '#shared/charts/chart-words.ts'
import { wrightMap } from '#shared/charts/wright-map.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { ShownRasch } from '#shared/measurement/analysis/examiner-measures.ts'
import { aloneIn, fitClass } from '#shared/measurement/rasch/misfit.ts'
import type { RaschElement } from '#shared/measurement/rasch/rasch.ts'
import { warningWords } from '#shared/measurement/words.ts'
import type { Block } from '../kit/block.ts'
import { table, type TableColumn } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft, type } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { probability, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count, number } from '../words.ts'
import { extremeSentences, fitWord, misfits, partSentences, type RaschNames } from './rasch-words.ts'

/** The many-facet Rasch model of the global ratings: who and what lies where on one scale, and how far that can be believed. */
export function raschBlocks(found: ShownRasch, names: RaschNames): Block[] {
  const title = heading(2, [
    'Rasch model',
    { text: ' · global ratings: candidates, stations and examiners on one scale', style: 'regular', ...soft },
  ])
  if (found.candidates.length === 0)
    return [
      title,
      paragraph(
        `The Rasch model is withheld (n ${number(found.n)} ratings): ${whyNot({ ...(found.reason && { reason: found.reason }) })}.`,
      ),
      ...extremes(found, names),
    ]
  return [
    title,
    paragraph(verdict(found, names)),
    ...wright(found, names),
    heading(3, 'Could the exam tell them apart?'),
    ...spreads(found),
    ...partSentences(found, names).map((text) => paragraph(text, { size: type.small })),
    ...elements(
      'Which examiners were severe, and did they mark as the others do?',
      'Examiner',
      found.examiners,
      names.examiner,
      aloneIn(found.comparable.examiners),
    ),
    ...elements('Which stations were hard, and do they fit the others?', 'Station', found.stations, names.station),
    ...categories(found, names),
    ...extremes(found, names),
    heading(3, 'What could be wrong with these numbers'),
    list(
      [
        ...found.warnings.map(warningWords),
        'It takes for granted that one ability is marked, and that all stations use the grades in the same way.',
      ].map((text) => ({ label: '•', text })),
      10,
      { size: type.small },
      { size: type.small },
    ),
  ]
}

function verdict({ n, iterations, logLikelihood, candidates, leftOut }: ShownRasch, names: RaschNames): string {
  const apart = misfits(candidates)
  const who = apart.map(({ id }) => names.candidate(id)).toSorted((a, b) => a.localeCompare(b, 'en'))
  return `From ${count(n, 'global rating', 'global ratings')}, by joint maximum likelihood (log-likelihood ${logLikelihood === null ? '–' : written(logLikelihood, 'points')} after ${count(iterations, 'iteration', 'iterations')})${leftOut === 0 ? '' : `; ${count(leftOut, 'rating without an examiner is', 'ratings without an examiner are')} left out`}. ${
    who.length === 0
      ? `The ratings of all ${candidates.length} candidates fit the model.`
      : `The ratings of ${count(who.length, 'candidate', 'candidates')} of ${candidates.length} are more erratic than the model expects (infit or outfit above 1.5): ${who.join(', ')}. Read their encounters before their measures are trusted.`
  }`
}

function wright({ candidates, stations, examiners, thresholds, comparable }: ShownRasch, names: RaschNames): Block[] {
  const alone = aloneIn(comparable.examiners)
  const named = (all: readonly RaschElement[], nameOf: (id: string) => string) =>
    all.map(({ id, measure }) => ({ name: nameOf(id), measure }))
  const data = {
    candidates: named(candidates, names.candidate),
    stations: named(stations, names.station),
    examiners: named(
      examiners.filter(({ id }) => !alone.has(id)),
      names.examiner,
    ),
    thresholds: thresholds.map(({ category, measure }) => ({ name: `to ${names.grade(category)}`, measure })),
  }
  return askedChart(
    'Were the stations as hard as the candidates were able?',
    (theme) => wrightMap(data, theme, wrightWords(phrase)),
    [
      'Higher: an abler candidate, a harder station, a more severe examiner. Candidates high above all stations were hardly tested; measures compare only as far as the sentences below allow.',
      ...(data.examiners.length === 0 ? ['No examiner is drawn: nobody compares with one.'] : []),
      ...(comparable.stations.length > 1
        ? ['Where a station and its examiner cannot be told apart, its place holds how severe that examiner is, too.']
        : []),
    ].join(' '),
  )
}

function spreads({ separation, strata, reliability, fixed }: ShownRasch): Block[] {
  const facets = [
    ['Candidates', 'candidates'],
    ['Stations', 'stations'],
    ['Examiners', 'examiners'],
  ] as const
  const said = facets.flatMap(([name, facet]) =>
    separation[facet].value === null
      ? [{ name, text: `withheld, because ${whyNot(separation[facet])}.` }]
      : separation[facet].warnings.map((warning) => ({ name, text: warningWords(warning) })),
  )
  const why = [...Map.groupBy(said, ({ text }) => text)].map(
    ([text, about]) => `${about.map(({ name }) => name).join('; ')}: ${text}`,
  )
  return [
    table(
      [
        { header: 'Facet', share: 1, namesRow: true },
        { header: 'n', width: 34, align: 'right' },
        { header: 'Separation', width: 58, align: 'right' },
        { header: 'Strata', width: 46, align: 'right' },
        { header: 'Reliability', width: 56, align: 'right' },
        { header: 'All equal? χ²', width: 66, align: 'right' },
        { header: 'df', width: 34, align: 'right' },
        { header: 'p', width: 50, align: 'right' },
      ],
      facets.map(([name, facet]) => [
        name,
        String(separation[facet].n),
        valueOf(separation[facet], 'coefficient'),
        valueOf(strata[facet], 'ratio'),
        valueOf(reliability[facet], 'coefficient'),
        valueOf(fixed[facet].chiSquare, 'ratio'),
        fixed[facet].df === null ? '–' : String(fixed[facet].df),
        probability(fixed[facet].p.value),
      ]),
      dense,
    ),
    paragraph(
      `Separation: the true spread of the measures in standard errors; strata: how many levels can be told apart. Of candidates much is good, of examiners little.${why.length === 0 ? '' : ` ${why.join(' ')}`}`,
      smallPrint,
    ),
  ]
}

function elements(
  question: string,
  header: string,
  all: readonly RaschElement[],
  nameOf: (id: string) => string,
  alone: ReadonlySet<string> = new Set(),
): Block[] {
  if (all.length === 0) return []
  const columns: TableColumn[] = [
    { header, share: 1, namesRow: true },
    { header: 'n', width: 30, align: 'right' },
    { header: 'Logits', width: 44, align: 'right' },
    { header: 'SE', width: 34, align: 'right' },
    { header: 'Infit', width: 34, align: 'right' },
    { header: 'Outfit', width: 38, align: 'right' },
    { header: 'z of both', width: 66, align: 'right' },
    { header: 'Fair average', width: 44, align: 'right' },
    { header: 'Fit in words', width: 86 },
  ]
  const z = (value: number | null) => (value === null ? '–' : written(value, 'difference'))
  return [
    heading(3, question),
    table(
      columns,
      all
        .toSorted((a, b) => b.measure - a.measure || nameOf(a.id).localeCompare(nameOf(b.id), 'en'))
        .map((one) => [
          nameOf(one.id),
          String(one.n),
          alone.has(one.id) ? '–' : { text: written(one.measure, 'difference'), look: { style: 'bold' } },
          alone.has(one.id) ? '–' : written(one.se, 'points'),
          written(one.infit, 'ratio'),
          written(one.outfit, 'ratio'),
          `${z(one.infitZ)}, ${z(one.outfitZ)}`,
          one.fair === null ? '–' : written(one.fair, 'ratio'),
          { text: fitWord[fitClass(one)], look: soft },
        ]),
      dense,
    ),
    ...(alone.size > 0
      ? [
          paragraph(
            'No severity: nobody compares with these examiners, whose measure would be a convention.',
            smallPrint,
          ),
        ]
      : []),
    ...(all.some(({ fair }) => fair === null)
      ? [
          paragraph(
            'No fair average: these measures do not all compare, so there is no mean of all to set the others to.',
            smallPrint,
          ),
        ]
      : []),
  ]
}

function categories({ categories: all, thresholds, unusedCategories }: ShownRasch, { grade }: RaschNames): Block[] {
  const into = new Map(thresholds.map((one) => [one.category, one]))
  return [
    heading(3, 'Were the grades used as a scale?'),
    table(
      [
        { header: 'Grade', share: 1, namesRow: true },
        { header: 'Times given', width: 66, align: 'right' },
        { header: 'Mean measure', width: 72, align: 'right' },
        { header: 'Outfit', width: 46, align: 'right' },
        { header: 'Threshold into it', width: 84, align: 'right' },
        { header: 'SE', width: 40, align: 'right' },
      ],
      all.map(({ category, count: times, meanMeasure, outfit }) => {
        const threshold = into.get(category)
        return [
          grade(category),
          String(times),
          written(meanMeasure, 'difference'),
          outfit === null ? '–' : written(outfit, 'ratio'),
          threshold ? written(threshold.measure, 'difference') : '–',
          threshold ? written(threshold.se, 'points') : '–',
        ]
      }),
      dense,
    ),
    paragraph(
      `Mean measures and thresholds should rise from grade to grade.${unusedCategories.length === 0 ? '' : ` Never given among these marks: ${unusedCategories.map(grade).join(', ')}; the grades around were moved together.`}`,
      smallPrint,
    ),
  ]
}

function extremes(found: ShownRasch, names: RaschNames): Block[] {
  const sentences = extremeSentences(found, names)
  return sentences.length === 0
    ? []
    : [heading(3, 'Left out: only highest or only lowest grades'), paragraph(sentences.join(' '), { size: type.small })]
}
