/** Steer the direction of the text around them without being seen: a name must not reorder the line it stands in. */
const bidiControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
/** Invisible and without meaning in a name. Zero-width joiners stay: Persian and Indic names are spelled with them. */
const invisible = /[\u200B\u2060\uFEFF\p{Cs}]/gu
const controls = /[\p{Cc}\p{Zl}\p{Zp}]/gu

/**
 * One line of text as it is kept: composed (Unicode NFC), without control and direction-control characters and lone
 * surrogates, white space single and none at the ends.
 */
export function cleanLine(text: string): string {
  return text
    .replace(controls, ' ')
    .replace(bidiControls, '')
    .replace(invisible, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC')
}
