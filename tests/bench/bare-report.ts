import { readFileSync } from 'node:fs'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import PDFDocument from 'pdfkit'
import { fontFile } from '#electron/reports/fonts.ts'

/** What stands on a page: its stretches of text and how many shapes are drawn. Points from the upper left corner. */
export interface PageContent {
  readonly texts: readonly { readonly text: string; readonly x: number; readonly y: number; readonly size: number }[]
  readonly strokes: number
}

export const wordsOf = (pages: readonly PageContent[]): number =>
  pages.flatMap(({ texts }) => texts.flatMap(({ text }) => text.split(/\s+/))).filter((word) => word !== '').length

export const strokesOf = (pages: readonly PageContent[]): number => pages.reduce((sum, { strokes }) => sum + strokes, 0)

/** Reads a report back. */
export async function contentOf(report: Uint8Array): Promise<PageContent[]> {
  const task = getDocument({ data: new Uint8Array(report), verbosity: 0 })
  const document = await task.promise
  const pages = Array.from({ length: document.numPages }, async (_, index): Promise<PageContent> => {
    const page = await document.getPage(index + 1)
    const { height } = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const { fnArray } = await page.getOperatorList()
    return {
      texts: items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return []
        const [, , , size, x, y] = item.transform as number[]
        return [{ text: item.str, x: x ?? 0, y: height - (y ?? 0), size: Math.abs(size ?? 0) }]
      }),
      strokes: fnArray.filter((operator) => operator === OPS.constructPath).length,
    }
  })
  const content = await Promise.all(pages)
  await task.destroy()
  return content
}

const notoSans = readFileSync(fontFile('latin', 'regular'))

/** A document of bare pdfkit with one embedded font, untagged, to which pages are added. */
export function openBareDocument() {
  const document = new PDFDocument({ size: 'A4', margin: 0, autoFirstPage: false })
  document.registerFont('Noto Sans', notoSans)
  return {
    add: (pages: readonly PageContent[]): void => {
      for (const { texts, strokes } of pages) {
        document.addPage().font('Noto Sans')
        for (const { text, x, y, size } of texts) document.fontSize(size).text(text, x, y, { lineBreak: false })
        for (let stroke = 0; stroke < strokes; stroke++) {
          document
            .moveTo(50, 50 + stroke)
            .lineTo(500, 50 + stroke)
            .stroke()
        }
      }
    },
    finish: (): unknown => {
      document.end()
      return document.read()
    },
  }
}
