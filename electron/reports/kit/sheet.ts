import type { PdfDocument } from '../pdf-document.ts'
import type { FontStyle } from '../fonts.ts'
import { layoutText, type Inline, type TextBlock } from '../text/layout.ts'
import { createPen } from '../text/pen.ts'
import { cleaned, hasRightToLeft, withoutDirectionMarks } from '../text/scripts.ts'
import type { FontLibrary } from '../text/shaping.ts'
import { openCanvas, type Canvas } from './canvas.ts'
import { colors, leading, type } from './theme.ts'

/** A node of the structure that screen readers follow. */
export type Element = ReturnType<PdfDocument['struct']>

/** How text looks; what is left out is body text in ink, from the left. */
export interface TextLook {
  /** In points. */
  readonly size?: number
  readonly style?: FontStyle
  /** As `#rrggbb`. */
  readonly color?: string
  readonly align?: 'left' | 'center' | 'right'
  /** Text beyond this many lines is cut off with an ellipsis. */
  readonly maxLines?: number
}

/** Text laid out for a width and a look. */
export interface SetText {
  readonly block: TextBlock
  /** Height of one line in points. */
  readonly lineHeight: number
  /** Height of all lines in points. */
  readonly height: number
  /** Draws lines from `first` up to but not including `end`, the first at `y`. */
  draw(x: number, y: number, first?: number, end?: number): void
}

/** Options of a structure element; `scope` is for header cells of tables, `bbox` for figures. */
export type ElementOptions = NonNullable<Parameters<PdfDocument['struct']>[1]> & {
  readonly scope?: 'Column' | 'Row' | 'Both'
  readonly bbox?: readonly [number, number, number, number]
}

/** What blocks draw on: the current page of a report. */
export interface Sheet {
  readonly canvas: Canvas
  /** Lays text out for a width in points, with the alignment of its look. */
  set(text: Inline, width: number, look?: TextLook): SetText
  /** Draws one line with its anchor (its left end, middle or right end, after `align`) at `x`, centred on `y`. */
  label(text: Inline, x: number, y: number, look?: TextLook): void
  /** Draws what a screen reader passes over. Not within an element's content. */
  artifact(draw: () => void): void
  /** Adds an element to its parent; content is added to it with `content`, and it is ended with `end`. */
  element(kind: string, parent: Element, options?: ElementOptions): Element
  /** Draws as content of an element. */
  content(element: Element, draw: () => void): void
  /** Writes the fonts; to be called once, before the document ends. */
  finish(): void
}

/** Distance from the top of a line to its baseline, as a multiple of the size: the fonts' ascent and half the lead. */
const baseline = (leading - 1.362) / 2 + 1.069

/** Height of a capital letter as a multiple of the size. */
const capital = 0.714

export function openSheet(document: PdfDocument, library: FontLibrary): Sheet {
  const pen = createPen(document)
  const canvas = openCanvas(document)
  const lay = (text: Inline, look: TextLook, width?: number): TextBlock =>
    layoutText(library, text, {
      size: look.size ?? type.body,
      style: look.style ?? 'regular',
      color: look.color ?? colors.ink,
      ...(width === undefined ? {} : { width }),
      ...(look.maxLines === undefined ? {} : { maxLines: look.maxLines }),
    })
  const start = (room: number, align: TextLook['align']): number =>
    align === 'right' ? room : align === 'center' ? room / 2 : 0

  return {
    canvas,
    set: (text, width, look = {}) => {
      const size = look.size ?? type.body
      const block = lay(text, look, width)
      const lineHeight = size * leading
      return {
        block,
        lineHeight,
        height: block.lines.length * lineHeight,
        draw: (x, y, first = 0, end = block.lines.length) => {
          block.lines.slice(first, end).forEach((line, index) => {
            const top = y + index * lineHeight
            pen.draw(line, x + start(width - line.width, look.align), top + baseline * size, size)
          })
        },
      }
    },
    label: (text, x, y, look = {}) => {
      const size = look.size ?? type.body
      const [line] = lay(text, look).lines
      if (line) pen.draw(line, x + start(-line.width, look.align), y + (capital * size) / 2, size)
    },
    artifact: (draw) => {
      document.markContent('Artifact', { type: 'Layout' })
      draw()
      document.endMarkedContent()
    },
    element: (kind, parent, options = {}) => {
      const element = document.struct(kind, options)
      parent.add(element)
      return element
    },
    content: (element, draw) => {
      element.add(draw)
    },
    finish: () => pen.finish(),
  }
}

/** The text of a block in reading order. */
export const plainText = (text: Inline): string =>
  typeof text === 'string' ? text : text.map((part) => (typeof part === 'string' ? part : part.text)).join('')

/**
 * Options for an element of text. Glyphs of right-to-left text stand on the page from left to right; the element
 * says how they are read.
 */
export function spoken(text: Inline): ElementOptions {
  const plain = plainText(text)
  return hasRightToLeft(plain) ? { actual: withoutDirectionMarks(cleaned(plain)) } : {}
}
