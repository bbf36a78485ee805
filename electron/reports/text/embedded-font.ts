import { round } from '../operators.ts'
import type { PdfDocument, PdfReference } from '../pdf-document.ts'
import type { Face, Piece } from './face.ts'
import type { Segment } from './shaping.ts'
import { writeSubset } from './subset.ts'

/** A face as one document uses it: it numbers the pieces that occur and is written when the document ends. */
export interface EmbeddedFont {
  readonly face: Face
  /** Name under which pages refer to it. */
  readonly name: string
  readonly reference: PdfReference
  /** The segment as elements of a TJ array: hexadecimal strings and kerns. */
  encode(segment: Segment): string
  finish(): void
}

/**
 * Prepares a face for a document.
 *
 * @param number counts the fonts of the document from 1; it makes the resource name and the subset's tag, so that
 * the same document always gets the same bytes.
 */
export function embedFont(document: PdfDocument, face: Face, number: number): EmbeddedFont {
  const reference = document.ref({})
  const numbers = new Map<Piece, number>()
  const encoded = new Map<Segment, string>()

  const code = (piece: Piece): string => {
    const known = numbers.get(piece)
    const id = known ?? numbers.size + 1
    if (known === undefined) numbers.set(piece, id)
    return hex4(id)
  }
  const encode = ({ pieces, kerns }: Segment): string => {
    let elements = '<'
    pieces.forEach((piece, index) => {
      elements += code(piece)
      const kern = kerns[index] ?? 0
      if (kern !== 0) elements += `> ${round(kern)} <`
    })
    return elements.endsWith('<') ? elements.slice(0, -1) : `${elements}>`
  }

  return {
    face,
    name: `F${number}`,
    reference,
    encode: (segment) => {
      const known = encoded.get(segment)
      if (known !== undefined) return known
      const elements = encode(segment)
      encoded.set(segment, elements)
      return elements
    },
    finish: () => writeFont(document, reference, face, [...numbers.keys()], number),
  }
}

function writeFont(document: PdfDocument, reference: PdfReference, face: Face, pieces: Piece[], number: number): void {
  const { font, sfnt, scale } = face
  const name = `ATTUN${String.fromCharCode(64 + number)}+${font.postscriptName}`
  const program = writeSubset(sfnt, pieces)
  const { bbox } = font
  const thousandths = (value: number): number => round(value * scale)

  const descriptor = written(
    document.ref({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: font.italicAngle === 0 ? symbolic : symbolic | italic,
      FontBBox: [bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map(thousandths),
      ItalicAngle: font.italicAngle,
      Ascent: thousandths(font.ascent),
      Descent: thousandths(font.descent),
      CapHeight: thousandths(font.capHeight),
      XHeight: thousandths(font.xHeight),
      StemV: name.includes('SemiBold') ? 120 : 80,
      FontFile2: written(document.ref({ Length1: program.length }), program),
    }),
  )
  const descendant = written(
    document.ref({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: literal('Adobe'), Ordering: literal('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      W: [0, [sfnt.advance(0), ...pieces.map((piece) => piece.advance)].map(thousandths)],
      CIDToGIDMap: 'Identity',
    }),
  )
  Object.assign(reference.data, {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: written(document.ref({}), Buffer.from(toUnicode(pieces), 'latin1')),
  })
  written(reference)
}

/** Bits of a font descriptor's flags. */
const symbolic = 1 << 2
const italic = 1 << 6

/** The map from glyph numbers to the text that they stand for. */
function toUnicode(pieces: readonly Piece[]): string {
  const entries = pieces.map(({ text }, index) => {
    const units = Array.from({ length: text.length }, (_, at) => hex4(text.charCodeAt(at))).join('')
    return `<${hex4(index + 1)}> <${units}>`
  })
  const blocks: string[] = []
  for (let at = 0; at < entries.length; at += 100) {
    const block = entries.slice(at, at + 100)
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar')
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <ffff>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
    '',
  ].join('\n')
}

function written(reference: PdfReference, content?: Uint8Array): PdfReference {
  reference.end(content)
  return reference
}

/** pdfkit writes plain strings as names; a String object is written as a string. */
const literal = (text: string): object => Object(text) as object

const hex4 = (value: number): string => value.toString(16).padStart(4, '0')
