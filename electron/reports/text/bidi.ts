import bidiFactory from 'bidi-js'

const bidi = bidiFactory()

/** The character that stands in the place of `character` where text runs from right to left: a bracket turned round. */
export const mirrored = (character: string): string => bidi.getMirroredCharacter(character) ?? character

/** Embedding level of each UTF-16 unit by the Unicode Bidirectional Algorithm; odd levels run from right to left. */
export const levelsOf = (text: string): Uint8Array => bidi.getEmbeddingLevels(text).levels

/**
 * Puts the runs of a line, given in logical order, into visual order (rule L2 of the Unicode Bidirectional
 * Algorithm). Each run has one level.
 */
export function visualOrder<Run extends { readonly level: number }>(runs: readonly Run[]): Run[] {
  const ordered = [...runs]
  const highest = Math.max(0, ...runs.map((run) => run.level))
  for (let level = highest; level >= 1; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start
      while ((ordered[end]?.level ?? -1) >= level) end++
      if (end === start) continue
      ordered.splice(start, end - start, ...ordered.slice(start, end).reverse())
      start = end
    }
  }
  return ordered
}
