/** A TrueType font file, read no further than a subset needs. Lengths are in font units. */
export interface Sfnt {
  readonly unitsPerEm: number
  /** Outline of a glyph as it stands in the file; empty for a blank glyph. */
  outline(glyph: number): Uint8Array
  advance(glyph: number): number
  bearing(glyph: number): number
  /** Bytes of a table, or none where the font has no such table. */
  table(tag: string): Uint8Array | undefined
}

/**
 * Reads the table directory of a TrueType font with `glyf` outlines.
 *
 * @throws Error when a table that every such font has is missing.
 */
export function readSfnt(file: Uint8Array): Sfnt {
  // A Buffer's slices share their bytes with the file; a plain array's slices are copies.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, { offset: number; length: number }>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16
    const tag = String.fromCharCode(...bytes.subarray(record, record + 4))
    tables.set(tag, { offset: view.getUint32(record + 8), length: view.getUint32(record + 12) })
  }
  const place = (tag: string): { offset: number; length: number } => {
    const found = tables.get(tag)
    if (found === undefined) throw new Error(`The font has no ${tag} table`)
    return found
  }

  const head = place('head').offset
  const longOffsets = view.getInt16(head + 50) === 1
  const loca = place('loca').offset
  const glyf = place('glyf').offset
  const hmtx = place('hmtx').offset
  const metrics = view.getUint16(place('hhea').offset + 34)
  const start = (glyph: number): number =>
    longOffsets ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2

  return {
    unitsPerEm: view.getUint16(head + 18),
    outline: (glyph) => bytes.subarray(glyf + start(glyph), glyf + start(glyph + 1)),
    advance: (glyph) => view.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4),
    bearing: (glyph) =>
      view.getInt16(glyph < metrics ? hmtx + glyph * 4 + 2 : hmtx + metrics * 4 + (glyph - metrics) * 2),
    table: (tag) => {
      const found = tables.get(tag)
      return found && bytes.subarray(found.offset, found.offset + found.length)
    },
  }
}
