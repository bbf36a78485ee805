import type { Place, Paint } from './canvas.ts'
import type { FigureCanvas } from './frames.ts'

/**
 * Draws the SVG that ECharts writes: rectangles, circles, paths, lines, polygons and text in one colour each, moved by
 * matrices. Not SVG at large. Clips are passed over, since charts keep within their frame. `svg-to-pdfkit` would draw it
 * too, but sets text through pdfkit, which knows neither the reports' fonts nor their order of right-to-left words.
 */
export function drawSvg(canvas: FigureCanvas, svg: string): void {
  for (const [, name = '', attributes = '', text = ''] of unclipped(svg).matchAll(/<(\w+)([^>]*)>([^<]*)/g)) {
    const read = readerOf(attributes)
    const place = placeOf(read('transform'))
    if (name === 'text') drawText(canvas, unescaped(text), place, read)
    const outline = outlineOf(name, read)
    if (outline !== null) canvas.path(outline, place, paintOf(read))
  }
}

/** Lines that are right beside type of twelve pixels, beside the eight points of paper. */
const FINER = 2 / 3

type Read = (attribute: string) => string | undefined

const unclipped = (svg: string): string => svg.replace(/<style[^>]*>.*?<\/style>|<defs[^>]*>.*?<\/defs>/gs, '')

function readerOf(attributes: string): Read {
  const found = new Map(
    [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  return (name) => found.get(name)
}

const numbersIn = (text: string): number[] => (text.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number)

function placeOf(transform = ''): Place {
  const [a = 0, b = 0, c = 1, d = 1, e = 0, f = 0] = numbersIn(transform)
  return transform.startsWith('matrix') ? [a, b, c, d, e, f] : [1, 0, 0, 1, a, b]
}

/** The shape's outline as a path; null for what has none. */
function outlineOf(name: string, read: Read): string | null {
  const number = (attribute: string) => Number(read(attribute) ?? 0)
  if (name === 'path') return read('d') ?? ''
  if (name === 'rect')
    return `M${number('x')} ${number('y')}h${number('width')}v${number('height')}h${-number('width')}Z`
  if (name === 'circle') {
    const r = number('r')
    return `M${number('cx') - r} ${number('cy')}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`
  }
  if (name === 'line') return `M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}`
  if (name === 'polygon' || name === 'polyline') return `M${read('points') ?? ''}${name === 'polygon' ? 'Z' : ''}`
  return null
}

function paintOf(read: Read): Paint {
  const [fill, stroke] = [colourOf(read('fill') ?? '#000000'), colourOf(read('stroke') ?? 'none')]
  const width = Number(read('stroke-width') ?? 1)
  const [dash, space = dash] = numbersIn(read('stroke-dasharray') ?? '')
  return {
    ...(fill !== null && { fill }),
    // On paper a line of no width would be the thinnest there is.
    ...(stroke !== null && width > 0 && { stroke }),
    lineWidth: width * FINER,
    ...(dash !== undefined && space !== undefined && { dash: [dash, space] as const }),
  }
}

/** `#rrggbb`; null for none. */
const colourOf = (colour: string): string | null =>
  colour === 'none' || colour === 'transparent' ? null : colour.replace(/^#(\w)(\w)(\w)$/, '#$1$1$2$2$3$3')

const alignments: Readonly<Record<string, 'left' | 'center' | 'right'>> = { middle: 'center', end: 'right' }

function drawText(canvas: FigureCanvas, text: string, [, , , , e, f]: Place, read: Read): void {
  const style = read('style') ?? ''
  canvas.label(text, e + Number(read('x') ?? 0), f + Number(read('y') ?? 0), {
    size: numbersIn(/font-size:[^;]*/.exec(style)?.[0].replace('font-size', '') ?? '')[0] ?? 8,
    style: style.includes('font-weight:600') ? 'bold' : 'regular',
    color: colourOf(read('fill') ?? '#000000') ?? '#000000',
    align: alignments[read('text-anchor') ?? ''] ?? 'left',
  })
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole)
