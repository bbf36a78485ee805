import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A node of a document's structure: its kind, and either further nodes or content. */
export interface StructureNode {
  readonly kind: string
  readonly alt: string | undefined
  readonly children: readonly StructureNode[]
}

/** Where a stretch of text stands on its page: points from the lower left corner, `bottom` at the baseline. */
export interface PlacedText {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

/** What a PDF reader finds in a document. */
export interface ReadPdf {
  /** The text of each page, line by line. */
  readonly pages: readonly string[]
  /** The size of each page in points. */
  readonly sizes: readonly { readonly width: number; readonly height: number }[]
  /** What stands on each page, and where. */
  readonly placed: readonly (readonly PlacedText[])[]
  readonly title: string | undefined
  readonly language: string | undefined
  readonly created: string | undefined
  readonly isTagged: boolean
  /** One tree a page. */
  readonly structure: readonly StructureNode[]
  /** Scripts, actions, links and attachments, of which a report has none. */
  readonly active: readonly unknown[]
  /** What the reader complained about. */
  readonly warnings: readonly string[]
}

interface RawNode {
  readonly role?: string
  readonly alt?: string
  readonly children?: readonly RawNode[]
}

/** Reads a document with pdf.js. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const warnings: string[] = []
  const warn = console.warn
  console.warn = (...words: unknown[]) => {
    warnings.push(words.map(String).join(' '))
  }
  try {
    const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 1 }).promise
    const pages = await Promise.all(
      Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)),
    )
    const { info } = (await document.getMetadata()) as { info: Record<string, string | undefined> }
    const marks: unknown = await document.getMarkInfo()
    const texts = await Promise.all(pages.map(textOf))
    const placed = await Promise.all(pages.map(placedOn))
    const structure = await Promise.all(pages.map((page) => page.getStructTree() as Promise<RawNode>))
    const annotations = await Promise.all(pages.map((page) => page.getAnnotations() as Promise<unknown[]>))
    const active = [await document.getJSActions(), await document.getOpenAction(), await document.getAttachments()]
    return {
      pages: texts,
      sizes: pages.map((page) => {
        const { width, height } = page.getViewport({ scale: 1 })
        return { width, height }
      }),
      placed,
      title: info['Title'],
      language: info['Language'],
      created: info['CreationDate'],
      isTagged: marks instanceof Map && marks.get('Marked') === true,
      structure: structure.map(nodeOf),
      active: [...active.filter((found: unknown) => found !== null), ...annotations.flat()],
      warnings,
    }
  } finally {
    console.warn = warn
  }
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
}

async function placedOn(page: PDFPageProxy): Promise<PlacedText[]> {
  const { items } = await page.getTextContent()
  return items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return []
    const [left, bottom] = [Number(item.transform[4]), Number(item.transform[5])]
    return [{ text: item.str, left, right: left + item.width, bottom, top: bottom + item.height }]
  })
}

const nodeOf = ({ role = '', alt, children = [] }: RawNode): StructureNode => ({
  kind: role,
  alt,
  children: children.filter((child) => child.role !== undefined).map(nodeOf),
})

/** The kinds of all nodes below and with `node`, in reading order. */
export const kindsOf = (node: StructureNode): string[] => [node.kind, ...node.children.flatMap(kindsOf)]
