import type { SessionRecord } from '#electron/store/read-session.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { callout, columns, rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { signature } from '../kit/signature.ts'
import { table, type TableCell } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, soft, type } from '../kit/theme.ts'
import { count, date, foot, instant, lang, number, sampleLine } from '../words.ts'

/** What is signed at the end of a session: what this installation holds of the exam, and the code that stands for it. */
export function sessionSheet(session: SessionRecord, options: DocumentOptions): Uint8Array {
  const { exam } = session
  const report = openReport({
    library: options.library,
    title: `Session sheet: ${exam.title}`,
    lang,
    created: options.recordedAt,
    paper: exam.paper,
    footer: `Session sheet · ${exam.title} · Attune ${options.version}`,
    pageLabel: foot(session.code),
    ...(exam.sample && { sampleLine }),
  })
  report.add(
    heading(1, 'Session sheet'),
    paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], soft),
    rule(1.5, colors.ink),
    ...codeOf(session),
    ...holds(session, options),
    ...chains(session),
    ...stated(session),
    ...signatures(session),
    ...howToCheck(),
  )
  return report.finish()
}

function codeOf({ code }: SessionRecord): Block[] {
  if (code === null) return [callout(colors.ochre, [paragraph('Nothing is recorded of this exam yet.')])]
  return [
    callout(
      colors.teal,
      [
        paragraph('The ledger code of this exam: it stands for every event that is counted below.'),
        paragraph('Any event that is changed, taken out or put in afterwards gives another code.', soft),
      ],
      code,
    ),
  ]
}

function holds(
  { counts, device, keyCode, chains, amended }: SessionRecord,
  { version, recordedAt }: DocumentOptions,
): Block[] {
  const { encounters, submitted, absent, open, marks, spForms } = counts
  const rest = encounters - submitted - absent - open
  const events = chains.reduce((sum, chain) => sum + chain.events, 0)
  return [
    heading(2, 'What is recorded here'),
    list(
      [
        {
          label: 'Encounters',
          text: `${number(submitted)} of ${number(encounters)} submitted; absent ${number(absent)}, open ${number(open)}, not begun ${number(rest)}`,
        },
        {
          label: 'Marks',
          // No value: whoever signs may see own stations alone. The cohort report shows both values of each.
          text: `${number(marks)}, behaviours and global ratings; corrected ${number(amended.corrected)}, decided between laptops ${number(amended.decided)}, undecided ${number(amended.undecided)}`,
        },
        { label: 'Patient forms', text: `${number(spForms)} submitted` },
        {
          label: 'Ledger',
          text: `${count(events, 'event', 'events')} in ${count(chains.length, 'chain', 'chains')}; the last one written on ${instant(recordedAt)}`,
        },
        { label: 'This installation', text: `${device}; its key ${keyCode}` },
        { label: 'Software', text: `Attune ${version}` },
      ],
      92,
      { style: 'bold' },
    ),
  ]
}

/** Chains beyond which they stand in two columns, more tightly: the sheet is one page for every laptop of an exam. */
const MANY = 6

function chains({ chains, device }: SessionRecord): Block[] {
  if (chains.length === 0) return []
  const many = chains.length > MANY
  const rowsOf = (some: SessionRecord['chains']) =>
    some.map((chain): TableCell[] => [
      chain.device === device ? `${chain.device} (this one)` : chain.device,
      number(chain.events),
      { text: chain.code, look: { style: 'bold' } },
      ...(many ? [] : [instant(new Date(chain.lastWriteMs))]),
    ])
  const tableOf = (some: SessionRecord['chains']) =>
    table(
      [
        { header: 'Installation', share: 1, namesRow: true },
        { header: 'Events', width: 46, align: 'right' },
        { header: 'Code', width: 70 },
        ...(many ? [] : [{ header: 'Last written', width: 150 }]),
      ],
      rowsOf(some),
      many ? { size: 7, padding: 0.8 } : { size: type.small },
    )
  const half = Math.ceil(chains.length / 2)
  return [
    heading(2, ['Chains', { text: ' · one for each installation whose marks are here', style: 'regular', ...soft }]),
    many
      ? columns([chains.slice(0, half), chains.slice(half)].map((some) => ({ share: 1, blocks: [tableOf(some)] })))
      : tableOf(chains),
  ]
}

function stated({ statement }: SessionRecord): Block[] {
  if (!statement) return []
  const { statedAt, code, keyCode, eventsAfter, amendedAfter } = statement
  const changed = amendedAfter === 0 ? '' : ` (${number(amendedAfter)} changed a mark; it still holds)`
  const after = eventsAfter === 0 ? 'nothing' : count(eventsAfter, 'event', 'events')
  return [
    heading(2, 'Closing statement'),
    paragraph(
      `Made on ${instant(new Date(statedAt))} for ledger ${code}, signed with key ${keyCode}; ${after} after it${changed}.`,
      soft,
    ),
  ]
}

/** Room for a hand above a line, in points. */
const SIGNING_ROOM = { plenty: 30, tight: 18 }

function signatures({ chains }: SessionRecord): Block[] {
  const room = chains.length > MANY ? SIGNING_ROOM.tight : SIGNING_ROOM.plenty
  return [
    heading(2, 'Signatures'),
    ...['Examiner', 'Second person', 'Program director'].map((role) => signature(role, room)),
  ]
}

function howToCheck(): Block[] {
  return [
    heading(2, 'How to check this later'),
    paragraph(
      'On the computer that holds the data, “verify” on the command line (attune verify --code, then the code above) or Verify on the exam’s audit page tells whether the ledger is unbroken and whether it still contains what this sheet was signed for. Keep the sheet apart from that computer.',
      soft,
    ),
  ]
}
