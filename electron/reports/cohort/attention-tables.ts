import type { Incident, Mark } from '#shared/domain/encounter.ts'
import type { Attention, CohortResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, soft } from '../kit/theme.ts'
import type { Naming } from '../pseudonymised.ts'
import { date, moment, time } from '../words.ts'

const titles: Readonly<Record<Attention['kind'], string>> = {
  conflict: 'Laptops contradict each other',
  partial: 'An earlier file of a laptop is missing',
  'red-flag': 'Red flags',
  incident: 'Incidents',
  absence: 'Absences',
  missing: 'Marks declared missing',
  disagreement: 'Examiner and patient 30 points or more apart',
  'note-low': 'Notes at the lowest level',
  'note-encounter': 'Notes on encounters below the pass mark or judged lower than a pass',
  'sp-comment': 'Comments of the patients',
}

/** All comments and events that a person should read before results go out. */
export function attentionTables({ attention }: CohortResult, naming: Naming): Block[] {
  // Contradictions stand with all that was said on the page of the data's integrity.
  const groups = Map.groupBy(
    attention.filter(({ kind }) => kind !== 'conflict'),
    ({ kind }) => kind,
  )
  return [
    heading(2, 'What needs a look'),
    ...(groups.size === 0 ? [paragraph('Nothing was written down.', soft)] : []),
    ...[...groups].flatMap(([kind, entries]) => [
      heading(3, `${titles[kind]} (${entries.length})`),
      table(
        [
          { header: 'Station', width: 44, namesRow: true },
          { header: 'Candidate', width: 62 },
          { header: 'What', share: 1 },
        ],
        entries.map((entry) => [String(entry.stationNumber), entry.candidateNumber, words(entry, naming)]),
        dense,
      ),
    ]),
  ]
}

function words({ kind, text, item, mark, incident }: Attention, naming: Naming): string {
  switch (kind) {
    case 'red-flag': {
      const quoted = mark?.quote ? ` ${mark.quote.startsWith('“') ? mark.quote : `“${mark.quote}”`}` : ''
      return `${mark ? `${moment(mark.atMs)} ` : ''}${text}.${quoted} ${reviewWords(mark?.review ?? null, naming)}`
    }
    case 'incident':
      return incident ? incidentWords(incident) : text
    case 'missing':
      return item === 'global-rating' ? `Global rating: ${text}` : text
    case 'partial':
      return 'What a laptop recorded before has not come. No score until its earlier file is imported.'
    case 'disagreement':
      return `Examiner and patient: ${text}`
    default:
      return text
  }
}

const incidentKinds: Readonly<Record<Incident['kind'], string>> = {
  'lost-time': 'Lost time',
  'sp-unwell': 'Standardized patient unwell',
  'sp-off-script': 'Standardized patient off script',
  'conflict-of-interest': 'Conflict of interest',
  other: 'Something else',
}

const incidentWords = ({ kind, text, atMs }: Incident): string =>
  `${atMs === null ? '' : `${time(atMs)} `}${incidentKinds[kind]}: ${text}`

/** The day is UTC's and says so: the same data make the same report wherever it is made. */
function reviewWords(review: Mark['review'], { names }: Naming): string {
  if (review === null) return 'Second person: not yet reviewed.'
  const day = `${date(review.reviewedAt.slice(0, 10))} (UTC)`
  const by = review.reviewer === null || !names ? `Second person, ${day}` : `${review.reviewer}, ${day}`
  return `${by}: ${review.decision}: ${review.reason}.`
}
