/**
 * One cell of an exam as measurement takes it: what an examiner gave a candidate at a station. Ids are any texts that tell
 * one from another; `score` has the unit of the exam's scale (per cent here, or what a file from elsewhere has), `grade` is
 * the global rating as a number, 1 the worst. null is missing, never 0.
 */
export type Mark = {
  candidate: string
  station: string
  examiner: string | null
  score: number | null
  grade: number | null
  /** The group a candidate belongs to (a cohort, a site, a language), where groups are compared. */
  group: string | null
}

/**
 * Gives for a text the first that was equal to it. Marks name the same few candidates, stations and examiners again and
 * again; where an id is one text and not thousands of equal ones, looking it up compares no letters.
 */
export function oneOfEach(): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return first ?? text
  }
}
