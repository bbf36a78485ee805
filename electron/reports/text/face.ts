import { readFileSync } from 'node:fs'
import { create, type Font, type Glyph } from 'fontkit'
import { readSfnt, type Sfnt } from './sfnt.ts'
import type { Part } from './subset.ts'

/**
 * A glyph, or several glyphs set together, that stands for one piece of text. Pieces are shared: within a face
 * the same glyphs for the same text are the same object.
 */
export interface Piece {
  /** The characters it stands for, in logical order. */
  readonly text: string
  readonly parts: readonly Part[]
  /** In font units. */
  readonly advance: number
}

/** An opened font file. */
export interface Face {
  readonly sfnt: Sfnt
  readonly font: Font
  /** False for Chinese, Japanese and Korean: one glyph a character, nothing to join or to reorder. */
  readonly shaped: boolean
  /** Factor from font units to thousandths of an em. */
  readonly scale: number
  covers(character: string): boolean
  piece(text: string, parts: readonly Part[], advance: number): Piece
}

/** Opens a font file. Nothing but the bytes and the table directory is read until a glyph is asked for. */
export function openFace(file: string, shaped: boolean): Face {
  const bytes = readFileSync(file)
  const opened = create(bytes)
  if (!('layout' in opened)) throw new Error(`${file} is a collection, not a font`)
  const sfnt = readSfnt(bytes)
  const font = withOwnGlyphs(opened, sfnt)
  const pieces = new Map<string, Piece>()
  return {
    sfnt,
    font,
    shaped,
    scale: 1000 / sfnt.unitsPerEm,
    covers: (character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
    piece: (text, parts, advance) => {
      const key = `${text}\u0000${advance} ${parts.map(({ glyph, x, y }) => `${glyph},${x},${y}`).join(' ')}`
      const known = pieces.get(key)
      if (known) return known
      const piece: Piece = { text, parts, advance }
      pieces.set(key, piece)
      return piece
    },
  }
}

/**
 * The font, but with a new glyph object for every use. fontkit keeps one object a glyph, and in it the characters
 * that asked for the glyph first; with those, the shape and the text of a word would depend on the words before it.
 * Widths come from the file: fontkit would measure the outline of every new object first.
 */
function withOwnGlyphs(font: Font, sfnt: Sfnt): Font {
  const getGlyph = (id: number, codePoints: number[] = []): Glyph => {
    const own = { codePoints: { value: codePoints }, advanceWidth: { value: sfnt.advance(id) } }
    return Object.create(font.getGlyph(id), own) as Glyph
  }
  return Object.create(font, { getGlyph: { value: getGlyph } }) as Font
}
