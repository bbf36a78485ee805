import type { Inline } from '../text/layout.ts'
import type { Block, Laid, Slice } from './block.ts'
import { spoken, type Element, type SetText, type Sheet, type TextLook } from './sheet.ts'
import { type } from './theme.ts'

/** A title (1) or the heading of a section (2) or of a part of it (3). It stays with what follows. */
export function heading(level: 1 | 2 | 3, text: Inline, look: TextLook = {}): Block {
  const size = level === 1 ? type.title : level === 2 ? type.heading : type.body
  return (sheet, width) => ({
    ...textOf(`H${level}`, text, sheet.set(text, width, { size, style: 'bold', ...look }), sheet),
    before: level === 1 ? 0 : level === 2 ? 14 : 8,
    after: level === 1 ? 2 : 4,
    keepsWithNext: true,
  })
}

/** Running text. `after` is the distance to the next block in points. */
export function paragraph(text: Inline, look: TextLook = {}, after = 4): Block {
  return (sheet, width) => ({
    ...textOf('P', text, sheet.set(text, width, look), sheet),
    before: 0,
    after,
  })
}

/** An item of a list: what stands before it, and its text. */
export interface ListItem {
  readonly label: string
  readonly text: Inline
}

/**
 * A list. Labels are what the caller gives: a bullet, a number, a time, or a term. They stand in a column of
 * `labelWidth` points.
 */
export function list(
  items: readonly ListItem[],
  labelWidth = 12,
  labelLook: TextLook = {},
  look: TextLook = {},
): Block {
  return (sheet, width) => {
    let element: Element | undefined
    const slices = items.map(({ label, text }, index): Slice => {
      const labelSet = sheet.set(label, labelWidth - 4, labelLook)
      const set = sheet.set(text, width - labelWidth, look)
      const gap = index === items.length - 1 ? 0 : 3
      return {
        height: Math.max(labelSet.height, set.height) + gap,
        draw: (x, y) => {
          if (!element) return
          const item = sheet.element('LI', element)
          const labelElement = sheet.element('Lbl', item, spoken(label))
          sheet.content(labelElement, () => labelSet.draw(x, y))
          const body = sheet.element('LBody', item, spoken(text))
          sheet.content(body, () => set.draw(x + labelWidth, y))
          item.end()
        },
      }
    })
    return {
      before: 0,
      after: 5,
      slices,
      open: (parent) => {
        element = sheet.element('L', parent)
      },
      close: () => element?.end(),
    }
  }
}

/** One element with lines of text. Two lines at least stay together at a page's end and beginning. */
function textOf(kind: string, text: Inline, set: SetText, sheet: Sheet): Omit<Laid, 'before' | 'after'> {
  let element: Element | undefined
  const count = set.block.lines.length
  const ends =
    count <= 3 ? [count] : Array.from({ length: count - 2 }, (_, index) => index + 2).filter((end) => end < count - 1)
  if (count > 3) ends.push(count)
  const slices = ends.map((end, index): Slice => {
    const first = ends[index - 1] ?? 0
    return {
      height: (end - first) * set.lineHeight,
      draw: (x, y) => {
        if (element) sheet.content(element, () => set.draw(x, y, first, end))
      },
    }
  })
  return {
    slices,
    open: (parent) => {
      element = sheet.element(kind, parent, spoken(text))
    },
    close: () => element?.end(),
  }
}
