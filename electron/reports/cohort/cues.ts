import { cueWords } from '#shared/charts/chart-words.ts'
import { cueFunnel } from '#shared/charts/cue-funnel.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import type { Block } from '../kit/block.ts'
import { table, type TableCell } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { intervalOf, valueOf, written } from '../measures/figure-words.ts'
import { number } from '../words.ts'

type NameOf = (stationId: string) => string

/** What became of the cues of each station and domain, and what looked like empathy there. */
export function cueBlocks({ cues, lookAlikes }: PatientMeasures, nameOf: NameOf): Block[] {
  const met: Figure = { name: 'Cues that met a response', figure: cues.all, unit: 'share', of: 'cues' }
  return [
    heading(2, 'Cues and look-alikes'),
    figureTable([met]),
    ...funnel(cues, nameOf),
    ...byStation(cues, nameOf),
    ...byDomain(cues),
    ...looked(lookAlikes, nameOf),
    ...whatCouldBeWrong(
      [met],
      [
        'Whether a patient gave a cue is not recorded: a cue without a marked moment may not have been given, not been met, or not been marked.',
      ],
    ),
  ]
}

function funnel({ stations }: PatientMeasures['cues'], nameOf: NameOf): Block[] {
  const rows = stations.map(({ stationId, unmarked, marked, met }) => ({
    name: nameOf(stationId),
    ...{ met, unmet: marked - met, noMoment: unmarked },
  }))
  return askedChart(
    'What became of the cues that the scripts provide for?',
    (theme) => cueFunnel(rows, theme, cueWords(phrase, 'station')),
    'Filled: met; hollow: marked and not met; dashed: in the script of an encounter, and no moment was marked. Per cent are of the marked cues.',
  )
}

function byStation({ stations }: PatientMeasures['cues'], nameOf: NameOf): Block[] {
  if (stations.length === 0) return []
  const kinds = Map.groupBy(
    stations.flatMap(({ moments }) => moments),
    ({ type: id }) => id,
  )
  const touches = [...kinds.values()].map(
    (own) => `${own[0]?.label ?? ''} ${number(own.reduce((sum, moment) => sum + moment.count, 0))}`,
  )
  return [
    table(
      [{ header: 'Station', share: 1, namesRow: true }, ...tallyColumns],
      stations.map((station) => [nameOf(station.stationId), ...tallyCells(station)]),
      dense,
    ),
    ...(stations.some(({ marked, planned }) => marked > planned)
      ? [
          paragraph(
            'More cues are marked than the scripts have where a moment does not say which cue it answers: it counts as a cue of its own.',
            smallPrint,
          ),
        ]
      : []),
    ...(touches.length === 0
      ? []
      : [paragraph(`Moments marked, a cue having one or several: ${touches.join('; ')}.`, smallPrint)]),
  ]
}

function byDomain({ domains, withoutDomain }: PatientMeasures['cues']): Block[] {
  if (domains.length === 0)
    return [paragraph('By domain nothing is given: no cue of a script says which domain it asks for.', smallPrint)]
  return [
    ...askedChart(
      'What became of the cues, by the domain they ask for?',
      (theme) =>
        cueFunnel(
          domains.map(({ title, met, marked, unmarked }) => ({
            name: title,
            ...{ met, unmet: marked - met, noMoment: unmarked },
          })),
          theme,
          cueWords(phrase, 'domain'),
        ),
      `A cue belongs to the domain that the station’s script gives it. Marked cues that belong to none, and are in no row: ${number(withoutDomain)}.`,
    ),
    table(
      [{ header: 'Domain', share: 1, namesRow: true }, ...tallyColumns],
      domains.map((domain) => [domain.title, ...tallyCells(domain)]),
      dense,
    ),
  ]
}

const tallyColumns: Parameters<typeof table>[0] = [
  { header: 'Encounters', width: 58, align: 'right' },
  { header: 'Cues in scripts', width: 50, align: 'right' },
  { header: 'Marked', width: 46, align: 'right' },
  { header: 'Met', width: 40, align: 'right' },
  { header: 'Share met', width: 52, align: 'right' },
  { header: '95 % interval', width: 92, align: 'right' },
]

const tallyCells = ({
  encounters,
  planned,
  marked,
  met,
  share,
}: PatientMeasures['cues']['domains' | 'stations'][number]): TableCell[] => [
  number(encounters),
  number(planned),
  number(marked),
  number(met),
  { text: valueOf(share, 'share'), look: { style: 'bold' } },
  intervalOf(share, 'share'),
]

function looked(lookAlikes: PatientMeasures['lookAlikes'], nameOf: NameOf): Block[] {
  if (lookAlikes.length === 0) return []
  const rows = [...Map.groupBy(lookAlikes, ({ stationId }) => stationId)].flatMap(([stationId, own]) => {
    const all = own.find(({ lookAlike }) => lookAlike === null)
    if (!all) return []
    const kinds = own.filter(({ lookAlike, count }) => lookAlike !== null && count > 0)
    return [
      [
        nameOf(stationId),
        number(all.perEncounter.n),
        number(all.count),
        all.perEncounter.value === null ? '–' : written(all.perEncounter.value, 'ratio'),
        valueOf(all.encounters, 'share'),
        intervalOf(all.encounters, 'share'),
        kinds.length === 0
          ? 'none'
          : kinds.map(({ label, lookAlike, count }) => `${label ?? lookAlike ?? ''} ${count}`).join(', '),
      ],
    ]
  })
  return [
    heading(3, 'Where was something marked that only looks like empathy?'),
    table(
      [
        { header: 'Station', share: 4, namesRow: true },
        { header: 'n', width: 28, align: 'right' },
        { header: 'Marks', width: 38, align: 'right' },
        { header: 'Per encounter', width: 58, align: 'right' },
        { header: 'Encounters with one', width: 60, align: 'right' },
        { header: '95 % interval', width: 84, align: 'right' },
        { header: 'Which, and how often', share: 5 },
      ],
      rows,
      dense,
    ),
  ]
}
