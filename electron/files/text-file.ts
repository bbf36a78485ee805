import { AttuneError } from '#shared/contract/result.ts'

const SHOWN_CHARACTERS = 60

/**
 * The text of a file in UTF-8, with or without a byte order mark, or in UTF-16 with one.
 * Throws 'file-not-utf8' with the first line that is neither, damaged as it would be read.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decoded(encodingOf(bytes), bytes)
  if (text !== null && !text.includes('\0')) return text
  throw new AttuneError('file-not-utf8', firstUnreadableLine(bytes))
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
    if (feed < 0 || slice.includes(0) || decoded('utf-8', slice) === null) {
      const text = new TextDecoder('utf-8')
        .decode(slice)
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
      return { line, text: text.slice(0, SHOWN_CHARACTERS) }
    }
    line += 1
    start = feed + 1
  }
}
