import { fillColor, round, strokeColor } from '../operators.ts'
import type { PdfDocument } from '../pdf-document.ts'

/** How a shape is painted. Widths in points, colours as `#rrggbb`. */
export interface Paint {
  readonly fill?: string
  readonly stroke?: string
  /** Width of the outline; 0.75 unless given. */
  readonly lineWidth?: number
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly [number, number]
}

/** How a shape stands on the page, as in SVG: x becomes a·x + c·y + e, y becomes b·x + d·y + f. */
export type Place = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Draws shapes; coordinates in points from the page's upper left corner. */
export interface Canvas {
  line(x1: number, y1: number, x2: number, y2: number, paint: Paint): void
  /** `radius` rounds the corners. */
  rectangle(x: number, y: number, width: number, height: number, paint: Paint, radius?: number): void
  circle(x: number, y: number, radius: number, paint: Paint): void
  /** A closed shape through the points. */
  polygon(points: readonly (readonly [number, number])[], paint: Paint): void
  /** An outline in the notation of SVG, moved, turned and stretched by `place`; so is the width of its line. */
  path(outline: string, place: Place, paint: Paint): void
}

/** How far a curve's handles reach along a quarter of a circle. */
const handle = 0.5523

/** A canvas on the document's current page. */
export function openCanvas(document: PdfDocument): Canvas {
  const draw = (path: string, { fill, stroke, lineWidth = 0.75, dash }: Paint): void => {
    let operators = ''
    if (fill !== undefined) operators += fillColor(fill)
    if (stroke !== undefined) {
      operators += `${strokeColor(stroke)}${round(lineWidth)} w\n`
      operators += dash ? `[${round(dash[0])} ${round(dash[1])}] 0 d\n` : '[] 0 d\n'
    }
    const paint = fill === undefined ? 'S' : stroke === undefined ? 'f' : 'B'
    document.addContent(Buffer.from(`${operators}${path}${paint}\n`, 'latin1'))
  }
  const at = (...numbers: number[]): string => numbers.map(round).join(' ')

  return {
    line: (x1, y1, x2, y2, paint) => draw(`${at(x1, y1)} m\n${at(x2, y2)} l\n`, paint),
    rectangle: (x, y, width, height, paint, radius = 0) => {
      const r = Math.min(radius, width / 2, height / 2)
      if (r <= 0) {
        draw(`${at(x, y, width, height)} re\n`, paint)
        return
      }
      const k = r * (1 - handle)
      const [right, bottom] = [x + width, y + height]
      const path = [
        `${at(x + r, y)} m`,
        `${at(right - r, y)} l`,
        `${at(right - k, y, right, y + k, right, y + r)} c`,
        `${at(right, bottom - r)} l`,
        `${at(right, bottom - k, right - k, bottom, right - r, bottom)} c`,
        `${at(x + r, bottom)} l`,
        `${at(x + k, bottom, x, bottom - k, x, bottom - r)} c`,
        `${at(x, y + r)} l`,
        `${at(x, y + k, x + k, y, x + r, y)} c`,
        'h',
      ]
      draw(`${path.join('\n')}\n`, paint)
    },
    circle: (x, y, radius, paint) => {
      const k = radius * handle
      const path = [
        `${at(x - radius, y)} m`,
        `${at(x - radius, y - k, x - k, y - radius, x, y - radius)} c`,
        `${at(x + k, y - radius, x + radius, y - k, x + radius, y)} c`,
        `${at(x + radius, y + k, x + k, y + radius, x, y + radius)} c`,
        `${at(x - k, y + radius, x - radius, y + k, x - radius, y)} c`,
        'h',
      ]
      draw(`${path.join('\n')}\n`, paint)
    },
    polygon: (points, paint) => {
      const path = points.map(([x, y], index) => `${at(x, y)} ${index === 0 ? 'm' : 'l'}`)
      draw(`${path.join('\n')}\nh\n`, paint)
    },
    path: (outline, place, { fill, stroke, lineWidth = 0.75, dash }) => {
      document.save()
      document.transform(...(place as [...Place]))
      document.path(outline)
      document.lineWidth(lineWidth)
      if (dash) document.dash(dash[0], { space: dash[1] })
      if (fill !== undefined && stroke !== undefined) document.fillAndStroke(fill, stroke)
      else if (fill !== undefined) document.fill(fill)
      else if (stroke !== undefined) document.stroke(stroke)
      document.restore()
    },
  }
}
