import { expect } from 'vitest'
import { readPdf, type ReadPdf, type StructureNode } from '#tests/support/pdf-reader.ts'
import { examOf, feedbackOf, type Size } from './report-data.ts'

/** The report of the first candidate of an exam, as a reader sees it. */
export const read = (size: Size): Promise<ReadPdf> => readPdf(feedbackOf(examOf(size)))

/** All of a report's words, as if it had no lines. */
export const wordsOf = ({ pages }: ReadPdf): string => pages.join('\n').replaceAll(/\s+/g, ' ')

/** 18 mm. */
const MARGIN = 51

/** Every word stands within the margins of its page; the head line of sample data stands above. */
export function expectInside({ placed, sizes }: ReadPdf) {
  placed.forEach((texts, page) => {
    const { width = 0, height = 0 } = sizes[page] ?? {}
    for (const { text, left, right, bottom, top } of texts) {
      expect(left, text).toBeGreaterThanOrEqual(MARGIN - 1)
      expect(right, text).toBeLessThanOrEqual(width - MARGIN + 1)
      expect(bottom, text).toBeGreaterThanOrEqual(MARGIN - 5)
      expect(top, text).toBeLessThanOrEqual(height - 20)
    }
  })
}

/** A part of the document’s structure and all that is within it. */
export const nodesOf = (node: StructureNode): StructureNode[] => [node, ...node.children.flatMap(nodesOf)]
