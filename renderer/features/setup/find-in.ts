const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Those of whom one of the texts holds what is looked for, accents and capitals aside. */
export function findIn<T>(list: readonly T[], wanted: string, textsOf: (entry: T) => readonly string[]): readonly T[] {
  const looked = plain(wanted.trim())
  if (looked === '') return list
  return list.filter((entry) => textsOf(entry).some((text) => plain(text).includes(looked)))
}
