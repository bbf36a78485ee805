import type { PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, intervalOf, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { spStatementName } from '../words.ts'

const soft = { color: colors.soft } as const

/** Whether patients see what examiners see, what goes with what the patient lived through, and what became of cues. */
export function patientBlocks({ overall, domains, relations, cues }: PatientMeasures): Block[] {
  const agreement: Figure[] = overall
    ? [
        { name: 'Mean difference', figure: overall.bias, unit: 'difference', of: 'encounters' },
        { name: 'Lower limit', figure: overall.lower, unit: 'difference', of: 'encounters' },
        { name: 'Upper limit', figure: overall.upper, unit: 'difference', of: 'encounters' },
        { name: 'Concordance', figure: overall.ccc, unit: 'coefficient', of: 'encounters' },
        { name: 'Pearson’s r', figure: overall.pearson, unit: 'coefficient', of: 'encounters' },
        { name: 'Spearman’s r', figure: overall.spearman, unit: 'coefficient', of: 'encounters' },
      ]
    : []
  const related: Figure[] = [
    { name: 'Alliance (mean)', figure: relations.alliance.encounters, unit: 'coefficient', of: 'encounters' },
    ...relations.statements.map(({ statement, relation }): Figure => ({
      name: sentenceOf(spStatementName[statement]),
      figure: relation.encounters,
      unit: 'coefficient',
      of: 'encounters',
    })),
  ]
  const met: Figure = { name: 'Cues that met a response', figure: cues.all, unit: 'share', of: 'cues' }
  return [
    heading(2, 'The patients’ view'),
    paragraph(verdict(overall)),
    ...(agreement.length === 0 ? [] : [figureTable(agreement)]),
    ...byDomain(domains),
    heading(3, 'What goes with the examiner’s empathy score: the patient’s answers'),
    figureTable(related),
    heading(3, 'Cues'),
    figureTable([met]),
    ...whatCouldBeWrong([...agreement, ...related, met]),
  ]
}

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function verdict(overall: PatientMeasures['overall']): string {
  if (overall === null) return 'There is no encounter that both the examiner and the patient could score.'
  const { bias, lower, upper, ccc } = overall
  if (bias.value === null) return `Examiner and patient cannot be compared: ${whyNot(bias)}.`
  const side = bias.value < 0 ? 'lower than' : bias.value > 0 ? 'higher than' : 'the same as'
  const limits =
    lower.value === null || upper.value === null
      ? ''
      : ` In a single encounter the two may lie from ${written(lower.value, 'difference')} to ${written(upper.value, 'difference')} apart (95 % of encounters).`
  return `Over ${bias.n} encounters examiners score ${bias.value === 0 ? '' : `${written(Math.abs(bias.value), 'points')} points `}${side} patients on average.${limits} Concordance, which asks for the same level too, is ${inline(ccc, 'coefficient')}. The patient’s view is no part of the mark.`
}

function byDomain(domains: PatientMeasures['domains']): Block[] {
  if (domains.length === 0) return []
  return [
    heading(3, 'By domain: the examiner’s score beside the patient’s one answer on it'),
    table(
      [
        { header: 'Domain', share: 1, namesRow: true },
        { header: 'Encounters', width: 60, align: 'right' },
        { header: 'Mean difference', width: 80, align: 'right' },
        { header: '95 % interval', width: 96, align: 'right' },
        { header: 'Concordance', width: 66, align: 'right' },
        { header: 'Spearman’s r', width: 66, align: 'right' },
      ],
      domains.map(({ title, bias, ccc, spearman }) => [
        title,
        String(bias.n),
        valueOf(bias, 'difference'),
        intervalOf(bias, 'difference'),
        valueOf(ccc, 'coefficient'),
        valueOf(spearman, 'coefficient'),
      ]),
      { size: type.small, padding: 1.8 },
    ),
    paragraph(
      'One answer of five levels stands beside a mean of several behaviours: differences of some points are to be expected.',
      { size: type.small, ...soft },
    ),
  ]
}
