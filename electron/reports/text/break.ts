const wide = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef'
const opening = '（「『【〔〈《'
const closing = '、。，．・：；！？）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜…'

/**
 * Places within a word where a line may end: behind a hyphen or a slash between letters, and between the characters
 * of Chinese and Japanese, but not before closing nor behind opening punctuation.
 */
const breaks = new RegExp(
  [
    '(?<=\\p{L}[-–—/])(?=\\p{L})',
    `(?<=[${wide}])(?<![${opening}])(?![${closing}])(?=.)`,
    `(?<=.)(?<![${opening}])(?=[${wide}])(?![${closing}])`,
  ].join('|'),
  'u',
)

const mayBreak = new RegExp(`[-–—/${wide}]`, 'u')

/** The parts of a word between which a line may end. */
export const wordParts = (word: string): string[] => (mayBreak.test(word) ? word.split(breaks) : [word])
