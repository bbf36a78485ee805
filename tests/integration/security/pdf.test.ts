import fc from 'fast-check'
import PDFDocument from 'pdfkit'
import { expect, test } from 'vitest'
import { pinSlips } from '#electron/reports/pin-slips.ts'
import { sessionSheet } from '#electron/reports/session/session-sheet.ts'
import { personSchema } from '#shared/domain/exam.ts'
import { pdfNames } from '#tests/support/pdf-names.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { smallExam } from '#tests/support/small-exam.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'
import { cohortOf, feedbackOf, options, sessionRecord } from '../reports/report-data.ts'

/**
 * Whatever makes a reader do something, or leads out of the document. (An action under /A would have one of these; /A
 * itself also says how a part of a tagged document is laid out.)
 */
const active = [
  'AA',
  'AcroForm',
  'Annots',
  'Collection',
  'EF',
  'EmbeddedFile',
  'EmbeddedFiles',
  'F',
  'FileAttachment',
  'Filespec',
  'GoToE',
  'GoToR',
  'ImportData',
  'JS',
  'JavaScript',
  'Launch',
  'Link',
  'OpenAction',
  'Rendition',
  'RichMedia',
  'Screen',
  'SubmitForm',
  'URI',
  'URL',
  'Widget',
  'XFA',
]

const hostile = [
  ') /OpenAction << /S /JavaScript /JS (app.alert(1)) >> (',
  '\\) /AA << /O << /S /Launch /F (calc.exe) >> >> (\\',
  '>> endobj 9 0 obj << /S /URI /URI (http://example.org) >> endobj',
  'endstream endobj trailer << /Root 9 0 R >>',
  '<</S/JavaScript/JS<6170702e616c6572742831293b>>>',
  'https://example.org/?q=1',
  'javascript:app.alert(1)',
  'mailto:a@example.org',
  '<script>alert(1)</script>',
  '\u202e gpj.exe',
  '%PDF-1.7 %%EOF',
  'a\r/JS (x)',
]

const words = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc
    .array(fc.constantFrom('(', ')', '\\', '<<', '>>', '/JS', '[', ']', '%', 'endobj', '\u0000', ' '), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join('')),
)
/** A field cannot be empty once it is trimmed. */
const name = words.filter((text) => text.trim() !== '').map((text) => text.slice(0, 60))

const activeIn = (bytes: Uint8Array): string[] => {
  const names = pdfNames(bytes)
  return active.filter((one) => names.has(one))
}

/** A sheet of PINs for people who are called so. */
function slipsOf(names: readonly string[]) {
  const { exam, examiner } = smallExam()
  const people = names.map((called, at) => personSchema.parse({ ...examiner, id: `person-${at}`, name: called }))
  const slips = people.map(({ id }, at) => ({ personId: id, pin: String(102_030 + at) }))
  return { exam: { ...exam, title: names[0] ?? exam.title, site: names[1] ?? '' }, people, slips }
}

test('nothing in a report does anything or leads anywhere, whatever candidates, stations and notes are called', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(name, { minLength: 8, maxLength: 8 }), async (texts) => {
      const [who = '', group = '', title = '', station = '', note = '', quote = '', comment = '', site = ''] = texts
      const data = recordedExam({
        exam: { title, site },
        stations: [{ title: station, cues: [{ text: quote, lookFor: '' }] }, { title: note }],
        candidates: [{ name: who, group }, { name: group }],
        record: (candidate, at) => ({
          status: candidate === 1 && at === 1 ? 'absent' : 'submitted',
          ...(candidate === 1 && at === 1 && { absenceReason: note }),
          ratings: allRated(3),
          globalRating: 'pass',
          notes: [{ item: 0, text: note }],
          marks: [
            { type: 'named', quote },
            { kind: 'red-flag', type: 'humiliates', quote: comment },
          ],
          incidents: [{ kind: 'other', text: comment, atMs: 1000 }],
          missing: [],
          sp: [4, 4, 4, 4, 4, 4, 4],
          spComment: comment,
        }),
      })
      for (const bytes of [
        feedbackOf(data),
        cohortOf(data),
        pinSlips(slipsOf([who, group, title]), options),
        sessionSheet(sessionRecord({ exam: data.exam }), options),
      ]) {
        expect(activeIn(bytes)).toEqual([])
        expect((await readPdf(bytes)).active).toEqual([])
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)

test('a link, a script or an attachment would have been seen', async () => {
  const document = new PDFDocument()
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise((resolve) => document.on('end', resolve))
  document.text('a link', { link: 'https://example.org/' })
  document.file(Buffer.from('x'), { name: 'x.txt' })
  document.end()
  await ended
  const found = activeIn(Buffer.concat(chunks))
  expect(found).toEqual(expect.arrayContaining(['Annots', 'EmbeddedFiles', 'Filespec', 'Link', 'URI']))
  expect(pdfNames(Buffer.from('<< /J#61vaScript (/Launch \\) /URI) >>'))).toEqual(new Set(['JavaScript']))
})
