/**
 * The names of a PDF's objects (/Type, /URI, /JavaScript …) as its syntax has them, outside its texts and its streams:
 * what a reader acts on. A name is given as it is meant, however it was written (/J#61vaScript). Object streams would
 * hide names: a document with one is refused.
 */
export function pdfNames(bytes: Uint8Array): Set<string> {
  const text = Buffer.from(bytes).toString('latin1')
  const names = new Set<string>()
  let at = 0
  let length = Number.NaN
  const skipText = () => {
    let depth = 1
    for (at += 1; depth > 0 && at < text.length; at += 1) {
      if (text[at] === '\\') at += 1
      else if (text[at] === '(') depth += 1
      else if (text[at] === ')') depth -= 1
    }
  }
  const skipTo = (end: string) => {
    const found = text.indexOf(end, at)
    if (found < 0) throw new Error(`the document has no ${end} where one belongs`)
    at = found + end.length
  }
  /** As long as its dictionary says, as readers take it: its content may say "endstream" too. */
  const skipStream = (rest: string) => {
    at += rest.indexOf('\n') + 1 + length
    if (!/^\s*endstream/.test(text.slice(at, at + 20))) throw new Error('a stream is not as long as it says')
    skipTo('endstream')
  }
  while (at < text.length) {
    const rest = text.slice(at, at + 128)
    const name = /^\/([^\s()<>[\]{}/%]*)/.exec(rest)?.[1]
    if (name !== undefined) {
      names.add(
        name.replaceAll(/#([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      )
      at += name.length + 1
      if (name === 'Length') length = Number(/^\s+(\d+)\s*(?!\s*\d+\s+R)/.exec(text.slice(at, at + 30))?.[1])
    } else if (rest.startsWith('(')) skipText()
    else if (rest.startsWith('<<')) at += 2
    else if (rest.startsWith('<')) skipTo('>')
    else if (rest.startsWith('%')) at += /^[^\r\n]*/.exec(text.slice(at))?.[0].length ?? 1
    else if (/^stream\r?\n/.test(rest)) skipStream(rest)
    else at += 1
  }
  if (names.has('ObjStm')) throw new Error('the document hides objects in a stream')
  return names
}
