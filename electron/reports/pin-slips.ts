import type { Slip } from '#shared/contract/parts/accounts.ts'
import type { Exam, Person } from '#shared/domain/exam.ts'
import type { DocumentOptions } from './document-options.ts'
import { callout, columns, rule } from './kit/frames.ts'
import { openReport } from './kit/report.ts'
import { heading, paragraph } from './kit/text-blocks.ts'
import { colors, soft, type } from './kit/theme.ts'
import { date, foot, lang, sampleLine } from './words.ts'

const roles = { examiner: 'Examiner', sp: 'Standardized patient' } as const
const PER_ROW = 2

/** One slip for each person with a new PIN, two beside each other, to be cut and handed out. */
export function pinSlips(
  { exam, people, slips }: { exam: Exam; people: readonly Person[]; slips: readonly Slip[] },
  options: DocumentOptions,
): Uint8Array {
  const report = openReport({
    library: options.library,
    title: `PINs: ${exam.title}`,
    lang,
    created: options.recordedAt,
    paper: exam.paper,
    footer: `PINs · ${exam.title} · Attune ${options.version}`,
    pageLabel: foot(null),
    ...(exam.sample && { sampleLine }),
  })
  report.add(
    heading(1, 'PINs'),
    paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], soft),
    paragraph(
      'Cut into slips and give each to the person it names. Attune keeps no copy: a lost PIN is replaced by a new one.',
      soft,
    ),
    rule(1.5, colors.ink),
  )
  const rows = Array.from({ length: Math.ceil(slips.length / PER_ROW) }, (_, row) =>
    slips.slice(row * PER_ROW, (row + 1) * PER_ROW),
  )
  const slipOf = ({ personId, pin }: Slip) => {
    const person = people.find(({ id }) => id === personId)
    return callout(colors.teal, [
      paragraph(person?.name ?? '', { style: 'bold', size: type.heading }),
      paragraph(person ? roles[person.role] : '', soft),
      paragraph(spaced(pin), { style: 'bold', size: type.title }),
      paragraph([exam.title, ' · ', date(exam.heldOn)], { ...soft, size: type.small }),
    ])
  }
  for (const row of rows) {
    report.add(
      columns(
        Array.from({ length: PER_ROW }, (_, place) => {
          const slip = row[place]
          return { share: 1, blocks: slip ? [slipOf(slip)] : [] }
        }),
      ),
    )
  }
  return report.finish()
}

/** "123 456": read and typed in threes. */
const spaced = (pin: string): string => pin.replaceAll(/\d{3}(?=\d)/g, '$& ')
