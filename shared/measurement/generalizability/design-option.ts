import type { DesignName } from './design.ts'

/**
 * A design as the command line writes it, `:` between its facets: `p:s`, `p:s:r` are crossed, `p:(r:s)` has raters within
 * stations. null for anything else.
 */
export function parseDesign(text: string): DesignName | null {
  const written = text.replaceAll(/\s/g, '').toLowerCase()
  return written === 'p:s' ? 'p×s' : written === 'p:s:r' ? 'p×s×r' : written === 'p:(r:s)' ? 'p×(r:s)' : null
}
