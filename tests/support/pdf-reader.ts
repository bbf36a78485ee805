import { getDocument, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A node of a document's structure: its kind, and either further nodes or content. */
export interface StructureNode {
  readonly kind: string
  readonly alt: string | undefined
  readonly children: readonly StructureNode[]
}

/** What a PDF reader finds in a document. */
export interface ReadPdf {
  /** The text of each page, line by line. */
  readonly pages: readonly string[]
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
    const structure = await Promise.all(pages.map((page) => page.getStructTree() as Promise<RawNode>))
    const annotations = await Promise.all(pages.map((page) => page.getAnnotations() as Promise<unknown[]>))
    const active = [await document.getJSActions(), await document.getOpenAction(), await document.getAttachments()]
    return {
      pages: texts,
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

const nodeOf = ({ role = '', alt, children = [] }: RawNode): StructureNode => ({
  kind: role,
  alt,
  children: children.filter((child) => child.role !== undefined).map(nodeOf),
})

/** The kinds of all nodes below and with `node`, in reading order. */
export const kindsOf = (node: StructureNode): string[] => [node.kind, ...node.children.flatMap(kindsOf)]
