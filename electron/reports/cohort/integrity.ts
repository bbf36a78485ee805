import { reasonApart, type Amendment, type Said, type Speaker } from '#shared/domain/amendment.ts'
import type { Attention, CohortResult } from '#shared/domain/results.ts'
import { rubricOf, type Rubric } from '#shared/domain/rubric.ts'
import { headOf, thingOf, valueOf, valuesBefore } from '#shared/domain/saying-words.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, soft } from '../kit/theme.ts'
import type { Naming } from '../pseudonymised.ts'
import { count, instant, number } from '../words.ts'

const hasAmendments = ({ amendments, completeness }: CohortResult): boolean =>
  amendments.length > 0 || completeness.conflicts > 0

/**
 * What is another mark than the one that was submitted, and what laptops say differently: both values, who changed it
 * and who signed, when and why. Without names people stand by their pseudonyms.
 */
export function integrityBlocks(cohort: CohortResult, options: DocumentOptions & Naming): Block[] {
  const corrected = cohort.amendments.filter(({ amendment }) => amendment.cause === 'correction')
  const decided = cohort.amendments.filter(({ amendment }) => amendment.cause === 'conflict')
  const open = cohort.attention.filter(({ kind }) => kind === 'conflict')
  return [
    heading(2, 'Data integrity'),
    paragraph(standing(cohort, options)),
    heading(3, 'What was changed after it was submitted'),
    ...(hasAmendments(cohort)
      ? [
          paragraph(
            `${count(corrected.length, 'mark', 'marks')} corrected, ${count(decided.length, 'contradiction', 'contradictions')} between laptops decided, ${open.length} undecided. Every value stays in the ledger; the last one stands. Marks that are undecided make no score.`,
            soft,
          ),
        ]
      : [paragraph('No mark was corrected, and no two laptops contradict each other.', soft)]),
    ...section('Corrected, each with a second person’s sign-in', 'Was → is', corrected, cohort, options),
    ...section('Contradictions between laptops, decided', 'Said → stands', decided, cohort, options),
    ...undecided(open, cohort, options),
  ]
}

/** What the figures were made of, and the code by which that can be checked later. */
function standing(
  { completeness, rubrics }: CohortResult,
  { ledgerCode, version, recordedAt }: DocumentOptions,
): string {
  const { submitted, planned, spForms, itemsPlanned, itemsMissing } = completeness
  const made = `Made by Attune ${version} from ${number(submitted)} submitted of ${count(planned, 'encounter', 'encounters')}, ${number(itemsPlanned - itemsMissing)} marks in them, ${count(spForms, 'patient form', 'patient forms')} and ${count(rubrics.length, 'rubric', 'rubrics')}.`
  return ledgerCode === null
    ? `${made} Nothing is recorded in the ledger yet.`
    : `${made} The last event was written on ${instant(recordedAt)}; the ledger’s code at that point is ${ledgerCode}, as at the foot of every page. Any event that is changed, taken out or put in afterwards gives another code: “verify --code” with this one tells whether the ledger still holds all that this report was made from.`
}

type Entry = CohortResult['amendments'][number]

function section(
  title: string,
  values: string,
  entries: readonly Entry[],
  cohort: CohortResult,
  naming: Naming,
): Block[] {
  if (entries.length === 0) return []
  return [
    heading(3, `${title} (${entries.length})`),
    table(
      [
        { header: 'Station', width: 44, namesRow: true },
        { header: 'Candidate', width: 62 },
        { header: 'What', share: 3 },
        { header: values, share: 4 },
        { header: 'By, and when', share: 4 },
        { header: 'Reason', share: 4 },
      ],
      entries.map(({ stationNumber, stationId, candidateNumber, amendment }) => {
        const rubric = rubricAt(cohort, stationId)
        return [
          String(stationNumber),
          candidateNumber,
          rubric ? thingOf(amendment.is, { rubric, about: amendment.about }, phrase) : '',
          rubric ? `${before(amendment, rubric, naming)} → ${valueOf(amendment.is, { rubric }, phrase)}` : '',
          `${signed(amendment, naming)}, ${instant(new Date(amendment.at))}`,
          reasonApart(amendment) ?? 'told with the decision',
        ]
      }),
      dense,
    ),
  ]
}

function before(amendment: Amendment, rubric: Rubric, naming: Naming): string {
  if (amendment.cause === 'correction') return valuesBefore(amendment, { rubric }, phrase).join(' / ')
  return amendment.was.map((said) => saidBy(said, rubric, naming)).join(' / ')
}

const signed = ({ by, second }: Amendment, naming: Naming): string =>
  second === null ? nameOf(by, naming) : `${nameOf(by, naming)} with ${nameOf(second, naming)}`

/** "4 good (E-7K3M9-Q2DXT on laptop Station 1)" */
const saidBy = (said: Said, rubric: Rubric, naming: Naming): string =>
  `${headOf(said, { rubric }, phrase)} (${nameOf(said.by, naming)} on ${said.laptop ?? said.device})`

function undecided(entries: readonly Attention[], cohort: CohortResult, naming: Naming): Block[] {
  if (entries.length === 0) return []
  return [
    heading(3, `Contradictions between laptops, undecided (${entries.length})`),
    table(
      [
        { header: 'Station', width: 44, namesRow: true },
        { header: 'Candidate', width: 62 },
        { header: 'What', share: 2 },
        { header: 'What each laptop says', share: 5 },
      ],
      entries.flatMap(({ conflict, stationNumber, candidateNumber, encounterId }) => {
        const cell = cohort.cells.find((entry) => entry.encounterId === encounterId)
        const rubric = cell && rubricAt(cohort, cell.stationId)
        const first = conflict?.heads[0]
        if (!conflict || !first || !rubric) return []
        return [
          [
            String(stationNumber),
            candidateNumber,
            thingOf(first.says, { rubric, about: conflict.about }, phrase),
            conflict.heads.map((said) => `${saidBy(said, rubric, naming)}, ${instant(new Date(said.at))}`).join('\n'),
          ],
        ]
      }),
      dense,
    ),
  ]
}

const rubricAt = ({ rubrics, stations }: CohortResult, stationId: Entry['stationId']): Rubric | undefined =>
  rubricOf(
    { rubrics },
    stations.find(({ id }) => id === stationId),
  )

/** Who: by name on purpose, else by pseudonym; by the role where nobody is known. */
function nameOf({ id, name, role }: Speaker, { names }: Naming): string {
  if (id === null) return phrase(`audit.role.${role}`)
  return names ? name : pseudonym(role === 'system' ? 'director' : role, id)
}
