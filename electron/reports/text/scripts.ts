import type { FontFamily } from '../fonts.ts'

/** Splits text into what its writer takes for one letter. */
export const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What the whole of a text says about the characters in it that more than one family could set. */
export interface ScriptContext {
  /** Sets Chinese characters: Japanese beside kana, Korean beside hangul, else Chinese. */
  readonly han: 'sc' | 'jp' | 'kr'
  /** Sets brackets and full stops between right-to-left words. */
  readonly rightToLeft: 'arabic' | 'hebrew'
}

const scripts: readonly (readonly [RegExp, FontFamily | 'han'])[] = [
  [/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u, 'latin'],
  [/\p{Script_Extensions=Arabic}/u, 'arabic'],
  [/\p{Script=Hebrew}/u, 'hebrew'],
  [/\p{Script=Devanagari}/u, 'devanagari'],
  [/\p{Script_Extensions=Hangul}/u, 'han'],
  [/[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\uff00-\uffef]/u, 'han'],
]

/** Characters whose direction is right to left, or that set a direction. */
const rightToLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text)

const plainContext: ScriptContext = { han: 'sc', rightToLeft: 'arabic' }

/** Reads the context off the whole text of a block. */
export function scriptContext(text: string): ScriptContext {
  if (isPlain(text)) return plainContext
  const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  return {
    han: kana ? 'jp' : /\p{Script=Hangul}/u.test(text) ? 'kr' : 'sc',
    rightToLeft: /\p{Script=Hebrew}/u.test(text) ? 'hebrew' : 'arabic',
  }
}

/** The family made for a character's script, or none for characters that all scripts share (digits, full stops). */
export function familyOf(character: string, context: ScriptContext): FontFamily | undefined {
  const found = scripts.find(([pattern]) => pattern.test(character))?.[1]
  return found === 'han' ? context.han : found
}

const latinFaceOnly =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02af\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03e1\u03f0-\u052f\u2010-\u2027\u2030-\u205e]*$/

/** True where every character is set by the Latin face without further thought. */
export const isPlain = (text: string): boolean => latinFaceOnly.test(text)

/** A picture character that no text font carries. */
export const isEmoji = (grapheme: string): boolean => /\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)

/** A character that is never drawn: a joiner, a variation selector. */
export const isInvisible = (character: string): boolean => /\p{Default_Ignorable_Code_Point}/u.test(character)

const controls = /[\p{Cc}\u00ad\u200b\ufeff\ufff9-\ufffb\p{Noncharacter_Code_Point}]/gu
const decomposed = /[\u1100-\u11ff]+|[\u3040-\u30ff][\u3099\u309a]/gu

/**
 * Text as it can be set: tabs are spaces, line ends are `\n`, other control characters and invisible break marks
 * are gone, broken surrogates are replaced, and hangul and kana are composed, as their fonts need it.
 */
export function cleaned(text: string): string {
  if (isPlain(text)) return text
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, (character) => (character === '\n' ? character : ''))
    .replace(decomposed, (letters) => letters.normalize('NFC'))
}

/** Marks that steer direction; they take part in the ordering of a line and are not drawn. */
export const withoutDirectionMarks = (text: string): string =>
  text.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
