import PDFDocument from 'pdfkit'
import { cleaned, withoutDirectionMarks } from '../text/scripts.ts'
import type { FontLibrary } from '../text/shaping.ts'
import { createFlow, type Flow } from './flow.ts'
import { openSheet } from './sheet.ts'
import { colors, margin, type Paper, paperSizes, smallPrint } from './theme.ts'

export interface ReportOptions {
  readonly library: FontLibrary
  /** Shown by readers in place of the file's name. */
  readonly title: string
  /** Language of the text, as a BCP 47 tag. */
  readonly lang: string
  /** Stands in the file as the time of its making; the same content and time give the same bytes. */
  readonly created: Date
  readonly paper: Paper
  /** Stands at the left of each page's foot. */
  readonly footer: string
  /** What stands at the right of a page's foot; pages count from 1. */
  readonly pageLabel: (page: number, pages: number) => string
  /** Stands at the head of each page of a report on invented persons, and as the document's subject. ASCII. */
  readonly sampleLine?: string
}

/** A report in the making: blocks flow down its pages. */
export interface Report extends Flow {
  /** A flow of its own on the same paper that draws nothing: how many pages would these blocks take? */
  trial(): Flow
  /** Writes page footers and fonts and gives the bytes of the PDF file. Nothing can be added afterwards. */
  finish(): Uint8Array
}

/** Room kept free for the footer, in points above the lower margin. */
const footerHeight = 24

/** Opens a tagged report with its first page. */
export function openReport(options: ReportOptions): Report {
  const { library, lang, created, paper, footer, pageLabel, sampleLine } = options
  const title = withoutDirectionMarks(cleaned(options.title)).replaceAll('\n', ' ')
  const document = new PDFDocument({
    size: paper,
    margin: 0,
    font: '',
    pdfVersion: '1.7',
    tagged: true,
    lang,
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      ...(sampleLine !== undefined && { Subject: sampleLine }),
      Creator: 'Attune',
      Producer: 'Attune',
      CreationDate: created,
    },
  })
  const endMetadata = document.endMetadata.bind(document)
  document.endMetadata = () => {
    // pdfkit puts the title into the XML of the metadata as it is.
    document.info.Title = title.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`)
    endMetadata()
  }

  const sheet = openSheet(document, library)
  const root = document.struct('Document')
  document.addStructure(root)
  const { width: paperWidth, height: paperHeight } = paperSizes[paper]
  const width = paperWidth - 2 * margin
  const area = { left: margin, top: margin, width, bottom: paperHeight - margin - footerHeight }
  const flow = createFlow(sheet, area, { root, addPage: () => document.addPage() })

  const drawMargins = (page: number, pages: number): void => {
    const look = smallPrint
    const top = paperHeight - margin - 12
    document.markContent('Artifact', { type: 'Pagination' })
    sheet.canvas.line(margin, top, margin + width, top, { stroke: colors.line })
    sheet.set(footer, width * 0.66, { ...look, maxLines: 1 }).draw(margin, top + 3)
    sheet.set(pageLabel(page, pages), width, { ...look, align: 'right' }).draw(margin, top + 3)
    if (sampleLine !== undefined) {
      const sample = sheet.set(sampleLine, width, { ...look, style: 'bold', align: 'center', maxLines: 1 })
      sample.draw(margin, margin - sample.height - 10)
    }
    document.endMarkedContent()
  }

  return {
    ...flow,
    trial: () => createFlow(sheet, area),
    finish: () => {
      root.end()
      const { start, count } = document.bufferedPageRange()
      for (let page = 1; page <= count; page++) {
        document.switchToPage(start + page - 1)
        drawMargins(page, count)
      }
      sheet.finish()
      document.end()
      return readAll(document)
    },
  }
}

/** A document that has ended holds all its bytes. */
function readAll(document: InstanceType<typeof PDFDocument>): Uint8Array {
  const bytes: unknown = document.read()
  if (!(bytes instanceof Uint8Array)) throw new Error('The report gave no bytes')
  return bytes
}
