import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => join(dir, file))
    .filter((file) => statSync(file).isFile())

/** The files of a folder, and of those in it, that hold a text, in whichever of the encodings in use. */
export const filesWith = (dir: string, text: string): string[] =>
  filesIn(dir).filter((file) => {
    const bytes = readFileSync(file)
    return (['utf8', 'utf16le', 'latin1'] as const).some((encoding) => bytes.includes(Buffer.from(text, encoding)))
  })
