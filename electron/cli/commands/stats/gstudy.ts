import { dStudy } from '#shared/measurement/generalizability/d-study.ts'
import { parseDesign } from '#shared/measurement/generalizability/design-option.ts'
import { designWords } from '#shared/measurement/generalizability/design-words.ts'
import { gStudy } from '#shared/measurement/generalizability/g-study.ts'
import { readOptions, UsageError, type Command } from '../../command.ts'
import { refuseData } from '../../data-file.ts'
import { columns, figureLines, short } from '../../figures.ts'
import { readScoresFile } from '../../marks-input.ts'
import { inputOptions } from './number-input.ts'

/** What a D study tries where nobody says what. */
const tried = { stations: [4, 6, 8, 10, 12, 15, 18, 20, 24], raters: [1, 2] }

/** "ns=8,12,nr=1-3" as numbers of stations and of raters. */
function sizes(text: string): { stations: number[]; raters: number[] } {
  const found = { ns: new Set<number>(), nr: new Set<number>() }
  let of: 'ns' | 'nr' | null = null
  for (const part of text.split(/[,;\s]+/)) {
    const [, name, low = '', high = low] = /^(?:(ns|nr)=)?(\d{1,3})(?:(?:-|\.\.)(\d{1,3}))?$/i.exec(part) ?? []
    const given = name?.toLowerCase()
    if (given === 'ns' || given === 'nr') of = given
    const [first, last] = [Number(low), Number(high)]
    if (low === '' || of === null || first < 1 || last < first) {
      throw new UsageError(`--d-study takes numbers of stations and raters such as ns=8,12,nr=1-3, not "${text}"`)
    }
    for (let size = first; size <= last; size++) found[of].add(size)
  }
  return {
    stations: found.ns.size > 0 ? [...found.ns] : tried.stations,
    raters: found.nr.size > 0 ? [...found.nr] : [1],
  }
}

export const statsGstudy: Command = {
  name: 'stats gstudy',
  summary: 'Variance components, generalizability and what other numbers of stations and raters would give.',
  usage: `attune stats gstudy --in long.csv [--design p:s] [--d-study ns=8,12,nr=1-3] [--json]

  --in FILE     a CSV or XLSX file with columns p,s[,r],score (or candidate,station[,examiner],score)
  --design D    p:s (candidates × stations), p:s:r (× raters), p:(r:s) (raters within stations);
                without it the design is read from the data
  --d-study N   numbers of stations and of raters at each to try: lists, or ranges such as ns=4-12
  --json        one JSON object`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...inputOptions,
      design: { type: 'string' },
      'd-study': { type: 'string' },
    })
    const design = values.design === undefined ? undefined : parseDesign(values.design)
    if (design === null) throw new UsageError(`--design takes p:s, p:s:r or p:(r:s), not "${values.design ?? ''}"`)
    const plan = values['d-study'] === undefined ? tried : sizes(values['d-study'])
    const { marks, problems } = await readScoresFile(values.in)
    if (problems.length > 0) return refuseData(problems, values, io)
    const study = gStudy(marks, design)
    const rows = dStudy(study, plan)
    if (values.json) {
      const words = study.design ? designWords(study.design) : null
      // By the words of --d-study as well.
      const named = rows.map((row) => ({ ns: row.stations, nr: row.raters, ...row }))
      io.out(JSON.stringify({ ...study, words, dStudy: named }))
      return 0
    }
    const { erho2, phi, components } = study
    if (study.design) io.out(designWords(study.design))
    for (const line of figureLines({ ...components, 'Eρ²': erho2, Φ: phi })) io.out(line)
    io.out('')
    const table = columns(
      ['stations', 'raters', 'Eρ²', 'Φ', 'SEM (relative)', 'SEM (absolute)'],
      rows.map((row) => [
        ...[String(row.stations), row.raters === null ? '–' : String(row.raters), short(row.erho2), short(row.phi)],
        ...[short(row.relativeSem), short(row.absoluteSem)],
      ]),
    )
    for (const line of table) io.out(line)
    return 0
  },
}
