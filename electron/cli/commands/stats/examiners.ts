import type { Mark } from '#shared/measurement/mark.ts'
import { facets, type Facet } from '#shared/measurement/rasch/marks.ts'
import { rasch, type RaschElement } from '#shared/measurement/rasch/rasch.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { reasonWords, warningWords } from '#shared/measurement/words.ts'
import { readOptions, type Command, type Io } from '../../command.ts'
import { refuseData } from '../../data-file.ts'
import { cautions, columns, figure, number, short } from '../../figures.ts'
import { readScoresFile } from '../../marks-input.ts'
import { inputOptions } from './number-input.ts'

const inputHelp = `
  --in FILE     a CSV or XLSX file with columns candidate,station,examiner,score; an empty cell is missing
  --json        one JSON object`

/** A command about the examiners of a long file of marks. */
function onMarks(
  command: Pick<Command, 'name' | 'summary' | 'usage'>,
  compute: (marks: readonly Mark[]) => { json: object; lines: readonly string[] },
): Command {
  return {
    ...command,
    run: async (args, io: Io) => {
      const values = readOptions(args, inputOptions)
      const { marks, problems } = await readScoresFile(values.in)
      if (problems.length > 0) return refuseData(problems, values, io)
      const { json, lines } = compute(marks)
      if (values.json) io.out(JSON.stringify(json))
      else for (const line of lines) io.out(line)
      return 0
    },
  }
}

export const statsStringency = onMarks(
  {
    name: 'stats stringency',
    summary: 'How harsh each examiner was, candidates and stations being equal (least squares, mixed model).',
    usage: `attune stats stringency --in long.csv [--json]
${inputHelp}`,
  },
  (marks) => {
    const found = stringency(marks)
    const mixed = mixedStringency(marks)
    const byMixed = new Map(mixed.examiners.map((one) => [one.examiner, short(one.stringency)]))
    const { effect, residualSd, examiners } = found
    return {
      json: { ...found, mixed },
      lines: [
        figure('F of examiners', effect.f),
        figure('p', effect.p),
        figure('SD of what is left', residualSd),
        ...cautions([effect.f, ...[...examiners, ...mixed.examiners].map((one) => one.stringency)]),
        '',
        ...columns(
          ['examiner', 'n', 'raw mean', 'stringency', '95 % from', 'to', 'mixed model'],
          examiners.map(({ examiner, rawMean, stringency: own }) => [
            ...[examiner, String(own.n), short(rawMean), short(own)],
            ...(own.ci95 ?? [null, null]).map((end) => (end === null ? '–' : number(end))),
            byMixed.get(examiner) ?? '–',
          ]),
        ),
      ],
    }
  },
)

export const statsMfrm = onMarks(
  {
    name: 'stats mfrm',
    summary: 'The many-facet Rasch model of candidates, stations and examiners; scores are categories.',
    usage: `attune stats mfrm --in long.csv [--json]
${inputHelp}`,
  },
  (marks) => {
    const model = rasch(marks.flatMap(({ score, ...mark }) => (score === null ? [] : [{ ...mark, category: score }])))
    const maybe = (value: number | null) => (value === null ? '–' : number(value))
    const row = ({ id, n, measure, se, infit, infitZ, outfit, outfitZ, fair }: RaschElement) => [
      ...[id, String(n), number(measure), number(se), number(infit), maybe(infitZ), number(outfit), maybe(outfitZ)],
      maybe(fair),
    ]
    const spread = (facet: Facet) => {
      const { chiSquare, df, p } = model.fixed[facet]
      return [
        ...[facet, short(model.separation[facet]), short(model.strata[facet]), short(model.reliability[facet])],
        ...[short(chiSquare), maybe(df), short(p)],
      ]
    }
    return {
      json: model,
      lines: [
        ...(model.reason ? [`withheld. ${reasonWords(model.reason)}`] : []),
        ...(model.logLikelihood === null
          ? []
          : [`log-likelihood: ${number(model.logLikelihood)}, n ${model.n}, parts ${model.subsets.length}`]),
        ...facets
          .filter((facet) => model.separation[facet].value === null)
          .map((facet) => figure(`separation of ${facet}`, model.separation[facet])),
        ...model.warnings.map((warning) => `! ${warningWords(warning)}`),
        ...facets.flatMap((facet) => [
          '',
          ...columns([facet, 'n', 'measure', 'se', 'infit', 'z', 'outfit', 'z', 'fair'], model[facet].map(row)),
        ]),
        '',
        ...columns(['facet', 'separation', 'strata', 'reliability', 'fixed χ²', 'df', 'p'], facets.map(spread)),
        '',
        ...columns(
          ['threshold to', 'measure', 'se'],
          model.thresholds.map(({ category, measure, se }) => [String(category), number(measure), number(se)]),
        ),
        ...model.extreme.map(({ facet, id, end }) => `extreme: ${id} (${facet}), ${end}`),
      ],
    }
  },
)
