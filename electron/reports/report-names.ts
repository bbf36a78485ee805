import { safeFileName } from '#electron/files/file-shelf.ts'

/**
 * Candidates, each with the file name of their report: "<number>.pdf". Numbers that a folder cannot tell apart (10/1 and
 * 10-1, a1 and A1) are counted: "10-1.pdf", "10-1 (2).pdf"; one that can stand as it is comes first, whatever the order
 * of the list.
 */
export function withReportNames<C extends { number: string }>(
  candidates: readonly C[],
): { candidate: C; name: string }[] {
  const taken = new Map<string, number>()
  const stems = candidates.map((candidate) => ({ candidate, stem: safeFileName(candidate.number) }))
  const changed = ({ candidate, stem }: (typeof stems)[number]) => Number(stem !== candidate.number)
  return stems
    .toSorted((a, b) => changed(a) - changed(b) || (a.candidate.number < b.candidate.number ? -1 : 1))
    .map(({ candidate, stem }) => {
      const key = stem.toLowerCase()
      const count = (taken.get(key) ?? 0) + 1
      taken.set(key, count)
      return { candidate, name: count === 1 ? `${stem}.pdf` : `${stem} (${count}).pdf` }
    })
}
