import { safeFileName } from '#electron/files/file-shelf.ts'

/**
 * Those who reports are for, each with the file name of their report: "<number>.pdf". Numbers that a folder cannot tell apart (10/1 and
 * 10-1, a1 and A1) are counted: "10-1.pdf", "10-1 (2).pdf"; one that can stand as it is comes first, whatever the order
 * of the list.
 */
export function withReportNames<C extends { number: string }>(readers: readonly C[]): { reader: C; name: string }[] {
  const taken = new Map<string, number>()
  const stems = readers.map((reader) => ({ reader, stem: safeFileName(reader.number) }))
  const changed = ({ reader, stem }: (typeof stems)[number]) => Number(stem !== reader.number)
  return stems
    .toSorted((a, b) => changed(a) - changed(b) || (a.reader.number < b.reader.number ? -1 : 1))
    .map(({ reader, stem }) => {
      const key = stem.toLowerCase()
      const count = (taken.get(key) ?? 0) + 1
      taken.set(key, count)
      return { reader, name: count === 1 ? `${stem}.pdf` : `${stem} (${count}).pdf` }
    })
}
