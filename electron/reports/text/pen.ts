import type { PdfDocument } from '../pdf-document.ts'
import { fillColor, round } from '../operators.ts'
import { embedFont, type EmbeddedFont } from './embedded-font.ts'
import type { Face } from './face.ts'
import type { Line } from './layout.ts'
import { readableGroups } from './reading-order.ts'

/**
 * Draws laid out text into one document and embeds the fonts that it used.
 *
 * Text is left to the glyphs to tell, each of which stands for its piece of it. Marking right-to-left text with
 * `ActualText` as well would have it turned round twice: readers that heed it (poppler) take it to be in visual order.
 */
export interface Pen {
  /** Draws a line with its left end at `x` and its baseline at `y`, in points from the page's upper left corner. */
  draw(line: Line, x: number, y: number, size: number): void
  /** Writes the fonts; to be called once, before the document ends. */
  finish(): void
}

/** Opens a pen for a document. */
export function createPen(document: PdfDocument): Pen {
  const fonts = new Map<Face, EmbeddedFont>()

  const fontOf = (face: Face): EmbeddedFont => {
    const known = fonts.get(face)
    const font = known ?? embedFont(document, face, fonts.size + 1)
    if (!known) fonts.set(face, font)
    const resources = document.page.fonts as Record<string, EmbeddedFont['reference']>
    resources[font.name] = font.reference
    return font
  }

  return {
    draw: (line, x, y, size) => {
      const groups = line.groups.length === 1 ? line.groups : readableGroups(line.groups, size)
      let operators = 'BT\n'
      let font: EmbeddedFont | undefined
      let color = ''
      let end = NaN
      for (const group of groups) {
        if (!(Math.abs(group.x - end) < 0.001)) operators += `1 0 0 -1 ${round(x + group.x)} ${round(y)} Tm\n`
        let shown = ''
        const show = (): void => {
          if (shown !== '') operators += `[${shown}] TJ\n`
          shown = ''
        }
        for (const run of group.runs) {
          const next = font !== undefined && font.face === run.segment.face ? font : fontOf(run.segment.face)
          if (next !== font || run.color !== color) {
            show()
            if (next !== font) operators += `/${next.name} ${round(size)} Tf\n`
            if (run.color !== color) operators += fillColor(run.color)
            font = next
            color = run.color
          }
          shown += next.encode(run.segment)
        }
        show()
        end = group.x + group.width
      }
      document.addContent(Buffer.from(`${operators}ET\n`, 'latin1'))
    },
    finish: () => {
      for (const font of fonts.values()) font.finish()
    },
  }
}
