import { stack, type Block } from './block.ts'
import type { Canvas } from './canvas.ts'
import type { Element, Sheet, TextLook } from './sheet.ts'
import type { Inline } from '../text/layout.ts'
import { colors, tint, type } from './theme.ts'

/** A column beside others: its blocks, and its part of the width. */
export interface Column {
  readonly share: number
  readonly blocks: readonly Block[]
}

/** Columns side by side, read one after the other. They stay on one page. */
export function columns(parts: readonly Column[], gap = 18): Block {
  return (sheet, width) => {
    const total = parts.reduce((sum, part) => sum + part.share, 0)
    const room = width - gap * (parts.length - 1)
    const widths = parts.map((part) => (room * part.share) / total)
    const stacks = parts.map((part, index) => stack(sheet, widths[index] ?? 0, part.blocks))
    let parent: Element | undefined
    return {
      before: Math.max(...stacks.map((column) => column.before)),
      after: 6,
      slices: [
        {
          height: Math.max(...stacks.map((column) => column.height)),
          draw: (x, y) => {
            let left = x
            stacks.forEach((column, index) => {
              if (parent) column.draw(left, y, parent)
              left += (widths[index] ?? 0) + gap
            })
          },
        },
      ],
      open: (element) => {
        parent = element
      },
      close: () => undefined,
    }
  }
}

/** Blocks on a tinted ground behind a bar, with a word in large type before them if given. */
export function callout(color: string, blocks: readonly Block[], lead?: string): Block {
  const padding = 11
  return (sheet, width) => {
    const word = lead === undefined ? undefined : sheet.set(lead, width / 3, { size: type.lead, style: 'bold' })
    const indent = padding + (word ? word.block.width + 14 : 0)
    const body = stack(sheet, width - indent - padding, blocks)
    const height = Math.max(body.height, word?.height ?? 0) + padding * 2 - 4
    let parent: Element | undefined
    return {
      before: 10,
      after: 10,
      slices: [
        {
          height,
          draw: (x, y) => {
            if (!parent) return
            sheet.artifact(() => {
              sheet.canvas.rectangle(x, y, width, height, { fill: tint(color, 0.07) })
              sheet.canvas.rectangle(x, y, 3.75, height, { fill: color })
            })
            if (word && lead !== undefined) {
              const element = sheet.element('P', parent)
              sheet.content(element, () => word.draw(x + padding, y + (height - word.height) / 2))
              element.end()
            }
            body.draw(x + indent, y + (height - body.height) / 2, parent)
          },
        },
      ],
      open: (element) => {
        parent = element
      },
      close: () => undefined,
    }
  }
}

/** What a figure draws with: points from its upper left corner. */
export interface FigureCanvas extends Canvas {
  /** Draws one line with its anchor (left end, middle or right end, after `align`) at `x`, centred on `y`. */
  label(text: Inline, x: number, y: number, look?: TextLook): void
}

/** A drawing. `alt` says in words what it shows: a reader that cannot see it gets nothing else. */
export function figure(alt: string, height: number, draw: (canvas: FigureCanvas, width: number) => void): Block {
  return (sheet, width) => {
    let parent: Element | undefined
    return {
      before: 2,
      after: 6,
      slices: [
        {
          height,
          draw: (x, y) => {
            if (!parent) return
            const element = sheet.element('Figure', parent, { alt, bbox: [x, y, x + width, y + height] })
            sheet.content(element, () => draw(movedCanvas(sheet, x, y), width))
            element.end()
          },
        },
      ],
      open: (element) => {
        parent = element
      },
      close: () => undefined,
    }
  }
}

function movedCanvas(sheet: Sheet, left: number, top: number): FigureCanvas {
  const { canvas } = sheet
  return {
    line: (x1, y1, x2, y2, paint) => canvas.line(left + x1, top + y1, left + x2, top + y2, paint),
    rectangle: (x, y, width, height, paint, radius) =>
      canvas.rectangle(left + x, top + y, width, height, paint, radius),
    circle: (x, y, radius, paint) => canvas.circle(left + x, top + y, radius, paint),
    polygon: (points, paint) =>
      canvas.polygon(
        points.map(([x, y]) => [left + x, top + y] as const),
        paint,
      ),
    path: (outline, [a, b, c, d, e, f], paint) => canvas.path(outline, [a, b, c, d, left + e, top + f], paint),
    label: (text, x, y, look) => sheet.label(text, left + x, top + y, look),
  }
}

/** A line across the column. */
export function rule(lineWidth = 0.75, color: string = colors.line): Block {
  return (sheet, width) => ({
    before: 6,
    after: 6,
    slices: [
      {
        height: lineWidth,
        draw: (x, y) => sheet.artifact(() => sheet.canvas.line(x, y, x + width, y, { stroke: color, lineWidth })),
      },
    ],
    open: () => undefined,
    close: () => undefined,
  })
}
