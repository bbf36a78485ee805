/** Numbers in a page's content, to a hundredth of a point. */
export const round = (value: number): number => Math.round(value * 100) / 100

const known = new Map<string, string>()

/** The three components of a colour given as `#rrggbb`. */
function components(color: string): string {
  let found = known.get(color)
  if (found === undefined) {
    found = [1, 3, 5].map((at) => round(Number.parseInt(color.slice(at, at + 2), 16) / 255)).join(' ')
    known.set(color, found)
  }
  return found
}

/** The operator that fills with a colour given as `#rrggbb`. */
export const fillColor = (color: string): string => `${components(color)} rg\n`

/** The operator that draws lines in a colour given as `#rrggbb`. */
export const strokeColor = (color: string): string => `${components(color)} RG\n`
