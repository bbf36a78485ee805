const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** All the words of the panel under this question. Throws where there is none. */
export function panel(title: string): string {
  const found = [...document.querySelectorAll('main section')].find(
    (section) => section.querySelector('h2, h3')?.textContent === title,
  )
  if (!found) throw new Error(`no panel ${title}`)
  return plain(found.textContent)
}

/** The body of the table of this caption, cell by cell. */
export function rowsOf(caption: string): string[][] {
  const table = [...document.querySelectorAll<HTMLTableElement>('main table')].find(
    (one) => plain(one.caption?.textContent ?? '') === caption,
  )
  if (!table) throw new Error(`no table ${caption}`)
  return [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => plain(cell.textContent)))
}

export const columnOf = (caption: string, column: number): (string | undefined)[] =>
  rowsOf(caption).map((row) => row[column])
