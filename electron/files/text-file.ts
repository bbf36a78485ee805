import { AttuneError } from '#shared/contract/result.ts'

const SHOWN_CHARACTERS = 60

/**
 * The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.
 * Throws 'file-not-utf8' with the first line that is neither, damaged as it would be read, and 'file-not-text' with the
 * first line that holds a NUL byte.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decoded(encodingOf(bytes), bytes)
  if (text === null) throw new AttuneError('file-not-utf8', firstUnreadableLine(bytes))
  const nul = text.indexOf('\0')
  if (nul >= 0) throw new AttuneError('file-not-text', lineOf(text, nul))
  return text
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

/** Without its byte order mark; null where the bytes are not in this encoding. */
function decoded(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** No sequence of UTF-8 has a line feed inside, so that lines can be tried one by one. */
function firstUnreadableLine(bytes: Uint8Array): { line: number; text: string } {
  let line = 1
  let start = 0
  for (;;) {
    const feed = bytes.indexOf(0x0a, start)
    const slice = bytes.subarray(start, feed < 0 ? bytes.length : feed)
    if (feed < 0 || decoded('utf-8', slice) === null)
      return { line, text: shown(new TextDecoder('utf-8').decode(slice)) }
    line += 1
    start = feed + 1
  }
}

/** The line in which a character stands. */
function lineOf(text: string, at: number): { line: number; text: string } {
  const start = text.lastIndexOf('\n', at) + 1
  const end = text.indexOf('\n', at)
  return { line: text.slice(0, start).split('\n').length, text: shown(text.slice(start, end < 0 ? undefined : end)) }
}

const shown = (line: string): string =>
  line
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, SHOWN_CHARACTERS)
