import type { Sfnt } from './sfnt.ts'

/** A glyph of the font and where it stands from the pen, in font units. */
export interface Part {
  readonly glyph: number
  readonly x: number
  readonly y: number
}

/** A glyph of the new font: one of the old font, several set together, or none (a blank). */
export interface SubsetGlyph {
  readonly parts: readonly Part[]
  /** In font units. */
  readonly advance: number
}

const argsAreWords = 0x0001
const argsAreOffsets = 0x0002
const hasScale = 0x0008
const moreComponents = 0x0020
const hasTwoScales = 0x0040
const hasMatrix = 0x0080

/**
 * Writes a TrueType font with `.notdef` and the given glyphs, numbered from 1 in their order.
 *
 * Letters that a script builds of several glyphs (a base with its marks, a conjunct) become one composite glyph
 * each. So every glyph stands for a whole piece of text, and any reader gets the text back from the glyphs alone.
 */
export function writeSubset(font: Sfnt, glyphs: readonly SubsetGlyph[]): Uint8Array {
  const outlines: Uint8Array[] = [font.outline(0)]
  const metrics: { advance: number; bearing: number }[] = [{ advance: font.advance(0), bearing: font.bearing(0) }]
  const partIds = new Map<number, number>()
  const pending: (() => void)[] = []

  const add = (outline: Uint8Array, advance: number, bearing: number): number => {
    metrics.push({ advance, bearing })
    return outlines.push(outline) - 1
  }
  const partId = (glyph: number): number => {
    const known = partIds.get(glyph)
    if (known !== undefined) return known
    const id = add(new Uint8Array(0), font.advance(glyph), font.bearing(glyph))
    partIds.set(glyph, id)
    outlines[id] = withParts(font.outline(glyph), partId)
    return id
  }

  for (const { parts, advance } of glyphs) {
    const [only] = parts
    const plain = parts.length === 1 && only?.x === 0 && only.y === 0
    const drawn = parts.filter((part) => font.outline(part.glyph).length > 0)
    const id = add(new Uint8Array(0), advance, 0)
    // Parts are numbered after all glyphs that the document names, so that those keep the numbers 1 to n.
    pending.push(() => {
      if (plain) {
        outlines[id] = withParts(font.outline(only.glyph), partId)
        metrics[id] = { advance, bearing: font.bearing(only.glyph) }
      } else if (drawn.length > 0) {
        const outline = composite(font, drawn, partId)
        outlines[id] = outline
        metrics[id] = { advance, bearing: new DataView(outline.buffer).getInt16(2) }
      }
    })
  }
  for (const fill of pending) fill()

  const mostParts = Math.max(1, ...glyphs.map((glyph) => glyph.parts.length))
  return assemble([
    ['cvt ', font.table('cvt ')],
    ['fpgm', font.table('fpgm')],
    ['glyf', joined(outlines)],
    ['head', patched(font.table('head'), (view) => view.setInt16(50, 1))],
    ['hhea', patched(font.table('hhea'), (view) => view.setUint16(34, metrics.length))],
    ['hmtx', horizontalMetrics(metrics)],
    ['loca', offsets(outlines)],
    ['maxp', patched(font.table('maxp'), (view) => limits(view, outlines.length, mostParts))],
    ['prep', font.table('prep')],
  ])
}

/** The same outline with its components, if it has any, numbered as in the new font. */
function withParts(outline: Uint8Array, partId: (glyph: number) => number): Uint8Array {
  if (outline.length === 0 || new DataView(outline.buffer, outline.byteOffset).getInt16(0) >= 0) return outline
  const copy = outline.slice()
  const view = new DataView(copy.buffer)
  for (let at = 10, more = true; more;) {
    const flags = view.getUint16(at)
    view.setUint16(at + 2, partId(view.getUint16(at + 2)))
    const scales = flags & hasScale ? 2 : flags & hasTwoScales ? 4 : flags & hasMatrix ? 8 : 0
    at += 4 + (flags & argsAreWords ? 4 : 2) + scales
    more = (flags & moreComponents) !== 0
  }
  return copy
}

function composite(font: Sfnt, parts: readonly Part[], partId: (glyph: number) => number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(10 + parts.length * 8)
  const view = new DataView(bytes.buffer)
  view.setInt16(0, -1)
  const box = [Infinity, Infinity, -Infinity, -Infinity] as const
  const [left, bottom, right, top] = parts.reduce<readonly [number, number, number, number]>((sum, { glyph, x, y }) => {
    const outline = font.outline(glyph)
    const source = new DataView(outline.buffer, outline.byteOffset)
    return [
      Math.min(sum[0], source.getInt16(2) + x),
      Math.min(sum[1], source.getInt16(4) + y),
      Math.max(sum[2], source.getInt16(6) + x),
      Math.max(sum[3], source.getInt16(8) + y),
    ]
  }, box)
  view.setInt16(2, left)
  view.setInt16(4, bottom)
  view.setInt16(6, right)
  view.setInt16(8, top)
  parts.forEach(({ glyph, x, y }, index) => {
    const at = 10 + index * 8
    const more = index < parts.length - 1 ? moreComponents : 0
    view.setUint16(at, argsAreWords | argsAreOffsets | more)
    view.setUint16(at + 2, partId(glyph))
    view.setInt16(at + 4, x)
    view.setInt16(at + 6, y)
  })
  return bytes
}

function patched(table: Uint8Array | undefined, change: (view: DataView) => void): Uint8Array | undefined {
  const copy = table?.slice()
  if (copy) change(new DataView(copy.buffer))
  return copy
}

function limits(view: DataView, glyphs: number, mostParts: number): void {
  const raise = (at: number, value: number): void => {
    view.setUint16(at, Math.min(0xffff, Math.max(view.getUint16(at), value)))
  }
  view.setUint16(4, glyphs)
  raise(10, Math.max(view.getUint16(6), view.getUint16(10)) * mostParts)
  raise(12, Math.max(view.getUint16(8), view.getUint16(12)) * mostParts)
  raise(28, mostParts)
  view.setUint16(30, view.getUint16(30) + 1)
}

function horizontalMetrics(metrics: readonly { advance: number; bearing: number }[]): Uint8Array {
  const bytes = new Uint8Array(metrics.length * 4)
  const view = new DataView(bytes.buffer)
  metrics.forEach(({ advance, bearing }, index) => {
    view.setUint16(index * 4, advance)
    view.setInt16(index * 4 + 2, bearing)
  })
  return bytes
}

const padded = (length: number): number => (length + 3) & ~3

function offsets(outlines: readonly Uint8Array[]): Uint8Array {
  const view = new DataView(new ArrayBuffer((outlines.length + 1) * 4))
  let offset = 0
  outlines.forEach((outline, index) => {
    view.setUint32(index * 4, offset)
    offset += padded(outline.length)
  })
  view.setUint32(outlines.length * 4, offset)
  return new Uint8Array(view.buffer)
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + padded(chunk.length), 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += padded(chunk.length)
  }
  return bytes
}

/** Lays the tables out behind their directory. Tables come in the order of their tags. */
function assemble(entries: readonly (readonly [string, Uint8Array | undefined])[]): Uint8Array {
  const tables = entries.flatMap(([tag, data]) => (data ? [{ tag, data }] : []))
  const body = 12 + tables.length * 16
  const bytes = new Uint8Array(body + tables.reduce((sum, { data }) => sum + padded(data.length), 0))
  const view = new DataView(bytes.buffer)
  const power = Math.floor(Math.log2(tables.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  view.setUint16(6, 16 << power)
  view.setUint16(8, power)
  view.setUint16(10, (tables.length << 4) - (16 << power))
  let offset = body
  tables.forEach(({ tag, data }, index) => {
    const record = 12 + index * 16
    bytes.set(data, offset)
    for (let i = 0; i < 4; i++) view.setUint8(record + i, tag.charCodeAt(i))
    view.setUint32(record + 4, checksum(view, offset, padded(data.length)))
    view.setUint32(record + 8, offset)
    view.setUint32(record + 12, data.length)
    offset += padded(data.length)
  })
  return bytes
}

function checksum(view: DataView, start: number, length: number): number {
  let sum = 0
  for (let at = start; at < start + length; at += 4) sum = (sum + view.getUint32(at)) | 0
  return sum >>> 0
}
